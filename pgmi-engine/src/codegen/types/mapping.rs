//! `types` of `[package.metadata.pgmi]`: SQL types, domains and columns that are the user's own Rust types.

use super::table::{BUILT_IN, EXTENSIONS};
use crate::codegen::Settings;
use crate::signature::{Origin, Spelling, TypeDefinition, TypeKind, TypeName};

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

/// Keys of `types` that are to be structs of their own though they are no domains. What no query mentions is not known.
pub(in crate::codegen) fn no_domains<'s>(
    settings: &'s Settings,
    definitions: &[TypeDefinition],
) -> Vec<&'s str> {
    let is_none = |key: &&str| {
        let is_known = |it: &super::table::BuiltIn| it.sql == *key;
        if BUILT_IN.iter().chain(EXTENSIONS).any(is_known) {
            return true;
        }
        let Some((spelling, _)) = Spelling::parse(key) else { return true };
        let found = definitions.iter().find(|it| spelling.means(&it.name));
        found.is_some_and(|it| !matches!(it.kind, TypeKind::Domain { .. }))
    };
    let new = settings.types.iter().filter(|(_, rust)| *rust == NEW_TYPE);
    new.map(|(key, _)| key.as_str()).filter(is_none).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::{Nullability, TypeRef};

    #[test]
    fn only_domains_become_structs_of_their_own() {
        let kinds = [
            ("mood", TypeKind::Enum { labels: vec!["fine".to_owned()] }),
            (
                "email",
                TypeKind::Domain {
                    base: TypeRef::built_in("text"),
                    nullability: Nullability::Nullable,
                },
            ),
        ];
        let named =
            |(name, kind): (&str, _)| TypeDefinition { name: TypeName::new("public", name), kind };
        let definitions = kinds.map(named);
        let keys = ["email", "mood", "text", "citext", "never_seen"];
        let types = keys.map(|key| (key.to_owned(), NEW_TYPE.to_owned())).into();
        let settings = Settings { types, ..Settings::default() };
        assert_eq!(no_domains(&settings, &definitions), ["citext", "mood", "text"]);
    }
}
