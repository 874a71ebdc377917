//! Head and tail: what of `deploy.sql` is sent in one message, and what statement by statement.

use std::ops::Range;

use crate::sql::{Statement, statements};

/// What PostgreSQL gets in one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Bytes of the script, or of the file.
    pub span: Range<usize>,
    /// The file it stands in, by its number in [`super::Project::files`]; none for the script itself.
    pub file: Option<usize>,
    /// What the unit does to the transaction it is sent in, once it has succeeded.
    pub effect: TransactionEffect,
}

/// How a message that succeeded leaves the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionEffect {
    /// As it was before: in the transaction that was open, or committed by itself.
    Keeps,
    /// In a new transaction.
    Opens,
    /// Outside a transaction, its work committed.
    Commits,
    /// In the next transaction, the work of the last committed.
    CommitsAndChains,
    /// Outside a transaction, its work gone.
    RollsBack,
    /// In the next transaction, the work of the last gone.
    RollsBackAndChains,
}

/// Splits a script: everything through the first statement that ends a transaction is one unit, the
/// head; each statement behind it is a unit of its own, as psql would send it.
pub(super) fn units(sql: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut head = TransactionEffect::Keeps;
    let mut rest = statements(sql);
    let mut end = sql.len();
    for statement in rest.by_ref() {
        head = effect(sql, &statement).unwrap_or(head);
        if is_terminator(sql, &statement) {
            end = statement.span.end;
            break;
        }
    }
    let tail: Vec<Statement> = rest.collect();
    let head_end = if tail.is_empty() { sql.len() } else { end };
    units.push(Unit { span: 0..head_end, file: None, effect: head });
    units.extend(tail.iter().map(|statement| one_statement(sql, statement, None)));
    units
}

/// The statement that ends the head.
pub(super) fn terminator(sql: &str) -> Option<Statement> {
    statements(sql).find(|statement| is_terminator(sql, statement))
}

/// Whether a statement of the head begins a transaction, so that its end is in the script's hands.
pub(super) fn head_opens_transaction(sql: &str) -> bool {
    statements(sql)
        .take_while(|statement| !is_terminator(sql, statement))
        .any(|statement| effect(sql, &statement) == Some(TransactionEffect::Opens))
}

/// Each statement of a file as a unit, empty ones left out.
pub(super) fn statement_units(sql: &str, file: usize) -> impl Iterator<Item = Unit> {
    let all = statements(sql).filter(|statement| !statement.is_empty);
    all.map(move |statement| one_statement(sql, &statement, Some(file)))
}

fn one_statement(sql: &str, statement: &Statement, file: Option<usize>) -> Unit {
    Unit {
        span: statement.span.clone(),
        file,
        effect: effect(sql, statement).unwrap_or(TransactionEffect::Keeps),
    }
}

/// `COMMIT`, `END`, `ROLLBACK`, `ABORT`, with `WORK` or `TRANSACTION` and `AND [NO] CHAIN`; not
/// `ROLLBACK TO`, not `COMMIT PREPARED`.
fn is_terminator(sql: &str, statement: &Statement) -> bool {
    let words = || statement.leading_words.iter().map(|span| &sql[span.clone()]);
    let is_one_of = |word: &str, known: &[&str]| known.iter().any(|k| word.eq_ignore_ascii_case(k));
    let mut words = words().peekable();
    let ends =
        words.next().is_some_and(|word| is_one_of(word, &["commit", "end", "rollback", "abort"]));
    words.next_if(|word| is_one_of(word, &["work", "transaction"]));
    ends && words.next().is_none_or(|word| is_one_of(word, &["and"]))
}

