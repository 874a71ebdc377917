//! From the user's placeholders to PostgreSQL's.

use std::ops::Range;

use super::Placeholder;
use crate::sql::PositionMap;

/// The statement with every placeholder as `$n`, and the way back. Nothing else is changed.
pub(super) fn rewrite(
    text: &str,
    statement: Range<usize>,
    parameters: &[Placeholder],
) -> (String, PositionMap) {
    let mut places: Vec<(Range<usize>, usize)> = parameters
        .iter()
        .zip(1..)
        .flat_map(|(one, number)| one.spans.iter().map(move |span| (span.clone(), number)))
        .collect();
    places.sort_unstable_by_key(|(span, _)| span.start);

    let (mut sql, mut map) = (String::with_capacity(statement.len()), PositionMap::default());
    let mut done = statement.start;
    for (span, number) in places {
        map.copied(sql.len(), done..span.start);
        sql.push_str(&text[done..span.start]);
        map.replaced(sql.len(), span.clone());
        sql.push_str(gap(&sql));
        sql.push_str(&format!("${number}"));
        done = span.end;
    }
    map.copied(sql.len(), done..statement.end);
    sql.push_str(&text[done..statement.end]);
    (sql, map)
}

/// `limit:n` must not become the identifier `limit$1`.
fn gap(before: &str) -> &'static str {
    let joins =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80;
    if before.bytes().last().is_some_and(joins) { " " } else { "" }
}
