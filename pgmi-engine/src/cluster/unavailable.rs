//! Throwaway servers on a system where their end could not be guaranteed.
//!
//! Elsewhere a shell and a FIFO keep that promise. Rather than leave servers behind, this says so.

use std::convert::Infallible;
use std::path::Path;

use super::{Binaries, Settings, failed};
use crate::{Error, Result};

/// A PostgreSQL server of our own; on this system there is none.
pub struct Cluster(Infallible);

/// A shared server that runs; on this system there is none.
#[derive(Clone, Debug)]
pub struct Running(Infallible);

impl Cluster {
    /// # Errors
    /// Always.
    pub fn start(_binaries: &Binaries, _settings: &Settings) -> Result<Self> {
        Err(unavailable())
    }

    /// # Errors
    /// Always.
    pub fn shared(_folder: &Path, _binaries: &Binaries, _settings: &Settings) -> Result<Self> {
        Err(unavailable())
    }

    /// No servers.
    pub fn running(_folder: &Path) -> Vec<Running> {
        Vec::new()
    }

    /// # Errors
    /// Never called.
    pub fn keep_running(&self) -> Result<()> {
        match self.0 {}
    }

    /// Never called.
    pub fn connection_string(&self, _database: &str) -> String {
        match self.0 {}
    }

    /// Never called.
    pub fn tcp_connection_string(&self, _database: &str) -> Option<String> {
        match self.0 {}
    }

    /// Never called.
    pub fn major(&self) -> u16 {
        match self.0 {}
    }

    /// Never called.
    pub fn process_id(&self) -> Option<u32> {
        match self.0 {}
    }

    /// Never called.
    pub fn home(&self) -> &Path {
        match self.0 {}
    }
}

impl Running {
    /// Never called.
    pub fn major(&self) -> u16 {
        match self.0 {}
    }

    /// Never called.
    pub fn version(&self) -> &str {
        match self.0 {}
    }

    /// Never called.
    pub fn connection_string(&self, _database: &str) -> String {
        match self.0 {}
    }

    /// # Errors
    /// Never called.
    pub fn stop(&self) -> Result<()> {
        match self.0 {}
    }
}

fn unavailable() -> Error {
    failed("pgmi cannot start a throwaway PostgreSQL on this system yet")
        .help("start a server yourself and name it: PGMI_SERVER=postgresql://…")
        .into()
}
