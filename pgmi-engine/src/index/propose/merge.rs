//! Fewer indexes for the same needs: one absorbs another where that is a prefix of it, with the keys that may stand
//! in any order laid out so that most of them are.

use super::super::need::Key;
use super::Sketch;

/// Merges what serves several needs. The result has every order decided.
pub(in crate::index) fn merged(sketches: Vec<Sketch>) -> Vec<Sketch> {
    let mut all: Vec<Sketch> = Vec::new();
    for sketch in sketches {
        match all.iter_mut().find(|known| is_same(known, &sketch)) {
            Some(known) => {
                known.serves.extend(&sketch.serves);
                known.is_asked |= sketch.is_asked;
                if sketch.kind != super::CandidateKind::Needed {
                    known.kind = sketch.kind;
                }
            }
            None => all.push(sketch),
        }
    }
    // The shortest first: its keys go in front of those of others.
    all.sort_by_key(|sketch| (sketch.keys().count(), sketch.tail.len()));
    for at in 0..all.len() {
        let shorter = all.get(..at).unwrap_or_default().to_vec();
        if let Some(sketch) = all.get_mut(at) {
            sketch.free = laid_out(sketch, &shorter);
        }
    }
    all
}

/// The same index, but for the order of what has none.
fn is_same(one: &Sketch, other: &Sketch) -> bool {
    let free = one.free.len() == other.free.len()
        && one.free.iter().all(|key| other.free.iter().any(|it| it.is_like(key)));
    free && one.relation == other.relation
        && one.method == other.method
        && one.tail == other.tail
        && one.include == other.include
        && one.predicate == other.predicate
}

/// The free keys with those of the longest shorter index first that fits in front, and so on below it.
fn laid_out(sketch: &Sketch, shorter: &[Sketch]) -> Vec<Key> {
    let fits = |it: &&Sketch| {
        it.relation == sketch.relation
            && it.method == sketch.method
            && it.predicate == sketch.predicate
            && it.include.is_empty()
            && it.keys().count() < sketch.free.len()
            && it.keys().all(|key| {
                sketch.free.iter().any(|free| {
                    free.is_like(key)
                        && free.descending == key.descending
                        && free.nulls_first == key.nulls_first
                })
            })
    };
    let mut free = sketch.free.clone();
    let starts = |it: &Sketch| free.iter().zip(it.keys()).take_while(|(a, b)| a.is_like(b)).count();
    // The longest; of those the one for most queries, then the one that stands in front already.
    let front = shorter
        .iter()
        .filter(fits)
        .max_by_key(|it| (it.keys().count(), it.serves.len(), starts(it)));
    if let Some(front) = front {
        let front: Vec<Key> = front.keys().cloned().collect();
        free.retain(|key| !front.iter().any(|it| it.is_like(key)));
        return [front, free].concat();
    }
    free
}
