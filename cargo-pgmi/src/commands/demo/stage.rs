//! Where the demo takes place: a crate in a folder, and a server.

use std::path::{Path, PathBuf};
use std::process::Command;

use pgmi::tokio_postgres::{NoTls, connect};
use pgmi_engine::Result;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use tempfile::TempDir;

use super::files;
use crate::commands::throwaway::Throwaway;
use crate::output::{MessageFormat, Output};

/// What a build makes of `demo/db/queries`; a test holds it against that.
#[allow(
    clippy::all,
    clippy::allow_attributes,
    dead_code,
    unused_imports,
    reason = "it is generated for all that a crate might do"
)]
mod db {
    include!("../../../demo/bindings.rs");
}

/// The crate's own file: what is shown is what is run.
#[path = "../../../demo/src/shelf.rs"]
mod shelf;

/// The crate, the server, and where what PostgreSQL said is kept meanwhile.
pub struct Stage<'a> {
    server: Throwaway,
    krate: PathBuf,
    kept: Option<&'a Path>,
    /// Gone with this, as the server is.
    temporary: TempDir,
    output: &'a Output,
}

impl<'a> Stage<'a> {
    /// Unpacks the crate, and starts a server.
    ///
    /// # Errors
    /// [`Code::Usage`] for a folder that is not empty; those of [`Throwaway::start`]; [`Code::Io`].
    pub fn set(kept: Option<&'a Path>, major: Option<u16>, output: &'a Output) -> Result<Self> {
        let temporary = tempfile::Builder::new().prefix("pgmi-demo-").tempdir();
        let temporary = temporary.map_err(|error| failed("make a temporary folder", &error))?;
        let krate = kept.map_or_else(|| temporary.path().join("music"), Path::to_owned);
        files::unpack(&krate)?;
        output.line(&format!("A crate, in {}", krate.display()));
        let server =
            Throwaway::start(major, "it; PGMI_SERVER and DATABASE_URL lead there", output)?;
        Ok(Self { server, krate, kept, temporary, output })
    }

    /// Runs `cargo pgmi` as somebody would who stands in the crate. Its exit code.
    ///
    /// # Errors
    /// [`Code::Io`] when this program cannot be started again.
    pub fn command(&self, why: &str, arguments: &[&str]) -> Result<u8> {
        self.announce(why, &format!("cargo pgmi {}", arguments.join(" ")));
        let program =
            std::env::current_exe().map_err(|error| failed("find this program", &error))?;
        let mut command = Command::new(program);
        command.arg("pgmi").args(arguments).current_dir(&self.krate);
        if self.output.format == MessageFormat::Json {
            command.args(["--message-format", "json"]);
        }
        // What the user's own variables say is about their databases.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        let status = command
            .env("PGMI_SERVER", self.server.connection_string("postgres"))
            .env("DATABASE_URL", self.server.connection_string("music"))
            .env("PGMI_CACHE_DIR", self.temporary.path().join("cache"))
            .status();
        let status = status.map_err(|error| failed("start this program again", &error))?;
        // What a signal has ended has no code.
        Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
    }

    /// Calls the queries from Rust.
    ///
    /// # Errors
    /// [`Code::Io`] with what PostgreSQL said.
    pub fn rust(&self) -> Result<()> {
        let why = "From Rust, with types: src/shelf.rs of the crate, which is compiled into this program, too";
        self.announce(why, "cargo run");
        for call in files::calls() {
            self.output.line(&format!("    {call}"));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| failed("start a runtime", &error))?;
        let string = self.server.connection_string("music");
        let text = runtime.block_on(async {
            let (client, connection) = connect(&string, NoTls).await?;
            tokio::spawn(connection);
            Ok(shelf::look(&client).await?)
        });
        let text =
            text.map_err(|error: Box<dyn std::error::Error>| failed("run the queries", &error))?;
        self.output.payload(text.trim_end())
    }

    fn announce(&self, why: &str, command: &str) {
        self.output.line(&format!("\n# {why}\n$ {command}"));
    }

    /// What to do next.
    pub fn farewell(&self) {
        let Some(kept) = self.kept else {
            self.output
                .line("\nNothing is left of it. To have the crate: cargo pgmi demo --keep music");
            return;
        };
        self.output.line(&format!(
            "\nThe crate is in {0}; the server is gone. Go on with:\n  \
             cd {0}\n  \
             cargo test                    # each test with a database of its own; the first build takes a minute or two\n  \
             cargo pgmi index --write      # a migration that adds and drops what was found",
            kept.display()
        ));
    }
}

fn failed(what: &str, why: &dyn std::fmt::Display) -> pgmi_engine::Error {
    Diagnostic::error(Code::Io, format!("cannot {what}: {why}")).into()
}
