//! Indexes that another one makes superfluous. Compared is everything that two indexes can differ in, never only the
//! names of columns.

use super::ground::ExistingIndex;
use super::{IndexDefinition, KeyPart};

/// Why an index may go: another one does all that it does.
pub(super) fn superseded<'e>(
    index: &ExistingIndex,
    others: impl Iterator<Item = &'e ExistingIndex>,
) -> Option<String> {
    if index.must_stay().is_some() || index.has_statistics {
        return None;
    }
    let mut others = others.filter(|other| {
        other.relation == index.relation && other.oid != index.oid && other.is_valid
    });
    others.find_map(|other| reason(index, other))
}

fn reason(index: &ExistingIndex, other: &ExistingIndex) -> Option<String> {
    let (this, that) = (&index.definition, &other.definition);
    let name = &that.name;
    if is_double(this, that) {
        // Of two that are the same, the one that has to stay does; else the older.
        let goes = other.must_stay().is_some()
            || other.has_statistics
            || (this.include.len(), index.oid) > (that.include.len(), other.oid);
        return goes.then(|| format!("{name} is the same index"));
    }
    let in_front = begins(this, that) && this.keys.len() < that.keys.len();
    in_front.then(|| format!("{name} begins with the same columns"))
}

/// The same method, the same rows, and nothing kept along that the other has not.
fn is_comparable(this: &IndexDefinition, that: &IndexDefinition) -> bool {
    let is_kept = |column: &String| {
        let as_key = KeyPart::column(column);
        that.include.contains(column)
            || that.keys.iter().any(|key| key.expression == as_key.expression)
    };
    this.method == that.method
        && this.predicate == that.predicate
        && this.include.iter().all(is_kept)
}

pub(super) fn is_double(this: &IndexDefinition, that: &IndexDefinition) -> bool {
    is_comparable(this, that)
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
