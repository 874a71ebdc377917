//! `[package.metadata.pgmi]` of a `Cargo.toml`: how a crate likes its project to be built.
//!
//! The manifest is read as it stands: asking `cargo metadata` for it takes longer than a build in which
//! nothing has changed. Strict: what is not known here is an error, because a misspelt setting is one
//! that silently does not hold.

mod index;
mod place;
mod server_choice;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

pub use index::IndexSettings;
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
        let mut findings = check::<Self>(table, &[], &KEYS, source);
        if let Some(index) = table.get("index").and_then(Value::as_object) {
            // Each of its own settings is looked at by itself.
            findings.retain(|(key, _)| key != "index");
            findings.extend(check::<IndexSettings>(index, &["index"], &index::KEYS, source));
        }
        Error::check(findings.into_iter().map(|(_, finding)| finding).collect())?;
        Self::deserialize(Value::Object(table.clone()))
            .map_err(|error| wrong(format!("[package.metadata.pgmi]: {error}")).into())
    }
}

/// The bytes of a key of `types` in a `Cargo.toml`; none where it does not stand there.
pub(crate) fn place_of_mapping(text: &str, key: &str) -> Range<usize> {
    place::of_key(text, &["types", key])
}

fn not_toml(source: &SourceText, error: &toml::de::Error) -> Diagnostic {
    wrong(format!("`{}` is not TOML: {}", source.name(), error.message())).at(
        source,
        error.span().unwrap_or_default(),
        "",
    )
}

/// Looks at each key alone, so that every one that is unknown and every wrong value is found and named.
fn check<T: for<'de> Deserialize<'de>>(
    table: &serde_json::Map<String, Value>,
    way: &[&str],
    known: &[&str],
    source: &SourceText,
) -> Vec<(String, Diagnostic)> {
    let section =
        ["package.metadata.pgmi"].iter().chain(way).copied().collect::<Vec<_>>().join(".");
    let wrong_key = |(key, value): (&String, &Value)| {
        let path: Vec<&str> = way.iter().copied().chain([key.as_str()]).collect();
        let finding = match known.contains(&key.as_str()) {
            true => misfit::<T>(&section, key, value)?.at(
                source,
                place::of_setting(source.text(), &path),
                "",
            ),
            false => unknown_key(&section, key, known).at(
                source,
                place::of_key(source.text(), &path),
                "",
            ),
        };
        Some((key.clone(), finding))
    };
    table.iter().filter_map(wrong_key).collect()
}

fn misfit<T: for<'de> Deserialize<'de>>(
    section: &str,
    key: &str,
    value: &Value,
) -> Option<Diagnostic> {
    let alone = Value::Object([(key.to_owned(), value.clone())].into_iter().collect());
    let error = T::deserialize(alone).err()?;
    Some(wrong(format!("`{key}` of [{section}]: {error}")))
}

fn unknown_key(section: &str, key: &str, known: &[&str]) -> Diagnostic {
    let finding = wrong(format!("[{section}] has an unknown key `{key}`"));
    match nearest(key, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("known keys: {}", known.join(", "))),
    }
}

fn wrong(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Configuration, message)
}

#[cfg(test)]
mod tests;
