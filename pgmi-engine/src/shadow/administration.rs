//! The connection from which databases are created and dropped, and a sign of life.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use postgres::Client;
use postgres::types::{ToSql, Type};
use sha2::{Digest, Sha256};

use crate::cluster::Server;
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

pub(super) const LOOK_UP: &str = include_str!("look_up.sql");

/// What a template that is complete is marked with.
pub(super) const TEMPLATE: &str = "pgmi template, used";

const SESSIONS: &str =
    "select pg_catalog.count(*) from pg_catalog.pg_stat_activity where datname = $1";

/// How often the time of the last use is written, at most.
pub(super) const TOUCH_EVERY: i64 = 600;

/// Holds an advisory lock on a number of its own. It is in the names of our copies: where nobody holds
/// the lock any more, nobody needs the copies. The server releases it however we end.
pub(super) struct Administration {
    client: Mutex<Client>,
    owner: i64,
    /// [`Server::is_throwaway`] with a choice of strategy, which came with 15.
    pub(super) copies_files: bool,
}

impl Administration {
    pub(super) fn connect(server: &Server) -> Result<Self> {
        let administration = Self {
            client: Mutex::new(server.administer()?),
            owner: unique(),
            copies_files: server.is_throwaway() && server.major() >= 15,
        };
        administration.lock(administration.owner)?;
        Ok(administration)
    }

    /// How names of copies begin behind the schema.
    pub(super) fn owner(&self) -> String {
        format!("{:016x}", self.owner)
    }

    /// Waits for the advisory lock on a number.
    pub(super) fn lock(&self, key: i64) -> Result<()> {
        self.rows("select pg_catalog.pg_advisory_lock($1)", &[(&key, Type::INT8)]).map(drop)
    }

    /// Takes the advisory lock on a number, unless somebody holds it.
    pub(super) fn try_lock(&self, key: i64) -> Result<bool> {
        let rows =
            self.rows("select pg_catalog.pg_try_advisory_lock($1)", &[(&key, Type::INT8)])?;
        Ok(rows.first().is_some_and(|row| row.get(0)))
    }

    pub(super) fn unlock(&self, key: i64) -> Result<()> {
        self.rows("select pg_catalog.pg_advisory_unlock($1)", &[(&key, Type::INT8)]).map(drop)
    }

    /// A question in one round trip.
    pub(super) fn rows(
        &self,
        sql: &str,
        arguments: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Vec<postgres::Row>> {
        self.client().query_typed(sql, arguments).map_err(|error| refused(&error))
    }

    /// A statement without a transaction around it.
    pub(super) fn run(&self, sql: &str) -> Result<()> {
        let mut client = self.client();
        client.batch_execute(sql).map_err(|error| {
            // The server says what went wrong before it closes the files it was about to write, and they take up
            // room until then.
            let _ = client.batch_execute("");
            refused(&error)
        })
    }

    /// Marks a database of ours with some words and the time. COMMENT takes a literal only, hence the
    /// detour.
    pub(super) fn mark(&self, name: &str, words: &str) -> Result<()> {
        self.run(&format!(
            "do $pgmi$ begin execute pg_catalog.format('comment on database %I is %L', '{name}', '{words} ' || extract(epoch from pg_catalog.now())::pg_catalog.int8); end $pgmi$"
        ))
    }

    /// Whether a template is there and its maker came to the end. Its use is noted.
    pub(super) fn is_complete(&self, name: &str) -> Result<bool> {
        let rows = self.rows(LOOK_UP, &[(&name, Type::TEXT)])?;
        let Some(age) = rows.first().and_then(|row| row.get::<_, Option<i64>>(0)) else {
            return Ok(false);
        };
        if age > TOUCH_EVERY {
            self.mark(name, TEMPLATE)?;
        }
        Ok(true)
    }

    /// Waits until nobody is in a database any more: a session ends a little after its connection, and
    /// DROP DATABASE looks only every 100 ms. Whether they left in time.
    pub(super) fn wait_until_left(&self, name: &str, patience: Duration) -> Result<bool> {
        let begin = Instant::now();
        loop {
            let rows = self.rows(SESSIONS, &[(&name, Type::TEXT)])?;
            match rows.first().map_or(0, |row| row.get::<_, i64>(0)) {
                0 => return Ok(true),
                _ if begin.elapsed() > patience => return Ok(false),
                _ => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    /// Drops a database of ours, whoever is in it.
    pub(super) fn drop_database(&self, name: &str) -> Result<()> {
        self.run(&format!("drop database if exists \"{name}\" with (force)"))
    }

    fn client(&self) -> MutexGuard<'_, Client> {
        self.client.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number that 16 hexadecimal digits of a name stand for.
pub(super) fn key_of(digits: &str) -> Option<i64> {
    u64::from_str_radix(digits, 16).ok().map(u64::cast_signed)
}

/// No other process and no other thread has it.
fn unique() -> i64 {
    use std::hash::{BuildHasher, RandomState};

    let random = RandomState::new().hash_one(std::process::id());
    let mut hash = Sha256::new();
    hash.update(random.to_le_bytes());
    hash.update(format!("{:?}", (std::time::SystemTime::now(), std::thread::current().id())));
    let digest = hash.finalize();
    let bytes = digest.first_chunk().copied().unwrap_or_default();
    i64::from_le_bytes(bytes)
}

/// What to do about a full disk.
pub(super) const MAKE_ROOM: &str = "make room where the data of the server lies";

/// Whether this is said of a full disk. Not everywhere the server gives it the code that it has for it.
pub(super) fn is_full(sqlstate: &str, said: &str) -> bool {
    sqlstate == "53100" || said.contains("No space left on device")
}

fn refused(error: &postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else {
        let message =
            format!("the connection to the server of throwaway databases was lost: {error}");
        return Diagnostic::error(Code::ConnectionLost, message).into();
    };
    let finding = Diagnostic::error(
        Code::DatabaseSetup,
        format!("cannot make a throwaway database: {}", db.message()),
    )
    .server(server_error(db));
    match db.code().code() {
        "42501" => finding.help("use a role that may create databases: alter role … createdb"),
        _ if is_full(db.code().code(), db.message()) => finding.help(MAKE_ROOM),
        _ => finding,
    }
    .into()
}
