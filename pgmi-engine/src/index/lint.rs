//! What is wrong with indexes that must stay: somebody has to decide.

use super::IndexDefinition;
use super::ground::{ExistingIndex, Ground};
use super::redundant::is_double;

/// An index to look at. Nothing is created or dropped for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    pub index: IndexDefinition,
    pub reason: String,
}

/// Why an index that nobody can read goes; none where it can be read, or has to stay.
pub(super) fn invalid(index: &ExistingIndex, ground: &Ground<'_>) -> Option<String> {
    let goes = !index.is_valid && index.must_stay().is_none() && !is_partitioned(index, ground);
    goes.then(|| {
        "it is invalid, CREATE INDEX CONCURRENTLY left it behind: every write keeps it, no query reads it"
            .to_owned()
    })
}

pub(super) fn lints(ground: &Ground<'_>) -> Vec<Lint> {
    let found = ground.existing.iter().filter_map(|index| {
        let reason = unreadable(index, ground).or_else(|| promised_twice(index, ground))?;
        Some(Lint { index: index.definition.clone(), reason })
    });
    found.collect()
}

fn unreadable(index: &ExistingIndex, ground: &Ground<'_>) -> Option<String> {
    if index.is_valid {
        return None;
    }
    if is_partitioned(index, ground) {
        return Some("it is invalid until every partition has its part of it attached".to_owned());
    }
    let stays = index.must_stay()?;
    Some(format!("it is invalid, no query reads it, and {stays}: REINDEX makes it whole"))
}

/// Two constraints over the same columns; each write checks both.
fn promised_twice(index: &ExistingIndex, ground: &Ground<'_>) -> Option<String> {
    let (this, mine) = (&index.definition, index.oid);
    let mut others = ground.indexes_of(index.relation).filter(|it| it.oid < mine);
    let is_same = |other: &&ExistingIndex| {
        let that = &other.definition;
        this.unique
            && that.unique
            && this.nulls_not_distinct == that.nulls_not_distinct
            && is_double(this, that)
    };
    let other = others.find(is_same)?;
    Some(format!("{} promises the same: each write checks both", other.definition.name))
}

fn is_partitioned(index: &ExistingIndex, ground: &Ground<'_>) -> bool {
    ground.catalog.relation(index.relation).is_some_and(|it| it.relkind == 'p')
}
