//! Columns that are kept along, so that the table itself need not be read.

use super::super::ground::Ground;
use super::super::need::Need;
use super::{Sketch, WriteCost};

/// More would make an index that is a second table.
const MOST: usize = 2;
/// Bytes; a UUID still fits.
const WIDEST: i32 = 16;

/// The same index with what else the query reads, where that is little and many rows are read for a few figures, or
/// for one of each group.
pub(in crate::index) fn covering(
    ground: &Ground<'_>,
    need: &Need,
    sketch: &Sketch,
    cost: &WriteCost,
) -> Option<Sketch> {
    let reads =
        need.reads.as_ref().filter(|_| (need.aggregates || need.of_each) && !need.is_unique)?;
    let in_key = |column: &i32| sketch.keys().any(|key| key.column() == Some(*column));
    let rest: Vec<i32> = reads.iter().copied().filter(|column| !in_key(column)).collect();
    let is_narrow = |column: &i32| {
        let stored = ground.columns.get(&(need.relation, *column));
        stored.is_some_and(|it| (1..=WIDEST).contains(&it.length))
    };
    let is_quiet = |column: &i32| !cost.is_updated(need.relation, *column);
    let fits = !rest.is_empty()
        && rest.len() <= MOST
        && rest.iter().all(|column| *column > 0 && is_narrow(column) && is_quiet(column))
        && sketch.method == "btree"
        && sketch.keys().all(|key| key.column().is_some());
    fits.then(|| Sketch { include: rest, ..sketch.clone() })
}
