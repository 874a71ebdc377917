//! `[package.metadata.pgmi]` of a `Cargo.toml`: how a crate likes its project to be built.
//!
//! Whoever reads the manifest hands the table over as JSON, the way `cargo metadata` prints it.
//! Strict: what is not known here is an error, because a misspelt setting is one that silently
//! does not hold.

mod server_choice;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

pub use server_choice::ServerChoice;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::{Error, Result};

/// What `[package.metadata.pgmi]` says; nothing is set where there is no such table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrateSettings {
    /// The project's folder, from the folder of `Cargo.toml`.
    pub project: Option<PathBuf>,
    /// The folder of the queries, from the folder of `Cargo.toml`.
    pub queries: Option<PathBuf>,
    /// The major version of PostgreSQL that the crate is built for.
    pub postgres: Option<u16>,
    /// Where the PostgreSQL that is asked about the queries comes from.
    #[serde(default)]
    pub server: ServerChoice,
    /// The image of containers: `postgis/postgis:17-3.5`.
    pub image: Option<String>,
    /// Deployment parameters; they win over those of `pgmi.yaml`.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// SQL type or column to Rust type.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// What generated types derive besides what they need.
    #[serde(default)]
    pub derives: Vec<String>,
}

/// Every key, for suggestions.
const KEYS: [&str; 8] =
    ["project", "queries", "postgres", "server", "image", "parameters", "types", "derives"];

impl CrateSettings {
    /// Understands the `metadata` of a package.
    ///
    /// # Errors
    /// [`Code::Configuration`] for a key that is unknown or a value of the wrong kind.
    pub fn of_package(metadata: &Value) -> Result<Self> {
        match metadata.get("pgmi") {
            None => Ok(Self::default()),
            Some(table) => Self::parse(table),
        }
    }

    fn parse(table: &Value) -> Result<Self> {
        let Some(table) = table.as_object() else {
            return Err(wrong("package.metadata.pgmi is not a table").into());
        };
        let unknown = table.keys().filter(|key| !KEYS.contains(&key.as_str()));
        Error::check(unknown.map(|key| unknown_key(key)).collect())?;
        let findings: Vec<_> = table.iter().filter_map(|(key, value)| misfit(key, value)).collect();
        Error::check(findings)?;
        Self::deserialize(Value::Object(table.clone()))
            .map_err(|error| wrong(format!("[package.metadata.pgmi]: {error}")).into())
    }
}

/// One key alone, so that each wrong value is found and named.
fn misfit(key: &str, value: &Value) -> Option<Diagnostic> {
    let alone = Value::Object([(key.to_owned(), value.clone())].into_iter().collect());
    let error = CrateSettings::deserialize(alone).err()?;
    Some(wrong(format!("`{key}` of [package.metadata.pgmi]: {error}")))
}

fn unknown_key(key: &str) -> Diagnostic {
    let finding = wrong(format!("[package.metadata.pgmi] has an unknown key `{key}`"));
    match nearest(key, KEYS) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("known keys: {}", KEYS.join(", "))),
    }
}

fn wrong(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Configuration, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_what_is_there() {
        let settings = CrateSettings::of_package(&json!({ "pgmi": {
            "project": "db", "postgres": 17, "server": "container", "image": "postgis/postgis:17-3.5",
            "parameters": { "env": "build" }, "types": { "citext": "String" }, "derives": ["Hash"],
        }}))
        .unwrap();
        assert_eq!((settings.postgres, &settings.server), (Some(17), &ServerChoice::Container));
        assert_eq!(settings.parameters["env"], "build");
        assert_eq!(CrateSettings::of_package(&json!(null)).unwrap(), CrateSettings::default());
        assert_eq!(CrateSettings::of_package(&json!({})).unwrap().server, ServerChoice::Auto);
    }

    #[test]
    fn every_wrong_key_is_found_and_the_right_one_named() {
        let error =
            CrateSettings::of_package(&json!({"pgmi": {"postgre": 17, "colour": 1}})).unwrap_err();
        let helps: Vec<_> = error.diagnostics().iter().map(|it| it.help[0].as_str()).collect();
        assert_eq!(helps[1], "did you mean `postgres`?");
        assert!(helps[0].starts_with("known keys: project,"), "{helps:?}");
    }

    #[test]
    fn every_wrong_value_is_found() {
        let table = json!({"pgmi": {"postgres": "17", "server": "locale", "project": 1}});
        let error = CrateSettings::of_package(&table).unwrap_err();
        let said: Vec<_> = error.diagnostics().iter().map(|it| it.message.as_str()).collect();
        assert_eq!(said.len(), 3);
        assert!(said[2].contains("did you mean `local`?"), "{said:?}");
        assert_eq!(error.code(), Code::Configuration);
        assert!(CrateSettings::of_package(&json!({"pgmi": true})).is_err());
    }
}
