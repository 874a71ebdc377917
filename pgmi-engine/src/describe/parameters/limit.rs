//! LIMIT and OFFSET, where NULL is as good as nothing said
//! ([queries-limit](https://www.postgresql.org/docs/current/queries-limit.html)).

use super::super::tree::{Expr, Query};
use super::Seen;
use super::bare::bare;

/// Notes the parameters that are a limit or an offset: NULL there gives all rows, which is hardly what a caller means.
/// Of `with ties` it is an error.
pub fn limits(query: &Query, seen: &mut Seen) {
    for (limit, reason) in [
        (query.limit.as_ref().filter(|_| !query.with_ties), "NULL would mean no limit"),
        (query.offset.as_ref(), "NULL would mean no offset"),
    ] {
        if let Some(Expr::Param { number, .. }) = limit.map(bare) {
            seen.unlimited.insert(*number, reason);
        }
    }
}
