//! `deploy --throwaway` and `demo`: a PostgreSQL of one's own for the time of one command.

use std::fmt::Write;

use pgmi_engine::Result;
use pgmi_engine::cluster::{Binaries, Cluster, Settings, install};
use pgmi_engine::connection::{ConnectOptions, Target};
use pgmi_engine::diagnostic::{Code, Diagnostic};

use crate::environment;
use crate::output::Output;

/// The newest major that is supported: what is fetched where no server is found.
const NEWEST: u16 = 18;

const CONTENTS: &str = include_str!("contents.sql");

/// A server that ends when this is dropped.
pub struct Throwaway {
    cluster: Cluster,
}

impl Throwaway {
    /// Starts a server; fetches its programs first where there are none.
    pub fn start(major: Option<u16>, purpose: &str, output: &Output) -> Result<Self> {
        let places = environment::places();
        let _busy = output.busy("Starting PostgreSQL");
        let binaries = match Binaries::find(&places, major) {
            Err(error) if error.code() == Code::ServerNotFound => {
                let major = major.unwrap_or(NEWEST);
                output.line(&format!(
                    "No PostgreSQL found; fetching PostgreSQL {major} into your cache folder"
                ));
                output.progress.say(&format!("Fetching PostgreSQL {major}"));
                install(&places, major)?;
                Binaries::find(&places, Some(major))
            }
            found => found,
        }?;
        output.line(&format!("Starting PostgreSQL {} for {purpose}", binaries.version));
        Ok(Self { cluster: Cluster::start(&binaries, &Settings::new(std::env::temp_dir()))? })
    }

    /// How a client reaches a database of it.
    pub fn connection_string(&self, database: &str) -> String {
        self.cluster.connection_string(database)
    }

    /// Prints what the deployment left in the database, schema by schema.
    pub fn show(&self, target: &Target, output: &Output) -> Result<()> {
        let mut client = target.connect(ConnectOptions::default())?.client;
        let rows = client.query(CONTENTS, &[]).map_err(|error| {
            let said =
                error.as_db_error().map_or_else(|| error.to_string(), |db| db.message().into());
            Diagnostic::error(Code::Io, format!("cannot list what was deployed: {said}"))
        })?;
        let mut table = format!("{:<24} {:<18} {:>7} {:>10}", "schema", "kind", "objects", "rows");
        for row in rows {
            let (schema, kind): (String, String) = (row.get(0), row.get(1));
            let (objects, count): (i64, Option<i64>) = (row.get(2), row.get(3));
            let count = count.map_or_else(String::new, |count| count.to_string());
            // Writing into a string cannot fail.
            let _ = write!(table, "\n{schema:<24} {kind:<18} {objects:>7} {count:>10}");
        }
        output.payload(&table)
    }
}
