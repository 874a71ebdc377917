//! Tokens tile the text and end on character boundaries.

use pgmi_engine::sql::tokens;

pub fn holds(sql: &str) {
    let mut end = 0;
    for token in tokens(sql) {
        assert_eq!(token.span.start, end);
        assert!(token.span.end > end);
        assert!(sql.is_char_boundary(token.span.end));
        end = token.span.end;
    }
    assert_eq!(end, sql.len());
}
