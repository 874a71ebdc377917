//! From facts to the text of the lock.

use std::fmt::{self, Write};

use super::line::{Quoted, Spelt, type_name, type_ref};
use super::{Lock, LockedQuery, VERSION};
use crate::signature::{
    Batch, Cardinality, Field, Nullability, Padded, TypeDefinition, TypeKind, Verdict,
};

/// Said to whoever opens the file.
const HEAD: &str =
    "# What the last check proved. `cargo pgmi generate` writes this file; after a merge conflict
# take either side and run it again.
";

pub(super) fn lock(lock: &Lock) -> String {
    let mut out = String::new();
    // A String takes whatever is written into it.
    let _ = whole(&mut out, lock);
    out
}

fn whole(out: &mut String, lock: &Lock) -> fmt::Result {
    let schema = Spelt(&lock.schema);
    writeln!(out, "{HEAD}version {VERSION}\npostgres {}\nschema {schema}", lock.postgres)?;
    types(lock).into_iter().try_for_each(|one| type_block(out, one))?;
    queries(lock).into_iter().try_for_each(|one| query_block(out, one))
}

/// In the order of the file.
pub(super) fn types(lock: &Lock) -> Vec<&TypeDefinition> {
    let mut types: Vec<_> = lock.types.iter().collect();
    types.sort_unstable_by_key(|one| &one.name);
    types
}

/// In the order of the file: named ones first, by name; the others by fingerprint.
pub(super) fn queries(lock: &Lock) -> Vec<&LockedQuery> {
    let mut queries: Vec<_> = lock.queries.iter().collect();
    queries.sort_unstable_by_key(|one| (one.name.is_none(), &one.name, &one.sql));
    queries
}

fn type_block(out: &mut String, definition: &TypeDefinition) -> fmt::Result {
    let name = type_name(&definition.name);
    let name = Spelt(&name);
    writeln!(out)?;
    match &definition.kind {
        TypeKind::Base => writeln!(out, "type {name} base"),
        TypeKind::Enum { labels } => {
            write!(out, "type {name} enum")?;
            all_quoted(out, labels)?;
            writeln!(out)
        }
        TypeKind::Composite { fields } => {
            writeln!(out, "type {name} composite")?;
            fields.iter().try_for_each(|one| field(out, "field", one))
        }
        TypeKind::Domain { base, nullability } => {
            let nullability = nullability_word(*nullability);
            writeln!(out, "type {name} domain {} {nullability}", Spelt(&type_ref(base)))
        }
        TypeKind::Range { subtype } => {
            writeln!(out, "type {name} range {}", Spelt(&type_ref(subtype)))
        }
        TypeKind::Multirange { range } => {
            writeln!(out, "type {name} multirange {}", Spelt(&type_ref(range)))
        }
    }
}

fn query_block(out: &mut String, query: &LockedQuery) -> fmt::Result {
    let (signature, sql) = (&query.signature, Spelt(&query.sql));
    match &query.name {
        Some(name) => writeln!(out, "\nquery {}\nsql {sql}", Spelt(name))?,
        None => writeln!(out, "\ninline {sql}")?,
    }
    write!(out, "rows ")?;
    verdict(out, &signature.cardinality, Cardinality::name)?;
    batch(out, &signature.batch)?;
    signature.parameters.iter().try_for_each(|one| field(out, "parameter", one))?;
    signature.columns.iter().try_for_each(|one| field(out, "column", one))
}

fn field(out: &mut String, what: &str, field: &Field) -> fmt::Result {
    write!(out, "{what} {} {} ", Spelt(&field.name), Spelt(&type_ref(&field.type_ref)))?;
    verdict(out, &field.nullability, nullability_word)?;
    if let Some(elements) = &field.elements {
        write!(out, "elements ")?;
        verdict(out, elements, nullability_word)?;
    }
    if let Some(origin) = &field.origin {
        let [schema, relation, column] =
            [&origin.schema, &origin.relation, &origin.column].map(|part| Spelt(part));
        writeln!(out, "origin {schema} {relation} {column}")?;
    }
    if let Some(Padded { table, not_null }) = field.padded {
        writeln!(out, "padded {table} {}", nullability_word(not_null.into()))?;
    }
    Ok(())
}

fn batch(out: &mut String, batch: &Batch) -> fmt::Result {
    if batch.is_empty() {
        return Ok(());
    }
    let many = if batch.many { " many" } else { "" };
    let copy = if batch.copy { " copy" } else { "" };
    write!(out, "batch{many}{copy}")?;
    all_quoted(out, &batch.reasons)?;
    writeln!(out)
}

fn verdict<T: Copy>(
    out: &mut String,
    verdict: &Verdict<T>,
    name: impl Fn(T) -> &'static str,
) -> fmt::Result {
    write!(out, "{}{}", name(verdict.value), if verdict.certain { "!" } else { "" })?;
    all_quoted(out, &verdict.reasons)?;
    writeln!(out)
}

fn all_quoted(out: &mut String, texts: &[String]) -> fmt::Result {
    texts.iter().try_for_each(|text| write!(out, " {}", Quoted(text)))
}

fn nullability_word(nullability: Nullability) -> &'static str {
    match nullability {
        Nullability::NotNull => "not_null",
        Nullability::Nullable => "null",
    }
}
