//! Layers of settings, strongest first, merged into one target.

use super::{
    Defaults,
    input::{Environment, Flags},
    keyword::{KEYWORDS, Support},
    service,
    settings::{Settings, settings_error},
    source::Source,
    string,
    target::Target,
};
use crate::{Result, diagnostic::Diagnostic};

/// Variables that hold a whole connection string, strongest first.
const STRING_VARIABLES: [&str; 2] = ["PGMI_CONNECTION_STRING", "DATABASE_URL"];

/// Keywords that say which database is meant. A connection string says that alone: its missing
/// parts get the built-in default, never half of another address from the environment.
const PLACE: [&str; 5] = ["host", "hostaddr", "port", "dbname", "service"];

/// The database that every cluster has, from which others are created and dropped.
const MAINTENANCE_DATABASE: &str = "postgres";

/// Finds out what to connect to.
///
/// | | with a connection string | without |
/// |---|---|---|
/// | string | `--connection`, else `PGMI_CONNECTION_STRING`, else `DATABASE_URL` | |
/// | each setting | flag, string, service file, `PG*` variable, built-in default | flag, service file, `PG*` variable, `pgmi.yaml`, built-in default |
/// | host, port, database | flag, string, service file, built-in default | as each setting; no database is an error |
///
/// Built-in defaults: `localhost`, port 5432, the operating system's user, database `postgres` (with
/// a string only), `sslmode=prefer`, `application_name=pgmi`, ten seconds to connect.
/// `--connection` together with `--host`, `--port`, `--username` or `--sslmode` is an error, because
/// one of the two would be silently ignored; a string of the environment only lends the parts that
/// no flag names.
///
/// # Errors
/// `connection-settings` for contradicting flags, broken strings, values that cannot be understood,
/// and when there is no database or no user.
pub fn resolve(flags: &Flags, environment: &Environment, defaults: &Defaults) -> Result<Target> {
    let mut settings = from_flags(flags)?;
    let string = connection_string(flags, environment)?;
    let maintenance = maintenance_database(flags, string.as_ref(), defaults);
    let with_string = string.is_some();
    settings.fill_from(string.unwrap_or_default());
    let variables = from_environment(environment, with_string)?;
    service::fill(&mut settings, &variables, environment)?;
    settings.fill_from(variables);
    if !with_string {
        settings.fill_from(from_defaults(defaults));
    }
    fill_built_in(&mut settings, environment, with_string);
    Target::understand(settings, environment, maintenance)
}

fn from_flags(flags: &Flags) -> Result<Settings> {
    reject_contradiction(flags)?;
    let mut settings = Settings::default();
    for (name, flag, value) in [
        ("host", "--host", &flags.host),
        ("port", "--port", &flags.port),
        ("user", "--username", &flags.username),
        ("dbname", "--database", &flags.database),
        ("sslmode", "--sslmode", &flags.sslmode),
        ("sslcert", "--sslcert", &flags.sslcert),
        ("sslkey", "--sslkey", &flags.sslkey),
        ("sslrootcert", "--sslrootcert", &flags.sslrootcert),
    ] {
        if let Some(value) = value {
            reject_empty(flag, value)?;
            settings.fill(name, value, Source::Flag(flag));
        }
    }
    Ok(settings)
}

fn reject_contradiction(flags: &Flags) -> Result<()> {
    let granular = [
        ("--host", &flags.host),
        ("--port", &flags.port),
        ("--username", &flags.username),
        ("--sslmode", &flags.sslmode),
    ];
    let given: Vec<_> = granular.iter().filter(|(_, v)| v.is_some()).map(|(f, _)| *f).collect();
    if flags.connection.is_none() || given.is_empty() {
        return Ok(());
    }
    Err(settings_error(format!("--connection cannot be combined with {}", given.join(", ")))
        .help("put everything into the connection string, or use the single flags only")
        .help("--database may always be added")
        .into())
}

