//! Copies made ahead of time, on a system without Unix sockets: there are none, and whoever wants a copy
//! makes it.

use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use crate::Result;
use crate::cluster::Server;
use crate::connection::{Environment, Target};
use crate::diagnostic::{Code, Diagnostic};

/// The place of a stockkeeper; on this system there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockAddress(PathBuf);

/// What came of asking.
pub enum Answer {
    Database(Loan),
    Missing,
    Absent,
}

/// A database of one's own; on this system there is none.
pub struct Loan(Infallible);

/// How long a stockkeeper stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hours {
    pub linger: Duration,
    pub kept: Duration,
}

impl StockAddress {
    /// The place for this server.
    pub fn of(_server: &Server, folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The same place, found earlier.
    pub fn at(socket: PathBuf) -> Self {
        Self(socket)
    }

    /// Where nobody listens.
    pub fn socket(&self) -> &Path {
        &self.0
    }

    /// Nobody is.
    pub fn answers(&self) -> bool {
        false
    }

    /// # Errors
    /// Always.
    pub fn open(&self, _start: impl FnOnce(&Path) -> io::Result<Child>) -> Result<()> {
        Err(Diagnostic::error(Code::Io, "this system has no Unix sockets").into())
    }

    /// Nobody is there.
    ///
    /// # Errors
    /// None.
    pub fn ask(&self, _template: &str, _lent: bool) -> Result<Answer> {
        Ok(Answer::Absent)
    }
}

impl Loan {
    /// Never called.
    pub fn name(&self) -> &str {
        match self.0 {}
    }

    /// Never called.
    pub fn connection_string(&self) -> &str {
        match self.0 {}
    }

    /// # Errors
    /// Never called.
    pub fn target(&self, _environment: &Environment) -> Result<Target> {
        match self.0 {}
    }

    /// # Errors
    /// Never called.
    pub fn keep(&mut self, _what_for: &str) -> Result<()> {
        match self.0 {}
    }

    /// Never called.
    pub fn say_clean(&mut self, _is_clean: bool) {
        match self.0 {}
    }
}

/// # Errors
/// Always.
pub fn keep_stock(_server: Server, _address: &StockAddress, _hours: &Hours) -> Result<()> {
    Err(Diagnostic::error(Code::Io, "this system has no Unix sockets").into())
}
