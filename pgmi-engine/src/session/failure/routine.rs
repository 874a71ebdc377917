//! Bodies of routines in the project's files: where `CREATE FUNCTION` and `DO` put their text.

use std::ops::Range;

use crate::sql::{Statement, Token, TokenKind, statements, tokens};

/// A body that PostgreSQL counts lines in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// The statement that holds it.
    pub(super) statement: Range<usize>,
    /// The text between the quotes.
    pub(super) span: Range<usize>,
}

impl Body {
    /// The line's bytes without the blanks around it; PostgreSQL's line 1 is what follows the opening quote.
    pub(super) fn line(&self, sql: &str, line: usize) -> Option<Range<usize>> {
        let text = &sql[self.span.clone()];
        let mut start = self.span.start;
        let found = text.split('\n').nth(line.checked_sub(1)?)?;
        for before in text.split('\n').take(line - 1) {
            start += before.len() + 1;
        }
        let indent = found.len() - found.trim_start().len();
        let length = found.trim().len();
        Some(start + indent..start + indent + length)
    }
}

/// The bodies of the DO blocks of a text, in order.
pub(super) fn do_bodies(sql: &str) -> Vec<Body> {
    statements(sql)
        .filter(|statement| statement.starts_with(sql, &["do"]))
        .filter_map(|statement| body(sql, &statement))
        .collect()
}

/// The bodies of the functions and procedures of that name, with or without its schema, in order.
pub(super) fn named_bodies(sql: &str, name: &str) -> Vec<Body> {
    let wanted = name.rsplit('.').next().unwrap_or(name).trim_matches('"');
    // Most files do not mention the routine; they are not lexed.
    if memchr::memmem::find(
        sql.to_ascii_lowercase().as_bytes(),
        wanted.to_ascii_lowercase().as_bytes(),
    )
    .is_none()
    {
        return Vec::new();
    }
    statements(sql)
        .filter(|statement| {
            statement.starts_with(sql, &["create"]) && creates(sql, statement, wanted)
        })
        .filter_map(|statement| body(sql, &statement))
        .collect()
}

/// Whether the statement is `CREATE [OR REPLACE] FUNCTION [schema.]name(`.
fn creates(sql: &str, statement: &Statement, wanted: &str) -> bool {
    let text = statement.text(sql);
    let mut words = tokens(text)
        .filter(|token| !token.is_blank())
        .skip_while(|token| !(token.is_word(text, "function") || token.is_word(text, "procedure")));
    words.next();
    let before_parenthesis: Vec<Token> =
        words.take_while(|token| !token.is_symbol(text, "(")).take(4).collect();
    before_parenthesis.last().is_some_and(|token| same_name(token.text(text), wanted))
}

/// Compares an identifier as it was written with the one that PostgreSQL shows.
fn same_name(written: &str, shown: &str) -> bool {
    match written.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\"") == shown,
        None => written.eq_ignore_ascii_case(shown),
    }
}

/// The last literal is the body, except that `LANGUAGE 'plpgsql'` may be one too: the longest is taken.
fn body(sql: &str, statement: &Statement) -> Option<Body> {
    let text = statement.text(sql);
    let literal = tokens(text)
        .filter(|token| {
            matches!(
                token.kind,
                TokenKind::DollarString | TokenKind::String | TokenKind::EscapeString
            )
        })
        .max_by_key(|token| token.span.len())?;
    let quoted = literal.text(text);
    let open = match literal.kind {
        TokenKind::DollarString => quoted[1..].find('$')? + 2,
        _ => quoted.find('\'')? + 1,
    };
    let close = if literal.kind == TokenKind::DollarString { open } else { 1 };
    let start = statement.span.start + literal.span.start;
    let span = start + open..start + quoted.len().checked_sub(close).filter(|&end| end >= open)?;
    Some(Body { statement: statement.span.clone(), span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_lines_of_bodies() {
        let sql = "select 1;\ndo $x$\nbegin\n  raise 'a';\nend $x$;\ndo 'begin null; end';";
        let bodies = do_bodies(sql);
        assert_eq!(bodies.len(), 2);
        assert_eq!(&sql[bodies[0].line(sql, 3).unwrap()], "raise 'a';");
        assert_eq!(&sql[bodies[1].line(sql, 1).unwrap()], "begin null; end");
        assert_eq!(bodies[0].line(sql, 9), None);
    }

    #[test]
    fn finds_routines_by_name() {
        let sql = "create or replace function shop.\"Pay\"(a int default 1) returns int language plpgsql as $$begin end$$;
                   create procedure pay() language 'plpgsql' as $$ begin null; end $$;";
        assert_eq!(named_bodies(sql, "shop.\"Pay\"").len(), 1 + 1);
        assert_eq!(named_bodies(sql, "pay").len(), 1);
        assert_eq!(named_bodies(sql, "other").len(), 0);
    }
}