/// `-d "$DATABASE"` with an unset variable must not silently mean another database.
fn reject_empty(flag: &str, value: &str) -> Result<()> {
    if !value.trim().is_empty() {
        return Ok(());
    }
    Err(settings_error(format!("{flag} is empty"))
        .help("give it a value, or leave the flag out; was a shell variable not set?")
        .into())
}

fn connection_string(flags: &Flags, environment: &Environment) -> Result<Option<Settings>> {
    if let Some(text) = &flags.connection {
        reject_empty("--connection", text)?;
        return string::parse(text, "--connection").map(Some);
    }
    let held = |name: &'static str| environment.get(name).map(|text| (name, text));
    match STRING_VARIABLES.into_iter().find_map(held) {
        Some((name, text)) => string::parse(text, name).map(Some),
        None => Ok(None),
    }
}

/// With `-d`, the string's own database is where the other is created from.
fn maintenance_database(flags: &Flags, string: Option<&Settings>, defaults: &Defaults) -> String {
    let named = match string {
        Some(string) => string.text("dbname").filter(|_| flags.database.is_some()),
        None => defaults.maintenance_database.as_deref(),
    };
    // The target itself cannot be created or dropped from within.
    let named = named.filter(|name| flags.database.as_deref() != Some(name));
    named.unwrap_or(MAINTENANCE_DATABASE).to_owned()
}

fn from_environment(environment: &Environment, with_string: bool) -> Result<Settings> {
    let mut settings = Settings::default();
    for keyword in KEYWORDS {
        let Some(variable) = keyword.variable else { continue };
        let Some(text) = environment.get(variable) else { continue };
        if with_string && PLACE.contains(&keyword.name) {
            continue;
        }
        if keyword.support == Support::Refused {
            return Err(string::refused(keyword.name, variable).into());
        }
        settings.fill(keyword.name, text, Source::Variable(variable));
    }
    Ok(settings)
}

fn from_defaults(defaults: &Defaults) -> Settings {
    let mut settings = Settings::default();
    for (name, value) in [
        ("host", defaults.host.clone()),
        ("port", defaults.port.map(|port| port.to_string())),
        ("user", defaults.username.clone()),
        ("dbname", defaults.database.clone()),
        ("sslmode", defaults.sslmode.clone()),
        ("sslcert", defaults.sslcert.clone()),
        ("sslkey", defaults.sslkey.clone()),
        ("sslrootcert", defaults.sslrootcert.clone()),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            settings.fill(name, value, Source::ProjectFile);
        }
    }
    settings
}

fn fill_built_in(settings: &mut Settings, environment: &Environment, with_string: bool) {
    for name in ["USER", "USERNAME"] {
        if let Some(user) = environment.get(name) {
            settings.fill("user", user, Source::Variable(name));
        }
    }
    if with_string {
        settings.fill("dbname", MAINTENANCE_DATABASE, Source::BuiltIn);
    }
    if settings.get("hostaddr").is_none() {
        settings.fill("host", "localhost", Source::BuiltIn);
    }
    // As libpq does: trusting public authorities only makes sense together with the host's name.
    let system = settings.text("sslrootcert") == Some("system");
    settings.fill("sslmode", if system { "verify-full" } else { "prefer" }, Source::BuiltIn);
    let fallback = settings.get("fallback_application_name").cloned();
    if let Some(fallback) = fallback {
        settings.fill("application_name", fallback.text, fallback.source);
    }
    settings.fill("application_name", "pgmi", Source::BuiltIn);
    settings.fill("port", "5432", Source::BuiltIn);
    settings.fill("connect_timeout", "10", Source::BuiltIn);
}

/// The error when nobody names a database.
pub(super) fn no_database() -> Diagnostic {
    settings_error("no database is named")
        .help("add -d DATABASE, set PGDATABASE, or write connection.database in pgmi.yaml")
        .help("or give a whole connection string: --connection postgresql://user@host/database")
}

/// The error when nobody names a user.
pub(super) fn no_user() -> Diagnostic {
    settings_error("no user is named, and the operating system's user is unknown")
        .help("add -U USER, set PGUSER, or write connection.username in pgmi.yaml")
}

#[cfg(test)]
mod tests;
