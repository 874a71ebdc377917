//! Indexes over the part of a table that a query is about. Only what is written out can say which part that is: a
//! plan for any value of a parameter cannot know that it implies the predicate.

use std::collections::{HashMap, HashSet};

use super::super::ground::Ground;
use super::super::need::{Key, Need, Use, UseKind, Value};
use super::Sketch;
use super::sketches::Reader;
use crate::catalog::Oid;
use crate::describe::tree::Expr;

/// Keys that queries compare with several literals: one index with the key in front serves them all.
pub(in crate::index) type Several = HashSet<(Oid, Key)>;

/// Finds those keys.
pub(in crate::index) fn several(needs: &[Need]) -> Several {
    let mut seen: HashMap<(Oid, Key), HashSet<&Expr>> = HashMap::new();
    for need in needs {
        for found in
            need.uses.iter().filter(|it| it.kind == UseKind::Equal && it.value == Value::Literal)
        {
            let key = (need.relation, found.key.clone());
            seen.entry(key).or_default().insert(&found.condition);
        }
    }
    let several = seen.into_iter().filter(|(_, conditions)| conditions.len() > 1);
    several.map(|(key, _)| key).collect()
}

/// The same indexes, without the rows that the need's literals rule out.
pub(super) fn variants(need: &Reader<'_>, sketches: &[Sketch], several: &Several) -> Vec<Sketch> {
    let is_one_of_many = |found: &Use| {
        matches!(found.kind, UseKind::Equal)
            && several.contains(&(need.need.relation, found.key.clone()))
    };
    let literals = need.uses().filter(|it| says_which_part(it) && !is_one_of_many(it));
    let literals: Vec<&Use> = literals.collect();
    if literals.is_empty() || !is_worth_it(need, &literals) {
        return Vec::new();
    }
    let predicate: Vec<Expr> = literals.iter().map(|it| it.condition.clone()).collect();
    let fixed: Vec<&Key> =
        literals.iter().filter(|it| it.is_equality()).map(|it| &it.key).collect();
    // All rows of the index have one of these values.
    let listed: Vec<&Key> =
        literals.iter().filter(|it| it.kind == UseKind::AnyOf).map(|it| &it.key).collect();
    let mut all: Vec<Sketch> = Vec::new();
    let btrees = sketches.iter().filter(|it| it.method == "btree" && it.predicate.is_empty());
    for sketch in btrees.filter(|it| it.kind == super::CandidateKind::Needed) {
        let mut partial = sketch.clone();
        partial.free.retain(|key| !fixed.iter().any(|fixed| fixed.is_like(key)));
        partial.tail.retain(|key| !listed.iter().any(|listed| listed.is_like(key)));
        partial.predicate.clone_from(&predicate);
        let has_key = partial.keys().next().is_some();
        if has_key && !all.contains(&partial) {
            all.push(partial);
        }
    }
    if all.is_empty() {
        let tail = row_key(need);
        let predicate = predicate.clone();
        all.extend(
            (!tail.is_empty()).then(|| Sketch { predicate, ..need.sketch("btree", vec![], tail) }),
        );
    }
    all
}

/// Whether a partial index does for the same queries what this one does over all rows: its literals are keys here, and
/// the predicate there.
pub(in crate::index) fn is_outdone(ground: &Ground<'_>, sketch: &Sketch, all: &[Sketch]) -> bool {
    let is_key = |key: &Key, of: &Sketch| of.free.iter().any(|it| it.is_like(key));
    let outdoes = |other: &&Sketch| {
        let is_fixed =
            |key: &Key| other.predicate.iter().any(|it| it.contains(|it| *it == key.expr));
        other.relation == sketch.relation
            && other.tail == sketch.tail
            && other.include == sketch.include
            && other.free.len() < sketch.free.len()
            && other.free.iter().all(|key| is_key(key, sketch))
            && sketch.free.iter().all(|key| is_key(key, other) || is_fixed(key))
            && sketch.serves.is_subset(&other.serves)
            && other.predicate.iter().all(|it| ground.is_immutable(it))
    };
    let is_plain = sketch.method == "btree" && sketch.predicate.is_empty();
    let is_needed = sketch.kind == super::CandidateKind::Needed;
    is_plain && is_needed && all.iter().filter(|it| !it.predicate.is_empty()).any(|it| outdoes(&it))
}

fn says_which_part(found: &Use) -> bool {
    let is_region = matches!(found.kind, UseKind::Range | UseKind::Special(_) | UseKind::Rows(_));
    !is_region && !found.is_usual && found.value == Value::Literal
}

/// A value that is one of several is better kept in the key, where it serves all of them; unless only the first
/// rows are wanted. What is NULL or TRUE is usually the rare part.
fn is_worth_it(need: &Reader<'_>, literals: &[&Use]) -> bool {
    let reads_few = need.need.limited || !need.need.extremes.is_empty();
    reads_few
        || literals.iter().any(|it| {
            matches!(
                it.kind,
                UseKind::IsNull | UseKind::Bool(_) | UseKind::IsNotNull | UseKind::Predicate
            )
        })
}

/// What tells the rows apart: something has to be in the key.
fn row_key(need: &Reader<'_>) -> Vec<Key> {
    let relation = need.ground.catalog.relation(need.need.relation);
    let Some(key) = relation.and_then(|it| it.keys.iter().find(|it| it.predicate.is_none())) else {
        return Vec::new();
    };
    let part = |expr: &Expr| match expr {
        Expr::Var(var) => Some(Key {
            expr: expr.clone(),
            type_oid: var.type_oid,
            class: 0,
            collation: 0,
            descending: false,
            nulls_first: false,
        }),
        _ => None,
    };
    key.parts.iter().map(|it| part(&it.expr)).collect::<Option<_>>().unwrap_or_default()
}
