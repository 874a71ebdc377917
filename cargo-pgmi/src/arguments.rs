//! Arguments that several commands share.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::cluster::{Places, ServerRequest};
use pgmi_engine::connection::{Flags, Target, resolve};
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::project::{
    ConnectionDefaults, Parameters, parse_assignment, read_parameters_file,
};

use crate::crate_settings::Crate;
use crate::environment::Variables;

/// Which server and database
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Connection")]
pub struct ConnectionArguments {
    /// postgresql://user@host:port/database, or libpq's "host=… dbname=…"
    #[arg(long, value_name = "STRING")]
    connection: Option<String>,
    /// The flag that it stands for, where that is another one.
    #[arg(skip)]
    connection_from: Option<&'static str>,
    /// Host name, address, or folder of the Unix socket
    #[arg(short = 'h', long)]
    host: Option<String>,
    /// 5432 by default
    #[arg(short, long)]
    port: Option<String>,
    /// The role to connect as
    #[arg(short = 'U', long)]
    username: Option<String>,
    /// The database; `deploy` creates it when it is missing
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
    /// The database from which others are created and dropped [default: postgres]
    #[arg(long, value_name = "DATABASE")]
    maintenance_db: Option<String>,
}

impl ConnectionArguments {
    /// These arguments for a server that this flag leads to.
    pub fn to(connection: String, flag: &'static str) -> Self {
        Self { connection: Some(connection), connection_from: Some(flag), ..Self::default() }
    }

    /// Whether any flag says where to connect.
    pub fn is_given(&self) -> bool {
        [&self.connection, &self.host, &self.port, &self.username, &self.database]
            .iter()
            .any(|flag| flag.is_some())
    }

    /// Flags, environment and `pgmi.yaml`, made one.
    ///
    /// # Errors
    /// The engine's, for settings that are wrong or contradict each other.
    pub fn resolve(&self, variables: &Variables, defaults: &ConnectionDefaults) -> Result<Target> {
        let given = self.clone();
        let flags = Flags {
            connection: given.connection,
            connection_from: given.connection_from,
            host: given.host,
            port: given.port,
            username: given.username,
            database: given.database,
            sslmode: given.sslmode,
            sslcert: given.sslcert,
            sslkey: given.sslkey,
            sslrootcert: given.sslrootcert,
            maintenance_database: given.maintenance_db,
        };
        resolve(&flags, &variables.for_connection(), defaults)
    }
}

/// Deployment parameters
#[derive(Args, Clone, Debug, Default)]
pub struct ParameterArguments {
    /// A deployment parameter, current_setting('pgmi.KEY') in SQL; may be repeated
    // Not String: clap's own refusal would be a usage error that does not say which parameter.
    #[arg(long = "param", value_name = "KEY=VALUE")]
    parameters: Vec<OsString>,
    /// A file of KEY=VALUE lines; may be repeated
    #[arg(long = "params-file", value_name = "FILE")]
    parameter_files: Vec<PathBuf>,
}

impl ParameterArguments {
    /// The parameters of `pgmi.yaml`, then these; later ones win.
    ///
    /// # Errors
    /// As [`ParameterArguments::add_to`].
    pub fn of(&self, configured: &BTreeMap<String, String>) -> Result<Parameters> {
        let mut parameters = Parameters::default();
        parameters.extend(configured)?;
        self.add_to(&mut parameters)?;
        Ok(parameters)
    }

    /// Sets each file's parameters, then each `--param`; later ones win.
    ///
    /// # Errors
    /// The engine's, for what is no assignment or no parameter.
    pub fn add_to(&self, parameters: &mut Parameters) -> Result<()> {
        for file in &self.parameter_files {
            parameters.extend(read_parameters_file(file)?)?;
        }
        for text in &self.parameters {
            let (key, value) = parse_assignment(text.to_str().ok_or_else(|| not_utf8(text))?)?;
            parameters.set(key, value)?;
        }
        Ok(())
    }
}

/// Names the key, as far as it can be read; the value is not shown.
fn not_utf8(assignment: &OsStr) -> Diagnostic {
    let shown = assignment.to_string_lossy();
    let key = shown.split_once('=').map_or("", |(key, _)| key);
    Diagnostic::error(Code::Parameter, format!("parameter `{key}` is not valid UTF-8"))
        .note("PostgreSQL gets parameters as UTF-8 text")
}

/// A major version of PostgreSQL; refuses one that is not supported before anything is looked for.
pub fn parse_major(text: &str) -> std::result::Result<u16, String> {
    match text.parse() {
        Ok(major @ 14..=18) => Ok(major),
        _ => Err("it takes a major version of PostgreSQL, 14 to 18".into()),
    }
}

/// The project's folder: the one that was named, else `project` of `[package.metadata.pgmi]` of the crate
/// one stands in, else `db` here or beside its `Cargo.toml`, else this folder.
///
/// # Errors
/// As [`Crate::here`].
pub fn project_folder(named: Option<&Path>) -> Result<PathBuf> {
    if let Some(folder) = named {
        return Ok(folder.to_owned());
    }
    let here = Crate::here()?;
    if let Some(folder) = here.project() {
        return Ok(folder);
    }
    let is_project =
        |folder: &PathBuf| ["deploy.sql", "migrations"].iter().any(|it| folder.join(it).exists());
    let candidates = [PathBuf::from("db"), PathBuf::from("."), here.way_up().join("db")];
    Ok(candidates.into_iter().find(is_project).unwrap_or_else(|| PathBuf::from(".")))
}

/// The server that a crate is built and checked with: `PGMI_SERVER`, else what the crate says.
///
/// # Errors
/// [`Code::Configuration`] when `PGMI_SERVER` is neither a word that is known nor a connection string.
pub fn server_request(of: &Crate, places: Places) -> Result<ServerRequest> {
    let settings = of.settings.clone();
    let variables = Variables::of(&project_folder(None)?);
    let (choice, said_by) = match variables.get("PGMI_SERVER") {
        Some(text) => {
            let wrong = |why| Diagnostic::error(Code::Configuration, format!("PGMI_SERVER: {why}"));
            (text.parse().map_err(wrong)?, "PGMI_SERVER")
        }
        None => (settings.server, "`server` in [package.metadata.pgmi]"),
    };
    Ok(ServerRequest {
        choice,
        major: settings.postgres,
        image: settings.image,
        places,
        environment: variables.for_connection(),
        said_by: Some(said_by),
    })
}
