//! Layers of settings, strongest first, merged into one target.

use super::{
    Defaults,
    input::{Environment, Flags},
    keyword::{KEYWORDS, Support},
    service,
    settings::{Settings, Value, settings_error},
    source::{Explanation, Source},
    string,
    target::Target,
    tls,
};
use crate::{
    Result,
    diagnostic::{Code, Diagnostic},
};

/// Variables that hold a whole connection string, strongest first: the name, and how the one of a
/// project's `.env` is called.
const STRING_VARIABLES: [(&str, &str); 2] = [
    ("PGMI_CONNECTION_STRING", "PGMI_CONNECTION_STRING of .env"),
    ("DATABASE_URL", "DATABASE_URL of .env"),
];

/// Keywords that say which database is meant. A connection string says that alone: its missing
/// parts get the built-in default, never half of another address from the environment.
const PLACE: [&str; 5] = ["host", "hostaddr", "port", "dbname", "service"];

/// The database that every cluster has, from which others are created and dropped.
const MAINTENANCE_DATABASE: &str = "postgres";

/// Finds out what to connect to: layer by layer, the strongest first; each fills what those before it
/// have left open.
///
/// | | layer | beside a connection string |
/// |---|---|---|
/// | 1 | flags | `--connection` goes with none of `--host`, `--port`, `--username`, `--sslmode` |
/// | 2 | connection string: `--connection`, else `PGMI_CONNECTION_STRING`, else `DATABASE_URL` | |
/// | 3 | service file, when `service` is in the string or `PGSERVICE` is set | only when the string names it |
/// | 4 | `PG*` variables of the process | not for host, port, database and service |
/// | 5 | `PG*` variables of the project's `.env` | not for host, port, database and service |
/// | 6 | `connection` of `pgmi.yaml` | not at all |
/// | 7 | files in their usual places, then built-in defaults | |
///
/// The spelling of each setting in each layer is one row of the table of keywords.
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
    let with_string = string.is_some();
    let named = maintenance_database(flags, string.as_ref(), defaults);
    settings.fill_from(string.unwrap_or_default());
    let mut variables = from_environment(environment, with_string)?;
    let mut project = from_defaults(defaults);
    if with_string {
        variables.give_way_to_string(|name| PLACE.contains(&name));
        project.give_way_to_string(|_| true);
    }
    service::fill(&mut settings, &variables, environment)?;
    settings.fill_from(variables);
    settings.fill_from(project);
    fill_built_in(&mut settings, environment, with_string);
    let maintenance = not_the_target(named, &settings);
    let target = Target::understand(settings, environment, maintenance)?;
    let method = defaults.auth_method.as_deref().filter(|_| !with_string && !target.has_password());
    Ok(match method.and_then(unsupported_method) {
        Some(warning) => target.with_warning(warning),
        None => target,
    })
}

/// What to do in place of a method of `pgmi.yaml` that fetches passwords from a cloud.
fn unsupported_method(method: &str) -> Option<Diagnostic> {
    let command = match method {
        "azure" => {
            "az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv"
        }
        "aws" => "aws rds generate-db-auth-token --hostname HOST --port 5432 --username USER",
        "google" => "gcloud sql generate-login-token",
        _ => return None,
    };
    let message =
        format!("`auth_method: {method}` of pgmi.yaml is passed over: no password is fetched");
    let warning = Diagnostic::warning(Code::ConnectionSettings, message);
    Some(
        warning
            .help(format!("run this yourself, and put what it prints into PGPASSWORD: {command}")),
    )
}

