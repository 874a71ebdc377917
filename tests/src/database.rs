//! A database for one test.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

/// A fresh database in the shared server of a major; dropped with this value.
pub struct Database {
    name: String,
    major: u16,
}

impl Database {
    /// Creates an empty database, named after the test.
    pub fn create(major: u16) -> Self {
        let database = Self { name: fresh_name(), major };
        // Only since 15 there is a choice, and the older way is the faster one without fsync.
        let strategy = if major >= 15 { "strategy file_copy" } else { "" };
        let name = &database.name;
        database.administer(&format!("create database \"{name}\" template template0 {strategy}"));
        database
    }

    /// Creates an empty database with other options, such as an encoding; none when the server cannot.
    pub fn try_create_with(major: u16, options: &str) -> Option<Self> {
        let name = fresh_name();
        let mut client = connect(&crate::cluster(major).connection_string("postgres"));
        let sql = format!("create database \"{name}\" template template0 {options}");
        client.batch_execute(&sql).is_ok().then_some(Self { name, major })
    }

    /// A name for a database that does not exist yet; it is dropped with this value.
    pub fn missing(major: u16) -> Self {
        Self { name: fresh_name(), major }
    }

    /// The same with these words behind it; for a name that must be quoted everywhere.
    pub fn missing_with(major: u16, words: &str) -> Self {
        // What makes it fresh stands at its end; PostgreSQL's names have at most 63 bytes.
        let fresh = fresh_name();
        let surplus = (fresh.len() + 1 + words.len()).saturating_sub(63);
        Self { name: format!("{} {words}", &fresh[surplus..]), major }
    }

    /// The name of the database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The major version of its server.
    pub fn major(&self) -> u16 {
        self.major
    }

    /// How to connect, as superuser.
    pub fn connection_string(&self) -> String {
        crate::cluster(self.major).connection_string(&self.name)
    }

    /// A new connection.
    pub fn client(&self) -> Client {
        connect(&self.connection_string())
    }

    /// Runs statements and forgets what they return.
    pub fn run(&self, sql: &str) {
        self.client().batch_execute(sql).unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    }

    /// Whether there is such a database.
    pub fn exists(&self) -> bool {
        let mut client = connect(&crate::cluster(self.major).connection_string("postgres"));
        let sql = "select from pg_database where datname = $1";
        !client.query(sql, &[&self.name]).expect("the catalog can be read").is_empty()
    }

    /// Waits until a query says true.
    pub fn until(&self, sql: &str) {
        let mut client = self.client();
        let patience = Instant::now() + Duration::from_secs(60);
        while !client.query_one(sql, &[]).expect("it can be asked").get::<_, bool>(0) {
            assert!(Instant::now() < patience, "never true: {sql}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn administer(&self, sql: &str) {
        let mut client = connect(&crate::cluster(self.major).connection_string("postgres"));
        client.batch_execute(sql).unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The server is a throwaway one; a second panic would hide the first.
            return;
        }
        let name = self.name.replace('"', "\"\"");
        self.administer(&format!("drop database if exists \"{name}\" with (force)"));
    }
}

fn connect(connection_string: &str) -> Client {
    Client::connect(connection_string, NoTls)
        .unwrap_or_else(|error| panic!("{error:?}: {connection_string}"))
}

/// The test, the process and a counter; within the 63 bytes of a name.
fn fresh_name() -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);

    let thread = std::thread::current();
    let test = thread.name().unwrap_or("test").to_owned();
    let mut hasher = DefaultHasher::new();
    test.hash(&mut hasher);
    let words: String = test
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .take(20)
        .collect();
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("t_{words}_{:08x}_{}_{count}", hasher.finish() as u32, std::process::id())
}
