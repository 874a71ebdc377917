//! `[package.metadata.pgmi.index]`: what `cargo pgmi index` cannot know.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{place, wrong};
use crate::diagnostic::{Diagnostic, SourceText, nearest};

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

/// Its keys, for suggestions.
pub(super) const KEYS: [&str; 4] = ["external", "sole-client", "rows", "concurrently"];

/// A table's schema and name.
type Name = (String, String);

impl IndexSettings {
    /// Whether others use a table.
    pub fn is_external(&self, schema: &str, table: &str) -> bool {
        let name = format!("{schema}.{table}");
        self.external.iter().any(|pattern| matches(pattern, &name))
    }

    /// How many rows tables have, by schema and name.
    pub fn rows(&self) -> impl Iterator<Item = (Name, u64)> {
        self.rows.iter().map(|(table, rows)| (split(table), *rows))
    }

    /// Whether it names tables.
    pub fn names_tables(&self) -> bool {
        !self.rows.is_empty() || !self.external.is_empty()
    }

    /// What it says of tables that are none of these, at its place in the manifest: a misspelt name is one that
    /// silently does not hold, and an index that others need would be called unused.
    pub fn misnamed(&self, manifest: &Path, tables: &[Name]) -> Vec<Diagnostic> {
        let shown = manifest.display().to_string();
        let text = std::fs::read_to_string(manifest).unwrap_or_default();
        let source = SourceText::new(shown.as_str(), text);
        let is_there = |name: &Name| tables.contains(name);
        let rows = self.rows.keys().filter(|table| !is_there(&split(table))).map(|table| {
            let span = place::of_key(source.text(), &["index", "rows", table]);
            no_table(&format!("`rows` is about `{table}`"), table, tables).at(&source, span, "")
        });
        let is_of_none = |pattern: &&String| {
            !tables.iter().any(|(schema, table)| matches(pattern, &format!("{schema}.{table}")))
        };
        let external = self.external.iter().filter(is_of_none).map(|pattern| {
            let span = place::of_element(source.text(), &["index", "external"], pattern);
            no_table(&format!("`external` names `{pattern}`"), pattern, tables)
                .at(&source, span, "")
        });
        rows.chain(external).collect()
    }
}

/// A table without a schema is one of `public`.
fn split(table: &str) -> Name {
    let (schema, table) = table.split_once('.').unwrap_or(("public", table));
    (schema.to_owned(), table.to_owned())
}

fn no_table(what: &str, name: &str, tables: &[Name]) -> Diagnostic {
    let finding = wrong(format!("{what}, and the project has no such table"));
    let known: Vec<String> =
        tables.iter().map(|(schema, table)| format!("{schema}.{table}")).collect();
    let schemas: Vec<String> = tables.iter().map(|(schema, _)| format!("{schema}.*")).collect();
    let plain = tables.iter().filter(|(schema, _)| schema == "public").map(|it| &*it.1);
    let known = known.iter().chain(&schemas).map(String::as_str).chain(plain);
    let (schema, name) = (split(name).0, name.to_owned());
    match nearest(&name, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if tables.iter().any(|it| it.0 == schema) => finding,
        None => finding.help("write `schema.table`; what has no schema is of `public`"),
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
