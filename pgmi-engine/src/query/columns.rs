//! Where the columns of the result are written, as far as tokens tell: to point at one of them, and for nothing else.

use std::ops::Range;

use super::Query;
use crate::sql::{Token, TokenKind, tokens};

/// What ends a list of columns.
const ENDS: [&str; 14] = [
    "from",
    "into",
    "where",
    "group",
    "having",
    "window",
    "union",
    "intersect",
    "except",
    "order",
    "limit",
    "offset",
    "fetch",
    "for",
];

/// What stands in front of one of these words where it ends nothing: `is distinct from`, `within group`.
const NO_END_AFTER: [&str; 2] = ["distinct", "within"];

impl Query {
    /// The bytes of the source in which each of so many columns is written. None where that cannot be told without
    /// a grammar (`*`, `values`, a CTE in front), or where another number of them is found.
    pub fn spans_of_columns(&self, count: usize) -> Option<Vec<Range<usize>>> {
        let items = items(&self.sql).filter(|it| it.len() == count)?;
        Some(items.into_iter().map(|it| self.source_of(it)).collect())
    }

    fn source_of(&self, item: Range<usize>) -> Range<usize> {
        let last = self.positions.source_of(item.end - 1);
        let end = if last.is_empty() { last.end + 1 } else { last.end };
        self.positions.source_of(item.start).start..end
    }
}

fn items(sql: &str) -> Option<Vec<Range<usize>>> {
    let all: Vec<_> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let (mut depth, mut items, mut open) = (0_usize, Vec::new(), None::<Range<usize>>);
    let begin = begin(sql, &all)?;
    for (at, token) in all.iter().enumerate().skip(begin) {
        let before = all.get(at.wrapping_sub(1));
        match token.text(sql) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.checked_sub(1)?,
            "," if depth == 0 => {
                items.push(open.take()?);
                continue;
            }
            // All columns of something.
            "*" if open.is_none() || before.is_some_and(|it| it.is_symbol(sql, ".")) => {
                return None;
            }
            _ if depth == 0 && ends(sql, token, before) => break,
            _ => {}
        }
        open = Some(open.map_or(token.span.start, |it| it.start)..token.span.end);
    }
    items.push(open?);
    Some(items)
}

/// Behind `select`, or the last `returning`.
fn begin(sql: &str, all: &[Token]) -> Option<usize> {
    let is = |at: usize, word: &str| all.get(at).is_some_and(|it| it.is_word(sql, word));
    let behind = match is(0, "select") {
        true => 1,
        false if ["insert", "update", "delete", "merge"].iter().any(|it| is(0, it)) => {
            1 + (0..all.len()).rfind(|at| is(*at, "returning"))?
        }
        false => return None,
    };
    let more = usize::from(is(behind, "all") || is(behind, "distinct"));
    let begin = behind + more;
    // `distinct on (…)`, and `returning with (old as …)`.
    (!is(begin, "on") && !is(begin, "with")).then_some(begin)
}

fn ends(sql: &str, token: &Token, before: Option<&Token>) -> bool {
    let is_end = ENDS.iter().any(|it| token.is_word(sql, it)) || token.kind == TokenKind::Semicolon;
    is_end && !NO_END_AFTER.iter().any(|it| before.is_some_and(|before| before.is_word(sql, it)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    #[test]
    fn columns_are_found_where_tokens_tell() {
        for (sql, expected) in [
            ("select 1", &["1"][..]),
            ("select a.id, b.id from a, b", &["a.id", "b.id"]),
            (
                "-- d\nselect distinct f(a, b) as c, 'é' || $text::text, x is distinct from y",
                &["f(a, b) as c", "'é' || $text::text", "x is distinct from y"],
            ),
            (
                "select array[1, 2], (select 3 from t), $id union select 1, 2, 3",
                &["array[1, 2]", "(select 3 from t)", "$id"],
            ),
            (
                "insert into t values ($id, 2) returning id, 2 * n as \"from\"",
                &["id", "2 * n as \"from\""],
            ),
            ("update t set a = $a where b = 1 returning a /* , b */", &["a"]),
        ] {
            let query = Query::parse(None, SourceText::new("q.sql", sql)).unwrap();
            let spans = query.spans_of_columns(expected.len()).unwrap_or_default();
            let found: Vec<_> = spans.into_iter().map(|it| &sql[it]).collect();
            assert_eq!(found, expected, "{sql}");
            assert!(query.spans_of_columns(expected.len() + 1).is_none());
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for sql in [
            "select * from t",
            "select a.*, b from t",
            "values (1, 2)",
            "with a as (select 1) select 1, 2",
            "select distinct on (a) a, b from t",
            "select from t",
            "delete from t",
            "table t",
        ] {
            let query = Query::parse(None, SourceText::new("q.sql", sql)).unwrap();
            assert!((0..4).all(|it| query.spans_of_columns(it).is_none()), "{sql}");
        }
    }
}
