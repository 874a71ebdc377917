//! Throwaway servers from binaries of this machine.

mod abandoned;
mod account;
mod base;
mod endpoint;
mod keeper;
mod lease;
mod options;
mod shared;
mod start;
mod template;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use self::shared::Running;

use self::account::Account;
use self::endpoint::Endpoint;
use self::keeper::Keeper;
use self::lease::Lease;
use super::{Binaries, Settings, failed};
use crate::Result;

/// A PostgreSQL server of our own, with a data directory that nobody will miss.
///
/// It ends with its users, however they end: a keeper process notices when the last of them is
/// gone, even by `kill -9`, then stops the server and removes its files.
pub struct Cluster {
    major: u16,
    version: String,
    home: PathBuf,
    endpoint: Endpoint,
    /// Taken when dropped.
    end: Option<End>,
}

/// What dropping a [`Cluster`] does.
enum End {
    /// The only user ends the server.
    Dismiss(Keeper),
    /// One of many leaves.
    Leave(Lease),
}

/// Names of the folders of servers begin with this.
const HOME: &str = "server-";

impl Cluster {
    /// Starts a server that nobody else uses. Dropping the cluster stops it and removes its data.
    ///
    /// # Errors
    /// There is no place for its data, or the server does not start; the error has its log's end.
    pub fn start(binaries: &Binaries, settings: &Settings) -> Result<Self> {
        let started = start::start(binaries, settings, Duration::ZERO)?;
        Ok(Self {
            major: binaries.major,
            version: binaries.version.clone(),
            home: started.home,
            endpoint: started.endpoint,
            end: Some(End::Dismiss(started.keeper)),
        })
    }

    /// Joins the server that other threads and processes share through `folder`, or starts it.
    ///
    /// It ends [`Settings::linger`] after its last user has left. Databases in it should have
    /// names that no other user chooses.
    ///
    /// # Errors
    /// As [`Cluster::start`]; or `folder` cannot be written.
    pub fn shared(folder: &Path, binaries: &Binaries, settings: &Settings) -> Result<Self> {
        shared::join_or_start(folder, binaries, settings)
    }

    /// The servers that are shared through `folder` right now.
    pub fn running(folder: &Path) -> Vec<Running> {
        shared::running(folder)
    }

    /// Lets a shared server run without users until [`Running::stop`] or a reboot.
    ///
    /// # Errors
    /// Its keeper does not listen.
    pub fn keep_running(&self) -> Result<()> {
        let said = match &self.end {
            Some(End::Leave(lease)) => lease.say("keep"),
            _ => Ok(()),
        };
        said.map_err(|error| failed(format!("cannot reach the server's keeper: {error}")).into())
    }

    /// How a client reaches a database over the server's socket, in libpq's keywords and values.
    /// Its user is the superuser `postgres`.
    pub fn connection_string(&self, database: &str) -> String {
        self.endpoint.over_socket(database)
    }

    /// The same over TCP, when [`Settings::tcp`] asked for it. It contains the password.
    pub fn tcp_connection_string(&self, database: &str) -> Option<String> {
        self.endpoint.over_tcp(database)
    }

    /// The server's major version.
    pub fn major(&self) -> u16 {
        self.major
    }

    /// The server's version as PostgreSQL spells it: `18.4`, `19beta1`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The process id of the server, while it runs.
    pub fn process_id(&self) -> Option<u32> {
        abandoned::server_of(&self.home).map(|(process, _)| process)
    }

    /// The server's folder: its `log`, and its data directory `data`.
    pub fn home(&self) -> &Path {
        &self.home
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(End::Dismiss(keeper)) = self.end.take() {
            keeper.dismiss();
            if self.home.exists()
                && let Ok(account) = Account::of_servers()
            {
                // The keeper itself was killed.
                abandoned::remove(&self.home, account);
            }
        }
    }
}

/// Where the socket of a server lies: with its other files, unless that makes a path that the
/// system cannot hold (104 bytes on macOS, 108 on Linux).
fn sockets_of(home: &Path) -> PathBuf {
    let longest = ".s.PGSQL.65535.lock".len();
    let name = home.file_name().unwrap_or_default();
    match home.as_os_str().len() + 1 + longest <= 100 {
        true => home.to_owned(),
        false => Path::new("/tmp").join(format!("pgmi-{}", name.to_string_lossy())),
    }
}

/// The last lines of a server's log.
fn log_tail(home: &Path) -> String {
    let log = fs::read(home.join("log")).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let lines: Vec<_> = log.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

fn wait_until_gone(home: &Path) -> Result<()> {
    for _ in 0..1000 {
        if !home.exists() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Err(failed(format!("the server in {} does not end", home.display())).into())
}
