//! Where the stock of a server is asked for, and how it comes to be there.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::cluster::{Lock, Server};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

/// Changes when the two sides would no longer understand each other.
const FORMAT: &str = "pgmi stock 2";

/// The longest path that a socket can have: 104 bytes on macOS, 108 on Linux.
const LONGEST: usize = 100;

/// A stockkeeper that does not listen by then never will.
const PATIENCE: Duration = Duration::from_secs(20);

/// The socket of a server's stockkeeper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockAddress {
    socket: PathBuf,
    lock: PathBuf,
}

impl StockAddress {
    /// The place for this server, below the folder through which a user's processes find each other.
    pub fn of(server: &Server, folder: &Path) -> Self {
        let whose = server.connection_string("");
        let version = env!("CARGO_PKG_VERSION");
        let hash = Sha256::digest(format!("{FORMAT}\n{version}\n{}\n{whose}", folder.display()));
        let name: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let socket = folder.join(format!("stock-{name}"));
        let socket = match socket.as_os_str().len() <= LONGEST {
            true => socket,
            false => Path::new("/tmp").join(format!("pgmi-stock-{name}")),
        };
        Self { socket, lock: folder.join(format!("stock-{name}.lock")) }
    }

    /// The same place, found earlier.
    pub fn at(socket: PathBuf) -> Self {
        Self { lock: socket.with_extension("lock"), socket }
    }

    /// Where to connect to.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Whether somebody is there.
    pub fn answers(&self) -> bool {
        self.connect().is_ok()
    }

    /// Has a stockkeeper started, unless there is one, and waits until it listens.
    ///
    /// # Errors
    /// [`Code::Io`] when it does not come up.
    pub fn open(&self, start: impl FnOnce(&Path) -> io::Result<Child>) -> Result<()> {
        let _lock = Lock::exclusive(&self.lock)?;
        if self.answers() {
            return Ok(());
        }
        let mut child = start(&self.socket).map_err(|error| not_started(&error.to_string()))?;
        let begin = Instant::now();
        while self.connect().is_err() {
            if let Ok(Some(status)) = child.try_wait() {
                return Err(not_started(&format!("it ended with {status}")));
            }
            if begin.elapsed() > PATIENCE {
                return Err(not_started("it does not listen"));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    }

    /// Connects; a socket of another user is none of ours.
    pub(super) fn connect(&self) -> io::Result<UnixStream> {
        if self.socket.symlink_metadata()?.uid() != rustix::process::geteuid().as_raw() {
            return Err(io::Error::other("it belongs to another user"));
        }
        UnixStream::connect(&self.socket)
    }
}

fn not_started(why: &str) -> Error {
    Diagnostic::error(Code::Io, format!("cannot start the process that makes databases: {why}"))
        .into()
}
