//! What the cross-crate tests stand on.

mod case;

use std::path::{Path, PathBuf};

use pgmi_engine::cluster::{Binaries, Cluster, Places, SUPPORTED_MAJORS, Settings};

pub use case::{Case, cases};

/// The servers of this machine, one of each supported major that is installed.
///
/// `PGMI_TEST_MAJORS=18,14` chooses some.
pub fn servers() -> Vec<Cluster> {
    let places = Places::gather(|name| std::env::var_os(name));
    let chosen = std::env::var("PGMI_TEST_MAJORS").unwrap_or_default();
    let wanted = |major: &u16| {
        chosen.is_empty() || chosen.split(',').any(|it| it.trim().parse() == Ok(*major))
    };
    let majors = SUPPORTED_MAJORS.into_iter().filter(wanted);
    majors.filter_map(|major| server(&places, major)).collect()
}

fn server(places: &Places, major: u16) -> Option<Cluster> {
    let binaries = Binaries::find(places, Some(major)).ok()?;
    let folder = places.shared().unwrap_or_else(std::env::temp_dir);
    let settings = Settings::new(folder.join("data"));
    Some(Cluster::shared(&folder, &binaries, &settings).expect("a server starts"))
}

/// A folder of this package.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A database of one test, dropped with it.
pub struct Database<'a> {
    server: &'a Cluster,
    name: String,
}

impl<'a> Database<'a> {
    /// Creates an empty database whose name begins with `stem`.
    ///
    /// # Panics
    /// The server refuses.
    pub fn create(server: &'a Cluster, stem: &str) -> Self {
        let name = format!("pgmi_test_{stem}_{}", std::process::id());
        let database = Self { server, name };
        database.maintain(&format!("drop database if exists {} with (force)", database.name));
        database.maintain(&format!("create database {}", database.name));
        database
    }

    pub fn connection_string(&self) -> String {
        self.server.connection_string(&self.name)
    }

    /// A connection to it.
    ///
    /// # Panics
    /// The server refuses.
    pub fn connect(&self) -> postgres::Client {
        postgres::Client::connect(&self.connection_string(), postgres::NoTls).expect("it connects")
    }

    fn maintain(&self, sql: &str) {
        let connection = self.server.connection_string("postgres");
        let mut client =
            postgres::Client::connect(&connection, postgres::NoTls).expect("it connects");
        client.batch_execute(sql).expect(sql);
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        self.maintain(&format!("drop database if exists {} with (force)", self.name));
    }
}
