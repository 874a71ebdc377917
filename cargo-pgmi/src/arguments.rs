//! Arguments that several commands share.

use std::path::{Path, PathBuf};

use clap::Args;
use pgmi_engine::connection::{Flags, Target, resolve};
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::project::ConnectionDefaults;
use pgmi_engine::{Error, Result};

use crate::environment::Variables;

/// Which server and database
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Connection")]
pub struct ConnectionArguments {
    /// postgresql://user@host:port/database, or libpq's "host=… dbname=…"
    #[arg(long, value_name = "STRING")]
    connection: Option<String>,
    /// Host name, address, or folder of the Unix socket
    #[arg(short = 'h', long)]
    host: Option<String>,
    /// 5432 by default
    #[arg(short, long)]
    port: Option<String>,
    /// The role to connect as
    #[arg(short = 'U', long)]
    username: Option<String>,
    /// The database to deploy to; created when it is missing
    #[arg(short, long)]
    pub database: Option<String>,
    /// disable, allow, prefer, require, verify-ca or verify-full
    #[arg(long, value_name = "MODE")]
    sslmode: Option<String>,
    /// Client certificate, PEM
    #[arg(long, value_name = "FILE")]
    sslcert: Option<String>,
    /// Key of the client certificate, PEM
    #[arg(long, value_name = "FILE")]
    sslkey: Option<String>,
    /// Certificates of authorities to trust, PEM; or "system"
    #[arg(long, value_name = "FILE")]
    sslrootcert: Option<String>,
}

impl ConnectionArguments {
    /// These arguments for a server that is known already.
    pub fn to(connection: String) -> Self {
        Self { connection: Some(connection), ..Self::default() }
    }

    /// Flags, environment and `pgmi.yaml`, made one.
    ///
    /// # Errors
    /// The engine's, for settings that are wrong or contradict each other.
    pub fn resolve(&self, variables: &Variables, defaults: &ConnectionDefaults) -> Result<Target> {
        let given = self.clone();
        let flags = Flags {
            connection: given.connection,
            host: given.host,
            port: given.port,
            username: given.username,
            database: given.database,
            sslmode: given.sslmode,
            sslcert: given.sslcert,
            sslkey: given.sslkey,
            sslrootcert: given.sslrootcert,
        };
        resolve(&flags, &variables.for_connection(), defaults)
    }
}

/// The project's folder: the one that was named, else `project` of `[package.metadata.pgmi]` of the crate
/// one stands in, else `db`, else this folder.
///
/// # Errors
/// [`Code::Configuration`] when the metadata has something else under that key.
pub fn project_folder(named: Option<&Path>) -> Result<PathBuf> {
    if let Some(folder) = named {
        return Ok(folder.to_owned());
    }
    if let Some(folder) = crate_project()? {
        return Ok(folder);
    }
    let db = PathBuf::from("db");
    Ok(if db.join("deploy.sql").is_file() { db } else { PathBuf::from(".") })
}

/// What the manifest of the nearest crate says; nothing outside of crates.
fn crate_project() -> Result<Option<PathBuf>> {
    let here = std::env::current_dir().unwrap_or_default();
    let Some(manifest) =
        here.ancestors().map(|folder| folder.join("Cargo.toml")).find(|path| path.is_file())
    else {
        return Ok(None);
    };
    let wrong = |text: String| Error::from(Diagnostic::error(Code::Configuration, text));
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(&manifest)
        .no_deps()
        .exec()
        .map_err(|error| wrong(format!("cargo metadata: {error}")))?;
    let package =
        metadata.packages.iter().find(|package| package.manifest_path.as_std_path() == manifest);
    let setting = package.and_then(|package| package.metadata.get("pgmi")?.get("project"));
    match setting.map(|value| value.as_str()) {
        None => Ok(None),
        Some(Some(folder)) => Ok(manifest.parent().map(|root| root.join(folder))),
        Some(None) => Err(wrong("`project` of [package.metadata.pgmi] is not a string".into())),
    }
}
