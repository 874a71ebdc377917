//! Indexes that another one makes superfluous. Compared is everything that two indexes can differ in, never only the
//! names of columns.

use super::ground::ExistingIndex;
use super::{IndexDefinition, KeyPart};

/// Why an index may go.
pub(super) struct Superseded {
    pub reason: String,
    /// The other index has more rows: whether it does as well, trying tells.
    pub needs_trial: bool,
}

/// Why an index may go: another one does all that it does.
pub(super) fn superseded<'e>(
    index: &ExistingIndex,
    others: impl Iterator<Item = &'e ExistingIndex>,
) -> Option<Superseded> {
    if index.must_stay().is_some() || index.has_statistics {
        return None;
    }
    let mut others = others.filter(|other| {
        other.relation == index.relation && other.oid != index.oid && other.is_valid
    });
    others.find_map(|other| reason(index, other))
}

fn reason(index: &ExistingIndex, other: &ExistingIndex) -> Option<Superseded> {
    let (this, that) = (&index.definition, &other.definition);
    let name = &that.name;
    let superseded = |reason, needs_trial| Superseded { reason, needs_trial };
    if is_double(this, that) {
        // Of two that are the same, the one that has to stay does; else the older.
        let goes = other.must_stay().is_some()
            || other.has_statistics
            || (this.include.len(), index.oid) > (that.include.len(), other.oid);
        let how = if this.keys == that.keys { "" } else { ", read backwards" };
        return goes.then(|| superseded(format!("{name} is the same index{how}"), false));
    }
    if !begins(this, that) {
        return None;
    }
    match this.predicate == that.predicate {
        true => (this.keys.len() < that.keys.len())
            .then(|| superseded(format!("{name} begins with the same columns"), false)),
        false => has_its_rows(index, other).then(|| {
            superseded(format!("{name} begins with the same columns, and has more rows"), true)
        }),
    }
}

/// Whether the predicate of the other index holds wherever that of this one does.
fn has_its_rows(index: &ExistingIndex, other: &ExistingIndex) -> bool {
    let is_known = other.definition.predicate.is_none() || !other.predicate.is_empty();
    is_known && other.predicate.iter().all(|it| index.predicate.contains(it))
}

/// The same method, and nothing kept along that the other has not.
fn is_comparable(this: &IndexDefinition, that: &IndexDefinition) -> bool {
    let is_kept = |column: &String| {
        let as_key = KeyPart::column(column);
        that.include.contains(column)
            || that.keys.iter().any(|key| key.expression == as_key.expression)
    };
    this.method == that.method && this.include.iter().all(is_kept)
}

pub(super) fn is_double(this: &IndexDefinition, that: &IndexDefinition) -> bool {
    this.predicate == that.predicate
        && is_comparable(this, that)
        && (this.keys == that.keys || this.method == "btree" && mirrored(this) == that.keys)
}

/// A B-tree that begins with another does what that does.
fn begins(this: &IndexDefinition, that: &IndexDefinition) -> bool {
    let front = that.keys.get(..this.keys.len()).unwrap_or_default();
    this.method == "btree"
        && is_comparable(this, that)
        && (this.keys == front || mirrored(this) == front)
}

/// An index read backwards is one whose every key goes the other way.
fn mirrored(index: &IndexDefinition) -> Vec<KeyPart> {
    let mirror = |key: &KeyPart| KeyPart {
        descending: !key.descending,
        nulls_first: !key.nulls_first,
        ..key.clone()
    };
    index.keys.iter().map(mirror).collect()
}
