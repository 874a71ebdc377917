//! What this process was started with, as values for the engine, which reads no environment.

use std::collections::BTreeMap;
use std::path::Path;

use pgmi_engine::Result;
use pgmi_engine::check::Cache;
use pgmi_engine::cluster::Places;
use pgmi_engine::connection::Environment;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::project::{DEFAULT_MAX_FILE_SIZE, OpenOptions, read_env_file};

/// Where PostgreSQL may be on this machine.
pub fn places() -> Places {
    Places::gather(|name| std::env::var_os(name))
}

/// Where what PostgreSQL said of queries is kept; none where the user has no folder for such things.
pub fn cache(places: &Places) -> Option<Cache> {
    let folder = places.cache.as_ref()?.join("proofs");
    Some(Cache::new(folder, std::env::current_exe().ok().as_deref()))
}

/// Environment variables; those of the project's `.env` stand behind the real ones.
pub struct Variables {
    process: BTreeMap<String, String>,
    env_file: BTreeMap<String, String>,
    /// The `.env` that could not be used.
    pub warning: Option<Diagnostic>,
}

impl Variables {
    /// Of this process and of the project in `folder`.
    pub fn of(folder: &Path) -> Self {
        let (env_file, warning) = match read_env_file(folder) {
            Ok(found) => (found.into_iter().collect(), None),
            Err(finding) => (BTreeMap::new(), Some(*finding)),
        };
        let text = |text: std::ffi::OsString| text.into_string().ok();
        let process = std::env::vars_os();
        let process = process.filter_map(|(name, value)| Some((text(name)?, text(value)?)));
        let mut variables = Self { process: process.collect(), env_file, warning };
        // Most containers have no such variable; libpq asks the system then, too.
        if !["USER", "USERNAME"].iter().any(|name| variables.has(name)) {
            let user = whoami::username().ok().map(|name| ("USER".to_owned(), name));
            variables.process.extend(user);
        }
        variables
    }

    fn has(&self, name: &str) -> bool {
        self.process.contains_key(name) || self.env_file.contains_key(name)
    }

    /// A variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.process.get(name).or_else(|| self.env_file.get(name));
        value.map(String::as_str).filter(|value| !value.is_empty())
    }

    /// As the connection's settings are looked up in them.
    pub fn for_connection(&self) -> Environment {
        let process: Environment = self.process.clone().into_iter().collect();
        process.with_env_file(self.env_file.clone())
    }

    /// How the project's files are read: `PGMI_MAX_FILE_SIZE` in bytes.
    pub fn open_options(&self) -> Result<OpenOptions> {
        let Some(text) = self.get("PGMI_MAX_FILE_SIZE") else {
            return Ok(OpenOptions { max_file_size: DEFAULT_MAX_FILE_SIZE });
        };
        match text.trim().parse::<u64>() {
            Ok(max_file_size) if max_file_size > 0 => Ok(OpenOptions { max_file_size }),
            _ => Err(Diagnostic::error(
                Code::Configuration,
                "PGMI_MAX_FILE_SIZE is not a number of bytes",
            )
            .help("write a whole number above 0, or unset it")
            .into()),
        }
    }

    /// Whether a person is there to answer: both ends are terminals and nobody said otherwise.
    pub fn is_interactive(&self) -> bool {
        use std::io::IsTerminal;
        self.get("PGMI_NON_INTERACTIVE") != Some("1")
            && self.get("CI").is_none()
            && std::io::stdin().is_terminal()
            && std::io::stdout().is_terminal()
    }
}
