//! What a throwaway server should be like.

use std::path::PathBuf;
use std::time::Duration;

/// How to start a throwaway server; [`Settings::new`] suits compiling and testing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where the data goes when it does not go into shared memory. Where the server cannot enter
    /// this folder or it has no room, the system's folder for temporary files serves.
    pub directory: PathBuf,
    /// Keep the data in shared memory where there is room: fastest, and gone after a reboot.
    pub memory: bool,
    /// The locale of `initdb`; `C` is fast and the same everywhere.
    pub locale: String,
    /// Listen on this port of 127.0.0.1 too, with a password; 0 for a free one. Otherwise the server
    /// can only be reached over a socket that nobody but its user can open. Not for shared servers.
    pub tcp: Option<u16>,
    /// More settings of the server; they win over those that pgmi makes.
    pub options: Vec<(String, String)>,
    /// How long a shared server waits for the next user after the last one has left.
    pub linger: Duration,
}

impl Settings {
    /// Shared memory before `directory`, locale C, no TCP, ten seconds to linger.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
            memory: true,
            locale: "C".to_owned(),
            tcp: None,
            options: Vec::new(),
            linger: Duration::from_secs(10),
        }
    }
}
