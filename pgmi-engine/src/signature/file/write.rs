//! Committed files as text: one way to write each.

use super::scalar::scalar;
use super::{FileField, SignatureFile, TypeFile};

pub(super) fn signature(file: &SignatureFile) -> String {
    let mut out = format!("idempotent: {}\n", file.idempotent);
    fields(&mut out, "", "parameters", &file.parameters);
    if let Some(result) = &file.result {
        out.push_str(&format!("result:\n  cardinality: {}\n", result.cardinality.name()));
        fields(&mut out, "  ", "columns", &result.columns);
    }
    out
}

pub(super) fn type_file(file: &TypeFile) -> String {
    let mut out = String::new();
    match file {
        TypeFile::Enum(labels) if labels.is_empty() => out.push_str("enum: []\n"),
        TypeFile::Enum(labels) => {
            out.push_str("enum:\n");
            labels.iter().for_each(|label| out.push_str(&format!("  - {}\n", scalar(label))));
        }
        TypeFile::Composite(members) => fields(&mut out, "", "composite", members),
    }
    out
}

/// A mapping from names to fields.
fn fields(out: &mut String, indent: &str, key: &str, fields: &[FileField]) {
    if fields.is_empty() {
        out.push_str(&format!("{indent}{key}: {{}}\n"));
        return;
    }
    out.push_str(&format!("{indent}{key}:\n"));
    fields.iter().for_each(|one| field(out, indent, one));
}

fn field(out: &mut String, indent: &str, field: &FileField) {
    let spelling = field.spelling.to_string();
    out.push_str(&format!("{indent}  {}:\n", scalar(&field.name)));
    out.push_str(&format!("{indent}    type: {}\n", scalar(&spelling)));
    out.push_str(&format!("{indent}    not_null: {}\n", field.not_null));
    if field.dims > 0 {
        out.push_str(&format!("{indent}    dims: {}\n", field.dims));
    }
    if let Some(element_not_null) = field.element_not_null {
        out.push_str(&format!("{indent}    element_not_null: {element_not_null}\n"));
    }
}
