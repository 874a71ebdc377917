//! What EXECUTE refuses before it runs anything: a COPY that needs a client, and commands of transactions.
//!
//! PostgreSQL says neither which file it was nor which statement, so the files that have such a statement
//! are looked for. One is the answer; several are listed.

use std::ops::Range;

use postgres::error::DbError;

use super::texts::{Place, Texts};
use crate::project::client_copies;
use crate::sql::statements;

/// How many places a note lists.
const LISTED: usize = 5;

/// The statements that come into question.
pub(super) enum Unsaid {
    /// All of them stand in one file; this is the first.
    One(Place, String),
    /// They stand in several; the note lists them.
    Several(String),
}

/// Looks for the refused statement; among the tests first when it is a test suite that failed.
pub(super) fn find(db: &DbError, texts: &Texts<'_>, in_suite: bool) -> Option<Unsaid> {
    let first = match db.message() {
        _ if is_copy_error(db) => first_copy,
        _ if is_transaction_error(db) => first_transaction_command,
        _ => return None,
    };
    let places = (0..texts.contents.len()).filter(|&text| texts.is_sql(text)).filter_map(|text| {
        let span = first(texts.contents[text])?;
        Some(Place { text, span, what: "" })
    });
    let (likely, others): (Vec<Place>, Vec<Place>) =
        places.partition(|place| texts.is_test(place.text) == in_suite);
    let mut places = if likely.is_empty() { others } else { likely };
    match places.len() {
        0 => None,
        1 => places.pop().map(|place| {
            Unsaid::One(
                place,
                "PostgreSQL does not say which statement it was; only this file has one that comes into question".into(),
            )
        }),
        count => Some(Unsaid::Several(listed(&places, count, texts))),
    }
}

fn listed(places: &[Place], count: usize, texts: &Texts<'_>) -> String {
    let shown = places.iter().take(LISTED).map(|place| {
        let source = texts.source(place.text);
        let at = source.line_column(place.span.start);
        format!("{}:{}:{}", source.name(), at.line, at.column)
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more = if count > LISTED { ", …" } else { "" };
    format!("PostgreSQL does not say which file it was; {count} come into question: {shown}{more}")
}

/// Whether a routine was given a COPY that needs a client.
pub(super) fn is_copy_error(db: &DbError) -> bool {
    db.code().code() == "0A000" && db.message().contains("COPY")
}

/// Whether EXECUTE was given BEGIN, COMMIT, SAVEPOINT or the like.
pub(super) fn is_transaction_error(db: &DbError) -> bool {
    db.code().code() == "0A000" && db.message().contains("transaction commands")
}

fn first_copy(sql: &str) -> Option<Range<usize>> {
    client_copies(sql).next().map(|statement| statement.span)
}

fn first_transaction_command(sql: &str) -> Option<Range<usize>> {
    const COMMANDS: [&[&str]; 9] = [
        &["begin"],
        &["start", "transaction"],
        &["commit"],
        &["end"],
        &["rollback"],
        &["abort"],
        &["savepoint"],
        &["release"],
        &["prepare", "transaction"],
    ];
    statements(sql)
        .find(|statement| COMMANDS.iter().any(|words| statement.starts_with(sql, words)))
        .map(|statement| statement.span)
}
