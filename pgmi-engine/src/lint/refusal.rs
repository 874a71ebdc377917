//! Statements that PostgreSQL refuses inside a transaction block, by their first words
//! ([sql-commands](https://www.postgresql.org/docs/current/sql-commands.html), each command's notes).

use crate::sql::{Statement, TokenKind, tokens};

/// What the statement is called where it must stand alone; none for all others.
pub(super) fn must_stand_alone(sql: &str, statement: &Statement) -> Option<&'static str> {
    let is = |words: &[&str]| statement.starts_with(sql, words);
    let concurrently = || has_word(sql, statement, "concurrently");
    Some(match () {
        () if is(&["create", "unique", "index", "concurrently"])
            || is(&["create", "index", "concurrently"]) =>
        {
            "CREATE INDEX CONCURRENTLY"
        }
        () if is(&["drop", "index", "concurrently"]) => "DROP INDEX CONCURRENTLY",
        () if is(&["reindex"]) && concurrently() => "REINDEX CONCURRENTLY",
        () if is(&["reindex", "database"]) || is(&["reindex", "system"]) => "REINDEX DATABASE",
        () if is(&["vacuum"]) => "VACUUM",
        () if is(&["create", "database"]) => "CREATE DATABASE",
        () if is(&["drop", "database"]) => "DROP DATABASE",
        () if is(&["create", "tablespace"]) => "CREATE TABLESPACE",
        () if is(&["drop", "tablespace"]) => "DROP TABLESPACE",
        () if is(&["alter", "system"]) => "ALTER SYSTEM",
        () if is(&["alter", "table"]) && has_word(sql, statement, "detach") && concurrently() => {
            "DETACH PARTITION CONCURRENTLY"
        }
        () => return None,
    })
}

/// Whether it begins or ends a transaction, or sets a savepoint.
pub(super) fn is_transaction_command(sql: &str, statement: &Statement) -> bool {
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
    COMMANDS.iter().any(|words| statement.starts_with(sql, words))
}

fn has_word(sql: &str, statement: &Statement, word: &str) -> bool {
    let text = statement.text(sql);
    tokens(text).any(|token| token.kind == TokenKind::Word && token.is_word(text, word))
}
