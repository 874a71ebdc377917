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
    /// How many of a hundred rows are NULL in a column, by `schema.table.column` or by `table.column` in `public`.
    #[serde(default)]
    pub nulls: BTreeMap<String, u8>,
    /// The tables are in use somewhere: indexes are made and dropped CONCURRENTLY. Where nothing is said, they are
    /// if the migrations can be applied that way.
    pub concurrently: Option<bool>,
}

/// Its keys, for suggestions.
pub(super) const KEYS: [&str; 5] = ["external", "sole-client", "rows", "nulls", "concurrently"];

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

    /// How many of a hundred rows are NULL, by schema, table and column.
    pub fn nulls(&self) -> impl Iterator<Item = ([String; 3], u8)> {
        self.nulls.iter().map(|(column, percent)| (split_column(column), *percent))
    }

    /// Whether it names tables.
    pub fn names_tables(&self) -> bool {
        !self.rows.is_empty() || !self.external.is_empty() || !self.nulls.is_empty()
    }

    /// What it says of tables that are none of these, at its place in the manifest: a misspelt name is one that
    /// silently does not hold, and an index that others need would be called unused. `columns` are those of `tables`.
    pub fn misnamed(
        &self,
        manifest: &Path,
        tables: &[Name],
        columns: &[[String; 3]],
    ) -> Vec<Diagnostic> {
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
        let nulls = self.nulls.iter().filter_map(|(column, percent)| {
            let wrong = wrong_nulls(column, *percent, columns)?;
            Some(wrong.at(&source, place::of_key(source.text(), &["index", "nulls", column]), ""))
        });
        rows.chain(external).chain(nulls).collect()
    }
}

/// A table without a schema is one of `public`.
fn split(table: &str) -> Name {
    let (schema, table) = table.split_once('.').unwrap_or(("public", table));
    (schema.to_owned(), table.to_owned())
}

/// A column whose table has no schema is of one in `public`.
fn split_column(column: &str) -> [String; 3] {
    let (table, column) = column.rsplit_once('.').unwrap_or(("", column));
    let (schema, table) = split(table);
    [schema, table, column.to_owned()]
}

fn wrong_nulls(column: &str, percent: u8, columns: &[[String; 3]]) -> Option<Diagnostic> {
    if !columns.contains(&split_column(column)) {
        let finding =
            wrong(format!("`nulls` is about `{column}`, and the project has no such column"));
        let known: Vec<String> = columns.iter().map(|it| it.join(".")).collect();
        let plain = known.iter().filter_map(|it| it.strip_prefix("public."));
        return Some(match nearest(column, known.iter().map(String::as_str).chain(plain)) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("write `table.column`, or `schema.table.column`"),
        });
    }
    (percent > 100).then(|| {
        wrong(format!("`nulls` says that of a hundred rows {percent} are NULL in `{column}`"))
            .help("write a number from 0 to 100")
    })
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
