//! `pgmi.yaml`: how a project likes to be deployed. Strict: what it does not know is an error.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use super::Project;
use crate::Result;
use crate::diagnostic::{Code, Diagnostic, SourceText};

/// What `pgmi.yaml` says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    #[serde(default)]
    pub connection: ConnectionDefaults,
    /// Deployment parameters, overridden by files and the command line.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// How long a deployment may take, as [`parse_duration`] reads it.
    pub timeout: Option<String>,
}

/// Connection settings that hold where neither a connection string, a flag nor a `PG*` variable says otherwise.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, expecting = "a map of connection settings")]
pub struct ConnectionDefaults {
    pub host: Option<String>,
    pub port: Option<u16>,
    pub username: Option<String>,
    pub database: Option<String>,
    /// Where to connect to create or recreate the database; `postgres` when left out.
    pub maintenance_database: Option<String>,
    pub sslmode: Option<String>,
    pub sslcert: Option<String>,
    pub sslkey: Option<String>,
    pub sslrootcert: Option<String>,
    /// Known to session API v1 files; the cloud methods are not supported here.
    pub auth_method: Option<String>,
    pub azure_tenant_id: Option<String>,
    pub azure_client_id: Option<String>,
    pub aws_region: Option<String>,
    pub google_instance: Option<String>,
}

impl Configuration {
    /// Reads `<root>/pgmi.yaml`; nothing is set when there is none.
    ///
    /// # Errors
    /// [`Code::Configuration`], at the line, for what is not YAML, has the wrong shape or an unknown key.
    pub fn read(root: &Path) -> Result<Self> {
        let path = root.join("pgmi.yaml");
        match std::fs::read(&path) {
            Ok(bytes) => Self::parse(&super::text_of("pgmi.yaml", bytes)?),
            // Where the project's folder should be is a file: opening the project says so.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(Self::default())
            }
            Err(error) => {
                let message = format!("cannot read `{}`: {error}", path.display());
                Err(Diagnostic::error(Code::Configuration, message).into())
            }
        }
    }

    /// What the `pgmi.yaml` of an open project says.
    ///
    /// # Errors
    /// As [`Configuration::read`].
    pub fn of(project: &Project) -> Result<Self> {
        let file = project.files.iter().find(|file| file.path.as_str() == "./pgmi.yaml");
        file.map_or_else(|| Ok(Self::default()), |file| Self::parse(&file.content))
    }

    /// Reads the text of a `pgmi.yaml`; an empty one sets nothing.
    ///
    /// # Errors
    /// As [`Configuration::read`].
    pub fn parse(text: &str) -> Result<Self> {
        let parsed: std::result::Result<Option<Self>, _> = yaml_serde::from_str(text);
        let configuration = parsed.map_err(|error| wrong(text, &error))?.unwrap_or_default();
        if let Some(timeout) = &configuration.timeout {
            parse_duration(timeout).map_err(|finding| located(finding, text, "timeout"))?;
        }
        Ok(configuration)
    }

    /// The timeout, if one is set.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout.as_deref().and_then(|text| parse_duration(text).ok())
    }
}

fn wrong(text: &str, error: &yaml_serde::Error) -> Diagnostic {
    let source = SourceText::new("pgmi.yaml", keys_of(text));
    let said = error.to_string();
    let place = error.location().and_then(|at| source.line_span(at.line()));
    let message = said.split(" at line ").next().unwrap_or(&said);
    // What stands there instead of a map of parameters is quoted, and may be a secret.
    let message = match message.split_once("invalid type: string ") {
        Some((key, rest)) if key.starts_with("params") => {
            format!("{key}invalid type: string{}", rest.rsplit('"').next().unwrap_or(""))
        }
        _ => message.to_owned(),
    };
    let finding = Diagnostic::error(Code::Configuration, format!("`pgmi.yaml`: {message}")).at(
        &source,
        place.unwrap_or(0..0),
        "",
    );
    if message.contains("unknown field `password`") {
        return finding
            .help("passwords come from PGPASSWORD, ~/.pgpass, or a .env beside pgmi.yaml");
    }
    if message.contains("unknown field") {
        // The message lists the keys that are known there.
        return finding;
    }
    finding.help("known keys: connection, params, timeout")
}

