//! Diagnostics as machines read them: one JSON object each.

use serde_json::{Value, json};

use super::{Diagnostic, Label, Severity, redact};

/// One diagnostic as a JSON value: `code`, `severity`, `message`, `labels`, `server`, `notes`, `help`.
///
/// Lines and columns count from 1 (columns in characters); `byte_start` and `byte_end` from 0.
pub fn to_json(diagnostic: &Diagnostic) -> Value {
    json!({
        "code": diagnostic.code.name(),
        "severity": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": redact(&diagnostic.message),
        "labels": diagnostic.labels.iter().map(label).collect::<Vec<_>>(),
        "server": diagnostic.server.as_ref().map(|server| json!({
            "sqlstate": server.sqlstate,
            "message": redact(&server.message),
            "detail": server.detail.as_deref().map(redact),
            "hint": server.hint.as_deref().map(redact),
            "context": server.context.as_deref().map(redact),
        })),
        "notes": diagnostic.notes.iter().map(|note| redact(note)).collect::<Vec<_>>(),
        "help": diagnostic.help.iter().map(|help| redact(help)).collect::<Vec<_>>(),
    })
}

fn label(label: &Label) -> Value {
    let start = label.source.line_column(label.span.start);
    let end = label.source.line_column(label.span.end);
    json!({
        "file": label.source.name(),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "byte_start": label.span.start,
        "byte_end": label.span.end,
        "text": label.text,
        "primary": label.primary,
    })
}
