//! Which of the indexes that could serve a need an expert would make who cannot try them.

use super::super::ground::Ground;
use super::super::need::{Need, UseKind};
use super::partial::Several;
use super::sketches::Reader;
use super::{Sketch, partial};

/// The indexes that answer a need, the best first as far as structure says: of each list one is enough.
pub(in crate::index) fn answers(
    ground: &Ground<'_>,
    need: &Need,
    several: &Several,
) -> Vec<Vec<Sketch>> {
    if need.is_unique {
        return Vec::new();
    }
    let reader = Reader { ground, need };
    // What is given stands before what is joined, an order of which the first rows are wanted before a range.
    let plain = reader.btrees();
    if !plain.is_empty() {
        let partial = partial::variants(&reader, &plain, several);
        return vec![[plain, partial].concat()];
    }
    let special = reader.special();
    if !special.is_empty() {
        return vec![special];
    }
    let arms = reader.uses().filter_map(|found| match &found.kind {
        UseKind::Or(arms) => Some(arms),
        _ => None,
    });
    // The rows of OR are put together from those of each arm.
    let first = arms.into_iter().next().into_iter().flatten();
    first.flat_map(|arm| answers(ground, &reader.arm(arm), several)).collect()
}

/// Whether both are the same index but for operator classes, which are agreed upon between all needs.
pub(in crate::index) fn is_akin(one: &Sketch, other: &Sketch) -> bool {
    let is_among = |all: &[super::Key], expr| all.iter().any(|key| key.expr == expr);
    let free = one.free.len() == other.free.len()
        && one.free.iter().all(|key| is_among(&other.free, key.expr.clone()));
    let tails = one.tail.iter().map(|key| &key.expr).eq(other.tail.iter().map(|key| &key.expr));
    free && tails
        && one.relation == other.relation
        && one.method == other.method
        && one.include == other.include
        && one.predicate == other.predicate
}