/// What the statement does to the transaction, when it is one that does.
pub(crate) fn effect(sql: &str, statement: &Statement) -> Option<TransactionEffect> {
    let word = |index: usize| statement.word(sql, index);
    if is_terminator(sql, statement) {
        let has = |wanted: &str| (1..5).filter_map(word).any(|word| word == wanted);
        let commits = matches!(word(0)?.as_str(), "commit" | "end");
        return Some(match (commits, has("chain") && !has("no")) {
            (true, false) => TransactionEffect::Commits,
            (true, true) => TransactionEffect::CommitsAndChains,
            (false, false) => TransactionEffect::RollsBack,
            (false, true) => TransactionEffect::RollsBackAndChains,
        });
    }
    match (word(0)?.as_str(), word(1).as_deref()) {
        ("begin", _) | ("start", Some("transaction")) => Some(TransactionEffect::Opens),
        ("prepare", Some("transaction")) => Some(TransactionEffect::Commits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(sql: &str) -> usize {
        units(sql).len()
    }

    #[test]
    fn the_head_ends_with_the_first_transaction() {
        for (sql, expected) in [
            ("BEGIN; a; COMMIT; -- end\n /* x */", 1),
            ("BEGIN; a; COMMIT; create index concurrently i on t(a); ANALYZE;", 3),
            ("A; COMMIT; B; BEGIN; C; COMMIT; D", 6),
            ("SELECT 1; END; SELECT 2;", 2),
            ("SELECT 1; END TRANSACTION; SELECT 2;", 2),
            ("SELECT 1; COMMIT WORK; SELECT 2;", 2),
            ("SELECT 1; COMMIT AND CHAIN; SELECT 2;", 2),
            ("SELECT 1; ROLLBACK; SELECT 2;", 2),
            ("SELECT 1; ROLLBACK AND CHAIN; SELECT 2;", 2),
            ("SELECT 1; abort; SELECT 2;", 2),
            ("SELECT 1; ROLLBACK TO s; SELECT 2;", 1),
            ("SELECT 1; ROLLBACK WORK TO s; SELECT 2;", 1),
            ("SELECT 1; ROLLBACK TRANSACTION TO s; SELECT 2;", 1),
            ("SELECT 1; ABORT TRANSACTION TO SAVEPOINT s; SELECT 2;", 1),
            ("SELECT 1; COMMIT PREPARED 'x'; SELECT 2;", 1),
            ("COMMIT; SELECT 1;", 2),
            ("COMMIT; ; SELECT 1", 3),
            ("select 'COMMIT;'; -- COMMIT;\n /* COMMIT; */ $$COMMIT;$$; \"COMMIT;\"; x", 1),
            ("DO (SELECT 1; COMMIT; SELECT 2); x", 1),
            (r"select E'a\'; COMMIT; b'; x", 1),
            (r"select e'a\'; COMMIT; b'; x", 1),
            (r"select 'a\'; COMMIT; x", 2),
            (r"select date'a\'; COMMIT; x", 2),
            ("select \"a\"\"; COMMIT; b\"; x", 1),
            ("a;\r\nCOMMIT;\r\nb;\r\nc", 3),
            ("select a$b$c; COMMIT; select 'x$b$'; y", 3),
            ("select 1 -- x\r; COMMIT; y", 2),
            ("select 1); COMMIT; y", 2),
            ("create function f() returns int begin atomic select 1; end; COMMIT; x", 2),
            ("COMMIT", 1),
            ("", 1),
        ] {
            assert_eq!(count(sql), expected, "{sql}");
        }
    }

    #[test]
    fn units_know_what_they_do_to_the_transaction() {
        use TransactionEffect::{
            Commits, CommitsAndChains, Keeps, Opens, RollsBack, RollsBackAndChains,
        };
        let effects = |sql: &str| units(sql).iter().map(|unit| unit.effect).collect::<Vec<_>>();
        assert_eq!(
            effects("begin; a; commit; b; begin; c; end; d"),
            [Commits, Keeps, Opens, Keeps, Commits, Keeps]
        );
        assert_eq!(effects("begin; a;"), [Opens]);
        assert_eq!(effects("a;"), [Keeps]);
        assert_eq!(
            effects("commit and chain; a; rollback work and no chain;"),
            [CommitsAndChains, Keeps, RollsBack]
        );
        assert_eq!(
            effects("rollback and chain; prepare transaction 'x'"),
            [RollsBackAndChains, Commits]
        );
        assert_eq!(
            effects("commit; start transaction read only; abort"),
            [Commits, Opens, RollsBack]
        );
    }

    #[test]
    fn long_tails_are_split_in_one_pass() {
        let sql = format!("begin; commit;{}", "select 1;".repeat(4_000));
        assert_eq!(count(&sql), 4_001);
    }
}