/// The text line by line without its values, which may be secrets.
fn keys_of(text: &str) -> String {
    let key = |line: &str| match line.split_once(':') {
        Some((key, _)) => format!("{key}:\n"),
        None => "\n".to_owned(),
    };
    text.lines().map(key).collect()
}

fn located(finding: Diagnostic, text: &str, key: &str) -> Diagnostic {
    let source = SourceText::new("pgmi.yaml", text);
    let at = text.find(key).unwrap_or(0);
    let line = source.line_span(source.line_column(at).line).unwrap_or(0..0);
    finding.at(&source, line, "")
}

/// Reads a duration as Go writes it: `90s`, `3m`, `1h30m`, `1.5s`, `250ms`; `0` is no limit.
///
/// # Errors
/// [`Code::Configuration`] for anything else, negative ones included.
pub fn parse_duration(text: &str) -> std::result::Result<Duration, Diagnostic> {
    let wrong = || {
        Diagnostic::error(Code::Configuration, format!("invalid duration `{text}`"))
            .help("write it like 30s, 3m or 1h30m; 0 means no limit")
    };
    if text.trim_start_matches('+') == "0" {
        return Ok(Duration::ZERO);
    }
    let mut rest = text.trim_start_matches('+');
    let mut total = Duration::ZERO;
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(wrong)?;
        let (number, tail) = rest.split_at(number_end);
        let unit_end = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit_end);
        let seconds =
            number.parse::<f64>().map_err(|_| wrong())? * seconds_in(unit).ok_or_else(wrong)?;
        total = Duration::try_from_secs_f64(seconds)
            .ok()
            .and_then(|part| total.checked_add(part))
            .ok_or_else(wrong)?;
        rest = tail;
    }
    Ok(total)
}

fn seconds_in(unit: &str) -> Option<f64> {
    Some(match unit {
        "ns" => 1e-9,
        "us" | "µs" | "μs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_key_and_keeps_scalars_as_written() {
        let read = Configuration::parse(
            "connection:\n  host: h\n  port: 5433\n  maintenance_database: m\nparams:\n  version: 1.10\n  on: yes\n  n: 007\ntimeout: 90s\n",
        )
        .unwrap();
        assert_eq!(read.connection.port, Some(5433));
        assert_eq!(read.params["version"], "1.10");
        assert_eq!(read.params["n"], "007");
        assert_eq!(read.timeout(), Some(Duration::from_secs(90)));
    }

    #[test]
    fn empty_is_fine_and_unknown_is_not() {
        for empty in ["", "# nothing\n", "---\n"] {
            assert!(Configuration::parse(empty).unwrap().params.is_empty());
        }
        for (text, part) in [
            ("parms:\n  a: b\n", "parms"),
            ("connection:\n  password: SENTINEL\n", "password"),
            ("timeout: soon\n", "soon"),
            ("timeout: -3m\n", "-3m"),
            ("params: [1]\n", "params"),
        ] {
            let error = Configuration::parse(text).unwrap_err();
            assert_eq!(error.code(), Code::Configuration);
            assert!(error.to_string().contains(part), "{error}");
            assert!(error.primary().place().is_some());
        }
    }

    #[test]
    fn durations_are_gos() {
        for (text, milliseconds) in [
            ("0", 0),
            ("3m", 180_000),
            ("1h30m", 5_400_000),
            ("1.5s", 1_500),
            ("250ms", 250),
            ("0s", 0),
        ] {
            assert_eq!(parse_duration(text).unwrap(), Duration::from_millis(milliseconds));
        }
        for text in ["", "3", "m", "-1s", "1d", "1.2.3s", "s3"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }
}
