//! Bodies: the code between dollar quotes, which `DO` and functions run.

use std::ops::Range;

use crate::sql::{Statement, Token, TokenKind, tokens};

/// The body of a statement.
pub(super) struct Block<'a> {
    /// The text it stands in.
    sql: &'a str,
    /// Its code without the quotes.
    span: Range<usize>,
}

/// The bodies of a statement, those inside bodies too.
pub(super) fn blocks<'a>(sql: &'a str, statement: &Statement) -> Vec<Block<'a>> {
    let mut found = Vec::new();
    collect(sql, statement.span.clone(), &mut found);
    found
}

fn collect<'a>(sql: &'a str, span: Range<usize>, found: &mut Vec<Block<'a>>) {
    let text = &sql[span.clone()];
    for token in tokens(text).filter(|it| it.kind == TokenKind::DollarString && it.terminated) {
        let tag = token.text(text)[1..].find('$').map_or(0, |at| at + 2);
        let start = span.start + token.span.start + tag;
        let inner = start..span.start + token.span.end - tag;
        collect(sql, inner.clone(), found);
        found.push(Block { sql, span: inner });
    }
}

impl Block<'_> {
    /// Its tokens that are not blank, with their places in the whole text.
    pub(super) fn words(&self) -> Vec<Token> {
        words(self.sql, self.span.clone())
    }
}

/// The tokens of a stretch that are not blank, with their places in the whole text.
pub(super) fn words(sql: &str, span: Range<usize>) -> Vec<Token> {
    let moved = |token: Token| {
        let moved = token.span.start + span.start..token.span.end + span.start;
        Token { span: moved, ..token }
    };
    tokens(&sql[span.clone()]).filter(|token| !token.is_blank()).map(moved).collect()
}

/// The value of a plain `'…'` literal.
pub(super) fn literal(sql: &str, token: &Token) -> Option<String> {
    let text = token.text(sql);
    let plain = token.kind == TokenKind::String && text.starts_with('\'') && token.terminated;
    plain.then(|| text[1..text.len() - 1].replace("''", "'"))
}
