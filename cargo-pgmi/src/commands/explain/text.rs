//! An explanation for people.

use pgmi_engine::check::ResolvedQuery;
use pgmi_engine::signature::{Cardinality, Field, Nullability, Spelling, Verdict};

/// What the query takes and returns, why, and its plan.
pub fn explanation(resolved: &ResolvedQuery, plan: Option<&str>) -> String {
    let signature = &resolved.signature;
    let rows = verdict(&signature.cardinality, Cardinality::name);
    let mut lines = vec![format!("{}: {rows}", resolved.query.label())];
    for (title, fields) in [("parameters", &signature.parameters), ("columns", &signature.columns)]
    {
        if !fields.is_empty() {
            lines.extend([String::new(), title.to_owned()]);
            lines.extend(table(fields));
        }
    }
    lines.push(String::new());
    match plan {
        Some(plan) => {
            lines.push("query plan of an empty database, for parameters of any value".to_owned());
            lines.extend(plan.lines().map(|line| format!("  {line}")));
        }
        None => lines.push("no query plan: PostgreSQL plans no statement of this kind".to_owned()),
    }
    lines.join("\n")
}

/// Name, type, and the verdict with its reasons.
fn table(fields: &[Field]) -> Vec<String> {
    let width = |of: fn(&Field) -> String| {
        fields.iter().map(|field| of(field).chars().count()).max().unwrap_or_default()
    };
    let (names, types) = (width(|field| field.name.clone()), width(type_of));
    let mut lines = Vec::new();
    for field in fields {
        let (name, spelling) = (&field.name, type_of(field));
        let null = verdict(&field.nullability, null_word);
        lines.push(format!("  {name:names$}  {spelling:types$}  {null}"));
        if let Some(elements) = &field.elements {
            let null = verdict(elements, null_word);
            lines.push(format!("  {:names$}  {:types$}  {null}", "", "elements"));
        }
    }
    lines
}

/// As signature files spell it.
pub fn type_of(field: &Field) -> String {
    let brackets = "[]".repeat(usize::from(field.type_ref.dims));
    format!("{}{brackets}", Spelling::short(&field.type_ref.name))
}

fn null_word(nullability: Nullability) -> &'static str {
    if nullability.is_not_null() { "not null" } else { "null" }
}

/// The word, and behind it why.
fn verdict<T: Copy>(verdict: &Verdict<T>, word: impl Fn(T) -> &'static str) -> String {
    match verdict.reasons.is_empty() {
        true => word(verdict.value).to_owned(),
        false => format!("{:8}  -- {}", word(verdict.value), verdict.reasons.join("; ")),
    }
}
