//! Statements and units follow each other, and leave out nothing but blanks and comments.

use std::ops::Range;

use pgmi_engine::project::DeployScript;
use pgmi_engine::sql::{statements, tokens};

pub fn holds(sql: &str) {
    let mut end = 0;
    for statement in statements(sql) {
        assert_eq!(statement.full_span.start, end);
        assert!(statement.full_span.start <= statement.span.start);
        assert!(statement.span.end <= statement.full_span.end);
        assert!(is_blank(sql, statement.full_span.start..statement.span.start));
        end = statement.full_span.end;
    }
    assert!(is_blank(sql, end..sql.len()));

    let Ok(script) = DeployScript::parse(sql.to_owned()) else { return };
    if !script.test_calls.is_empty() {
        return;
    }
    let expanded = script.expand(&[]);
    assert_eq!(expanded.text, sql);
    let mut end = 0;
    for unit in &expanded.units {
        assert!(end <= unit.span.start && unit.span.start <= unit.span.end);
        assert!(is_blank(sql, end..unit.span.start));
        assert_eq!(expanded.map.source_of(unit.span.start).start, unit.span.start);
        end = unit.span.end;
    }
    assert!(is_blank(sql, end..sql.len()));
}

fn is_blank(sql: &str, span: Range<usize>) -> bool {
    tokens(sql)
        .filter(|token| span.start < token.span.end && token.span.start < span.end)
        .all(|token| token.is_blank())
}