fn from_flags(flags: &Flags) -> Result<Settings> {
    reject_contradiction(flags)?;
    let mut settings = Settings::default();
    for keyword in KEYWORDS {
        let Some(flag) = keyword.flag else { continue };
        if let Some(value) = (flag.value)(flags) {
            reject_empty(flag.name, value)?;
            settings.fill(keyword.name, value, Source::Flag(flag.name));
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

/// The same of a string that may come from elsewhere than a flag.
fn reject_empty_string(holder: &str, text: &str) -> Result<()> {
    if holder.starts_with('-') || !text.trim().is_empty() {
        return reject_empty(holder, text);
    }
    Err(settings_error(format!("the connection string of {holder} is empty"))
        .help("write postgresql://user@host/database, or key=value pairs; was a variable not set?")
        .into())
}

fn connection_string(flags: &Flags, environment: &Environment) -> Result<Option<Settings>> {
    if let Some(text) = &flags.connection {
        let holder = flags.connection_from.unwrap_or("--connection");
        reject_empty_string(holder, text)?;
        return string::parse(text, holder).map(Some);
    }
    for (name, of_env_file) in STRING_VARIABLES {
        if let Some(text) = environment.get(name) {
            let holder = if environment.is_of_env_file(name) { of_env_file } else { name };
            return string::parse(text, holder).map(Some);
        }
    }
    Ok(None)
}

/// The database to create others from, as somebody named it. With `-d`, that is the string's own one.
fn maintenance_database(
    flags: &Flags,
    string: Option<&Settings>,
    defaults: &Defaults,
) -> Option<Value> {
    let value = |text: &String, source| Value { text: text.clone(), source };
    if let Some(name) = flags.maintenance_database.as_ref().filter(|name| !name.is_empty()) {
        return Some(value(name, Source::Flag("--maintenance-db")));
    }
    match string {
        Some(string) => string.get("dbname").filter(|_| flags.database.is_some()).cloned(),
        None => {
            let named = defaults.maintenance_database.as_ref().filter(|name| !name.is_empty());
            named.map(|name| value(name, Source::ProjectFile))
        }
    }
}

/// The target itself cannot be created or dropped from within.
fn not_the_target(named: Option<Value>, settings: &Settings) -> Value {
    let is_flag = |value: &Value| matches!(value.source, Source::Flag(_));
    let fits = |value: &Value| is_flag(value) || settings.text("dbname") != Some(&value.text);
    let built_in = || Value { text: MAINTENANCE_DATABASE.to_owned(), source: Source::BuiltIn };
    named.filter(fits).unwrap_or_else(built_in)
}

fn from_environment(environment: &Environment, with_string: bool) -> Result<Settings> {
    let mut settings = Settings::default();
    for keyword in KEYWORDS {
        let Some(variable) = keyword.variable else { continue };
        let Some(text) = environment.get(variable) else { continue };
        let idle = with_string && PLACE.contains(&keyword.name);
        if keyword.support == Support::Refused && !idle {
            return Err(string::refused(keyword.name, variable).into());
        }
        let source = match environment.is_of_env_file(variable) {
            true => Source::EnvFile(variable),
            false => Source::Variable(variable),
        };
        settings.fill(keyword.name, text, source);
        if let Some(text) = environment.passed_over(variable) {
            settings.fill(keyword.name, text, Source::EnvFile(variable));
        }
    }
    Ok(settings)
}

fn from_defaults(defaults: &Defaults) -> Settings {
    let mut settings = Settings::default();
    for keyword in KEYWORDS {
        let value = keyword.yaml.and_then(|value| value(defaults));
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            settings.fill(keyword.name, value, Source::ProjectFile);
        }
    }
    settings
}

fn fill_built_in(settings: &mut Settings, environment: &Environment, with_string: bool) {
    let user =
        ["USER", "USERNAME"].into_iter().find_map(|name| Some((name, environment.get(name)?)));
    if let Some((name, user)) = user.filter(|_| settings.get("user").is_none()) {
        settings.fill("user", user, Source::Variable(name));
    }
    if with_string {
        settings.fill("dbname", MAINTENANCE_DATABASE, Source::BuiltIn);
    }
    if settings.get("hostaddr").is_none() {
        settings.fill("host", "localhost", Source::BuiltIn);
    }
    for (name, file) in USUAL_FILES {
        if let Some(path) = tls::usual_file(environment, file) {
            settings.fill(name, path.to_string_lossy(), Source::BuiltIn);
        }
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

/// Files of `~/.postgresql` that count when they are there.
const USUAL_FILES: [(&str, &str); 3] =
    [("sslcert", "postgresql.crt"), ("sslkey", "postgresql.key"), ("sslrootcert", "root.crt")];

/// The error when nobody names a database.
pub(super) fn no_database() -> Diagnostic {
    settings_error("no database is named")
        .help("add -d DATABASE, set PGDATABASE, or write connection.database in pgmi.yaml")
        .help("or give a whole connection string: --connection postgresql://user@host/database")
}

/// The error when nobody names a user. A connection string has no flag and no `pgmi.yaml` beside it.
pub(super) fn no_user(settings: &Settings) -> Diagnostic {
    let is_of_string = |it: &Explanation| matches!(it.source, Source::ConnectionString(_));
    settings_error("no user is named, and the operating system's user is unknown").help(
        match settings.explain().iter().any(is_of_string) {
            true => "write the user into the connection string, or set PGUSER",
            false => "add -U USER, set PGUSER, or write connection.username in pgmi.yaml",
        },
    )
}

#[cfg(test)]
mod tests;
