//! The comments in front of a statement, as prose.

use crate::sql::{TokenKind, tokens};

/// What the comments of `text` say, without their marks; an empty line of the text stays one between them.
pub(super) fn leading(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for token in tokens(text) {
        let comment = token.text(text);
        match token.kind {
            TokenKind::LineComment => lines.push(unmarked(comment.trim_start_matches('-'))),
            TokenKind::BlockComment => lines.extend(block_lines(comment)),
            _ if comment.matches('\n').count() > 1 => lines.push(String::new()),
            _ => {}
        }
    }
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The lines of a `/* … */`, without the stars that many begin theirs with.
fn block_lines(comment: &str) -> impl Iterator<Item = String> {
    let inner = comment.trim_start_matches("/*").trim_end_matches("*/");
    inner.trim_matches('*').trim_matches(['\n', '\r', ' ']).lines().map(|line| {
        let line = line.trim_start();
        unmarked(line.strip_prefix('*').unwrap_or(line))
    })
}

/// One space belongs to the mark; more are the user's indentation.
fn unmarked(line: &str) -> String {
    line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()
}
