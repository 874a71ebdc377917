//! `types` of `[package.metadata.pgmi]`: SQL types, domains and columns that are the user's own Rust types.

use crate::codegen::Settings;
use crate::signature::{Origin, Spelling, TypeName};

/// What a domain is mapped to for a struct of its own.
pub(super) const NEW_TYPE: &str = "newtype";

/// The Rust type of a SQL type or domain.
pub(super) fn of_type(settings: &Settings, name: &TypeName) -> Option<String> {
    let means = |key: &str| {
        Spelling::parse(key).is_some_and(|(spelling, dims)| dims == 0 && spelling.means(name))
    };
    settings.types.iter().find(|(key, _)| means(key)).map(|(_, rust)| rust.clone())
}

/// The Rust type of a column: `table.column`, of `public`, or `schema.table.column`.
pub(super) fn of_column(settings: &Settings, origin: Option<&Origin>) -> Option<String> {
    let Origin { schema, relation, column } = origin?;
    let exact = settings.types.get(&format!("{schema}.{relation}.{column}"));
    let short = || settings.types.get(&format!("{relation}.{column}"));
    exact.or_else(|| short().filter(|_| schema == "public")).cloned()
}
