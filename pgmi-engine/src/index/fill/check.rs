//! The text of checks: what values it names, and what it says about a column.

use crate::index::quoted;
use crate::sql::{Token, TokenKind, tokens};

/// A literal in the text of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CheckLiteral {
    /// As it stands there, with quotes where it has some.
    pub text: String,
    /// What it is cast to, where the text says so.
    pub type_name: Option<String>,
}

/// The literals of a condition as `pg_get_expr` prints it: `'new'::text`, `(0)::numeric`, `5`.
pub(super) fn literals(condition: &str) -> Vec<CheckLiteral> {
    let all: Vec<Token> = tokens(condition).filter(|token| !token.is_blank()).collect();
    let mut found: Vec<CheckLiteral> = Vec::new();
    for (at, token) in all.iter().enumerate() {
        if !matches!(token.kind, TokenKind::String | TokenKind::EscapeString | TokenKind::Number) {
            continue;
        }
        let text = token.text(condition).to_owned();
        let rest = all.get(at + 1..).unwrap_or_default();
        let literal = CheckLiteral { text, type_name: cast(condition, rest) };
        if !found.contains(&literal) {
            found.push(literal);
        }
    }
    found
}

/// The words after `::`, also behind a parenthesis.
fn cast(condition: &str, rest: &[Token]) -> Option<String> {
    let rest = match rest.first() {
        Some(token) if token.is_symbol(condition, ")") => rest.get(1..)?,
        _ => rest,
    };
    rest.first().filter(|token| token.is_symbol(condition, "::"))?;
    let is_word = |it: &&Token| matches!(it.kind, TokenKind::Word | TokenKind::QuotedIdentifier);
    let words = rest.iter().skip(1).take_while(is_word);
    // `timestamp without time zone`, but not the `AND` that follows.
    let words =
        words.take_while(|it| !it.is_word(condition, "and") && !it.is_word(condition, "or"));
    Some(words.map(|it| it.text(condition)).collect::<Vec<_>>().join(" "))
}

/// The check of a domain, about a column in place of `VALUE`.
pub(super) fn about_column(condition: &str, column: &str) -> String {
    let word = |token: Token| match token.is_word(condition, "value") {
        true => quoted(column),
        false => token.text(condition).to_owned(),
    };
    tokens(condition).map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_come_with_their_types() {
        let condition = "((state = ANY (ARRAY['new'::text, 'it''s'::text])) AND (price > (0)::numeric) \
                         AND (n <= 5) AND (at >= '2024-01-01'::timestamp without time zone) AND x)";
        let found: Vec<_> = literals(condition)
            .into_iter()
            .map(|it| (it.text, it.type_name.unwrap_or_default()))
            .collect();
        let expected = [
            ("'new'", "text"),
            ("'it''s'", "text"),
            ("0", "numeric"),
            ("5", ""),
            ("'2024-01-01'", "timestamp without time zone"),
        ];
        assert_eq!(found, expected.map(|(text, cast)| (text.to_owned(), cast.to_owned())));
    }

    #[test]
    fn the_value_of_a_domain_is_a_column() {
        let condition = "((VALUE ~~ '%VALUE%'::text) AND (length((VALUE)::text) > 2))";
        let expected = "((\"A b\" ~~ '%VALUE%'::text) AND (length((\"A b\")::text) > 2))";
        assert_eq!(about_column(condition, "A b"), expected);
    }
}
