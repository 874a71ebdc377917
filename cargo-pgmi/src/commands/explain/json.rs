//! An explanation for machines.

use pgmi_engine::check::ResolvedQuery;
use pgmi_engine::signature::Field;
use serde_json::{Value, json};

use super::text::type_of;

/// `query`, `rows`, `parameters`, `columns`, `plan`; each verdict with its `reasons`.
pub fn explanation(resolved: &ResolvedQuery, plan: Option<&str>) -> Value {
    let signature = &resolved.signature;
    let fields = |fields: &[Field]| fields.iter().map(field).collect::<Vec<_>>();
    json!({
        "query": resolved.query.label(),
        "rows": signature.cardinality.value.name(),
        "reasons": signature.cardinality.reasons,
        "parameters": fields(&signature.parameters),
        "columns": fields(&signature.columns),
        "plan": plan,
    })
}

fn field(field: &Field) -> Value {
    json!({
        "name": field.name,
        "type": type_of(field),
        "not_null": field.nullability.value.is_not_null(),
        "reasons": field.nullability.reasons,
        "element_not_null": field.elements.as_ref().map(|it| it.value.is_not_null()),
    })
}
