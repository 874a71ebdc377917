//! From facts to the text of the lock.

use super::line::{quoted, type_name, type_ref, word};
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
    let mut out = format!(
        "{HEAD}version {VERSION}\npostgres {}\nschema {}\n",
        lock.postgres,
        word(&lock.schema)
    );
    types(lock).into_iter().for_each(|one| type_block(&mut out, one));
    queries(lock).into_iter().for_each(|one| query_block(&mut out, one));
    out
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

fn type_block(out: &mut String, definition: &TypeDefinition) {
    let name = type_name(&definition.name);
    let name = word(&name);
    out.push('\n');
    match &definition.kind {
        TypeKind::Base => out.push_str(&format!("type {name} base\n")),
        TypeKind::Enum { labels } => {
            let labels: String = labels.iter().map(|label| format!(" {}", quoted(label))).collect();
            out.push_str(&format!("type {name} enum{labels}\n"));
        }
        TypeKind::Composite { fields } => {
            out.push_str(&format!("type {name} composite\n"));
            fields.iter().for_each(|one| field(out, "field", one));
        }
        TypeKind::Domain { base, nullability } => {
            let base = type_ref(base);
            let nullability = nullability_word(*nullability);
            out.push_str(&format!("type {name} domain {} {nullability}\n", word(&base)));
        }
        TypeKind::Range { subtype } => {
            out.push_str(&format!("type {name} range {}\n", word(&type_ref(subtype))));
        }
        TypeKind::Multirange { range } => {
            out.push_str(&format!("type {name} multirange {}\n", word(&type_ref(range))));
        }
    }
}

fn query_block(out: &mut String, query: &LockedQuery) {
    let signature = &query.signature;
    match &query.name {
        Some(name) => out.push_str(&format!("\nquery {}\nsql {}\n", word(name), word(&query.sql))),
        None => out.push_str(&format!("\ninline {}\n", word(&query.sql))),
    }
    out.push_str(&format!("rows {}\n", verdict(&signature.cardinality, Cardinality::name)));
    batch(out, &signature.batch);
    signature.parameters.iter().for_each(|one| field(out, "parameter", one));
    signature.columns.iter().for_each(|one| field(out, "column", one));
}

fn field(out: &mut String, what: &str, field: &Field) {
    let type_text = type_ref(&field.type_ref);
    let nullability = verdict(&field.nullability, nullability_word);
    out.push_str(&format!("{what} {} {} {nullability}\n", word(&field.name), word(&type_text)));
    if let Some(elements) = &field.elements {
        out.push_str(&format!("elements {}\n", verdict(elements, nullability_word)));
    }
    if let Some(origin) = &field.origin {
        let [schema, relation, column] =
            [&origin.schema, &origin.relation, &origin.column].map(|part| word(part));
        out.push_str(&format!("origin {schema} {relation} {column}\n"));
    }
    if let Some(Padded { table, not_null }) = field.padded {
        out.push_str(&format!("padded {table} {}\n", nullability_word(not_null.into())));
    }
}

fn batch(out: &mut String, batch: &Batch) {
    if batch.is_empty() {
        return;
    }
    let many = if batch.many { " many" } else { "" };
    let copy = if batch.copy { " copy" } else { "" };
    let reasons: String = batch.reasons.iter().map(|one| format!(" {}", quoted(one))).collect();
    out.push_str(&format!("batch{many}{copy}{reasons}\n"));
}

fn verdict<T: Copy>(verdict: &Verdict<T>, name: impl Fn(T) -> &'static str) -> String {
    let mark = if verdict.certain { "!" } else { "" };
    let reasons: String = verdict.reasons.iter().map(|one| format!(" {}", quoted(one))).collect();
    format!("{}{mark}{reasons}", name(verdict.value))
}

fn nullability_word(nullability: Nullability) -> &'static str {
    match nullability {
        Nullability::NotNull => "not_null",
        Nullability::Nullable => "null",
    }
}
