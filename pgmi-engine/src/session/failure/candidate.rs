//! Which statement of several it was, when PostgreSQL says only in which text: a runtime error inside
//! EXECUTE of a whole file has no position.
//!
//! The names in the error narrow it down: its table, constraint, column and what its message quotes. What
//! is left is honest: one statement, or the first of several with their number.

use std::ops::Range;

use postgres::error::DbError;

use crate::project::Script;
use crate::sql::{Statement, TokenKind, statements, tokens};

/// The statements that may have failed; all of them when nothing speaks for one.
pub(super) struct Candidates {
    /// The one to show.
    pub(super) likeliest: Range<usize>,
    pub(super) count: usize,
    has_clue: bool,
}

impl Candidates {
    /// Whether naming a statement is more than picking one.
    pub(super) fn is_telling(&self) -> bool {
        self.has_clue || self.count == 1
    }

    /// What the reader must know when it may be another statement.
    pub(super) fn note(&self) -> Option<String> {
        (self.count > 1).then(|| {
            format!(
                "PostgreSQL does not say which statement it was; {} of them come into question, this is the likeliest",
                self.count
            )
        })
    }
}

/// Narrows down the statements of a text that ran as a whole.
pub(super) fn in_text(sql: &str, db: &DbError) -> Option<Candidates> {
    let clues = Clues::of(db);
    let scored: Vec<(usize, Statement)> = statements(sql)
        .filter(|statement| !statement.is_empty)
        .map(|statement| (clues.score(sql, &statement), statement))
        .collect();
    let best = scored.iter().map(|(score, _)| *score).max()?;
    let likely: Vec<&Statement> =
        scored.iter().filter(|(score, _)| *score == best).map(|(_, statement)| statement).collect();
    // What is there already was put there by an earlier one.
    let shown = if is_duplicate(db.code().code()) { likely.last() } else { likely.first() };
    Some(Candidates { likeliest: shown?.span.clone(), count: likely.len(), has_clue: best > 0 })
}

/// Whether the error says that something exists already.
fn is_duplicate(sqlstate: &str) -> bool {
    matches!(sqlstate, "23505" | "42P07" | "42710" | "42701" | "42P06" | "42723")
}

/// The head of `deploy.sql` ran as a whole too; without a clue no statement of it is named.
pub(super) fn in_script(script: &Script, db: &DbError) -> Option<Candidates> {
    let head = &script.text[script.units.first()?.span.clone()];
    in_text(head, db).filter(Candidates::is_telling)
}

/// What the error mentions.
struct Clues {
    names: Vec<String>,
    /// Values that DETAIL shows.
    values: Vec<String>,
    verbs: &'static [&'static str],
    /// How much it counts that a statement begins with one of them.
    verb_weight: usize,
    /// Whether building an index raises the error too.
    builds_index: bool,
}

impl Clues {
    fn of(db: &DbError) -> Self {
        let fields = [db.table(), db.column(), db.constraint(), db.datatype()];
        let mut names: Vec<String> = fields.into_iter().flatten().map(str::to_lowercase).collect();
        names.extend(quoted(db.message()).map(str::to_lowercase));
        if db.code().code() == "22012" {
            names.extend(DIVISIONS.map(str::to_owned));
        }
        if db.code().code() == "25001" {
            // `CREATE INDEX CONCURRENTLY cannot run inside a transaction block`
            let refused = db.message().split_once(" cannot ").map_or("", |it| it.0);
            names.extend(refused.split_whitespace().map(str::to_lowercase));
        }
        let values = values(db.detail().unwrap_or("")).map(str::to_lowercase).collect();
        let sqlstate = db.code().code();
        // Only these statements raise errors of integrity and of definitions; errors in data come from any.
        let verb_weight = if sqlstate.starts_with("22") { 3 } else { 100 };
        let builds_index = sqlstate == "23505";
        Self { names, values, verbs: verbs(sqlstate), verb_weight, builds_index }
    }

    /// How much of what the error mentions stands in the statement.
    fn score(&self, sql: &str, statement: &Statement) -> usize {
        let text = statement.text(sql);
        let words: Vec<String> = tokens(text)
            .filter(|token| !token.is_blank())
            .map(|token| {
                let text = token.text(text);
                match token.kind {
                    TokenKind::QuotedIdentifier | TokenKind::String => {
                        text.trim_matches(['"', '\'']).to_lowercase()
                    }
                    _ => text.to_lowercase(),
                }
            })
            .collect();
        let mentioned = |wanted: &&String| words.iter().any(|word| word == *wanted);
        let names = self.names.iter().filter(mentioned).count();
        let negative = |value: &&String| value.starts_with('-') && text.contains(value.as_str());
        let values = self.values.iter().filter(|it| mentioned(it) || negative(it)).count();
        let verb = words.first().is_some_and(|word| self.verbs.contains(&word.as_str()));
        let builds_index = self.builds_index && words.iter().any(|word| word == "index");
        names * 4 + values * 2 + usize::from(verb || builds_index && names > 0) * self.verb_weight
    }
}

/// What stands in double quotes, dotted names by their parts.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('"').skip(1).step_by(2).flat_map(|name| name.split('.'))
}

/// The values of a key, `Key (id)=(42) already exists.`, or of a row, `Failing row contains (42, null).`
fn values(detail: &str) -> impl Iterator<Item = &str> {
    let list = detail.split_once(")=(").or_else(|| detail.split_once('(')).map_or("", |it| it.1);
    list.split(')').next().unwrap_or("").split(", ").map(str::trim)
}

/// What divides.
const DIVISIONS: [&str; 4] = ["/", "%", "mod", "div"];

/// The statements that usually raise an error
/// ([errcodes-appendix](https://www.postgresql.org/docs/current/errcodes-appendix.html)).
fn verbs(sqlstate: &str) -> &'static [&'static str] {
    match sqlstate {
        // Already exists, and other errors of definitions.
        "42P07" | "42710" | "42701" | "42P06" | "42723" | "42P16" => &["create", "alter"],
        // Integrity constraints, and data that does not fit.
        "23505" | "23502" | "23503" | "23514" | "23P01" => {
            &["insert", "update", "delete", "merge", "with", "copy", "refresh", "alter"]
        }
        "2BP01" => &["drop"],
        _ if sqlstate.starts_with("22") => &["insert", "update", "select"],
        _ => &[],
    }
}
