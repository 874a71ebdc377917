//! The one statement of a query.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::is_client_copy;
use crate::sql::{Statement, Token, TokenKind, statements, tokens};
use crate::{Error, Result};

/// The bytes of the only statement, from its first token to its last, without the semicolon.
pub(super) fn only_statement(source: &SourceText) -> Result<Range<usize>> {
    Error::check(unterminated(source).into_iter().collect())?;
    let mut meaningful = statements(source.text()).filter(|statement| !statement.is_empty);
    let Some(first) = meaningful.next() else { return Err(empty(source).into()) };
    match meaningful.next() {
        Some(second) => Err(two_statements(source, &first, &second).into()),
        None if is_client_copy(source.text(), &first) => Err(client_copy(source, &first).into()),
        None => Ok(without_semicolon(source.text(), &first)),
    }
}

fn without_semicolon(text: &str, statement: &Statement) -> Range<usize> {
    let is_last = |token: &Token| !token.is_blank() && token.kind != TokenKind::Semicolon;
    let length = tokens(statement.text(text))
        .filter(is_last)
        .last()
        .map_or(statement.span.len(), |last| last.span.end);
    statement.span.start..statement.span.start + length
}

fn empty(source: &SourceText) -> Diagnostic {
    let message = format!("`{}` holds no statement", source.name());
    Diagnostic::error(Code::QueryEmpty, message)
        .at(source, 0..0, "")
        .help("write one statement, or delete the file")
}

fn two_statements(source: &SourceText, first: &Statement, second: &Statement) -> Diagnostic {
    let message = format!("`{}` holds more than one statement", source.name());
    Diagnostic::error(Code::QueryStatements, message)
        .at(source, second.span.clone(), "a second statement begins here")
        .and_at(source, first.span.clone(), "the first one")
        .help("move it to a file of its own, or join the two with a CTE: with … as (…)")
}

fn client_copy(source: &SourceText, statement: &Statement) -> Diagnostic {
    let message = "COPY FROM STDIN and TO STDOUT are no queries: their rows go beside them";
    Diagnostic::error(Code::CopyStdin, message)
        .at(source, statement.span.clone(), "")
        .help("insert rows that are a parameter, select … from unnest($ids::int[], …), or call COPY of your driver")
}

/// A comment or a literal that the end of the text cuts off: nothing after it can be trusted.
fn unterminated(source: &SourceText) -> Option<Diagnostic> {
    let token = tokens(source.text()).find(|token| !token.terminated)?;
    let (what, end) = match token.kind {
        TokenKind::BlockComment => ("comment", "*/".to_owned()),
        TokenKind::QuotedIdentifier => ("quoted identifier", "\"".to_owned()),
        TokenKind::DollarString => ("dollar-quoted string", opening_tag(token.text(source.text()))),
        _ => ("string", "'".to_owned()),
    };
    let message = format!("this {what} does not end");
    let opening = token.span.start..source.text().len().min(token.span.start + 1);
    Some(
        Diagnostic::error(Code::QueryUnterminated, message)
            .at(source, opening, "begins here")
            .help(format!("end it with {end}")),
    )
}

fn opening_tag(text: &str) -> String {
    let length = text[1..].find('$').map_or(text.len(), |at| at + 2);
    text[..length].to_owned()
}
