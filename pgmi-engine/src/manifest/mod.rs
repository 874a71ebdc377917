//! `[package.metadata.pgmi]` of a `Cargo.toml`: how a crate likes its project to be built.
//!
//! The manifest is read as it stands: asking `cargo metadata` for it takes longer than a build in which
//! nothing has changed. Strict: what is not known here is an error, because a misspelt setting is one
//! that silently does not hold.

mod place;
mod server_choice;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

pub use server_choice::ServerChoice;

use crate::diagnostic::{Code, Diagnostic, SourceText, nearest};
use crate::{Error, Result};

/// What `[package.metadata.pgmi]` says; nothing is set where there is no such table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrateSettings {
    /// The project's folder, from the folder of `Cargo.toml`.
    pub project: Option<PathBuf>,
    /// The folder of the queries, from the folder of `Cargo.toml`.
    pub queries: Option<PathBuf>,
    /// Folders and files of Rust that hold queries, from the folder of `Cargo.toml`; those of the targets where
    /// nobody said.
    pub sources: Option<Vec<PathBuf>>,
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
    /// What `cargo pgmi index` cannot know.
    #[serde(default)]
    pub index: IndexSettings,
}

/// `[package.metadata.pgmi.index]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IndexSettings {
    /// Tables that others than this crate use, such as `reporting.*`: nothing of them is called unused.
    #[serde(default)]
    pub external: Vec<String>,
    /// Nobody but this crate uses the database: what its queries do not use is dropped.
    #[serde(default)]
    pub sole_client: bool,
    /// How many rows tables have, by `schema.table` or by `table` in `public`.
    #[serde(default)]
    pub rows: BTreeMap<String, u64>,
    /// The tables are in use somewhere: indexes are made and dropped CONCURRENTLY. Where nothing is said, they are
    /// if the migrations can be applied that way.
    pub concurrently: Option<bool>,
}

impl IndexSettings {
    /// Whether others use a table.
    pub fn is_external(&self, schema: &str, table: &str) -> bool {
        let name = format!("{schema}.{table}");
        self.external.iter().any(|pattern| matches(pattern, &name))
    }
}

/// `*` stands for any characters.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((front, rest)) => name.strip_prefix(front).is_some_and(|behind| {
            behind
                .char_indices()
                .map(|(at, _)| at)
                .chain([behind.len()])
                .any(|at| matches(rest, &behind[at..]))
        }),
    }
}

/// Every key, for suggestions.
const KEYS: [&str; 10] = [
    "project",
    "queries",
    "sources",
    "postgres",
    "server",
    "image",
    "parameters",
    "types",
    "derives",
    "index",
];

impl CrateSettings {
    /// Reads a `Cargo.toml`; nothing is set where it has no such table, or where there is no such file.
    ///
    /// # Errors
    /// [`Code::Configuration`], at the line, for what is not TOML, a key that is unknown or a value of the
    /// wrong kind.
    pub fn read(manifest: &Path) -> Result<Self> {
        let shown = manifest.display().to_string();
        match std::fs::read(manifest) {
            Ok(bytes) => Self::of_manifest(&SourceText::new(
                shown.as_str(),
                crate::project::text_of(&shown, bytes)?,
            )),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(wrong(format!("cannot read `{shown}`: {error}")).into()),
        }
    }

    /// Understands the text of a `Cargo.toml`.
    ///
    /// # Errors
    /// As [`CrateSettings::read`].
    pub fn of_manifest(source: &SourceText) -> Result<Self> {
        let manifest: Value =
            toml::from_str(source.text()).map_err(|error| not_toml(source, &error))?;
        match manifest.pointer("/package/metadata/pgmi") {
            None => Ok(Self::default()),
            Some(table) => Self::parse(table, source),
        }
    }

    fn parse(table: &Value, source: &SourceText) -> Result<Self> {
        let Some(table) = table.as_object() else {
            return Err(wrong("package.metadata.pgmi is not a table").into());
        };
        let wrong_key = |(key, value)| {
            let finding = if KEYS.contains(&String::as_str(key)) {
                misfit(key, value)
            } else {
                Some(unknown_key(key))
            };
            finding.map(|it| it.at(source, place::of_setting(source.text(), key), ""))
        };
        Error::check(table.iter().filter_map(wrong_key).collect())?;
        Self::deserialize(Value::Object(table.clone()))
            .map_err(|error| wrong(format!("[package.metadata.pgmi]: {error}")).into())
    }
}

fn not_toml(source: &SourceText, error: &toml::de::Error) -> Diagnostic {
    wrong(format!("`{}` is not TOML: {}", source.name(), error.message())).at(
        source,
        error.span().unwrap_or_default(),
        "",
    )
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
mod tests;
