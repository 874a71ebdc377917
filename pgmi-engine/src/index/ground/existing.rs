//! An index of the database.

use super::super::IndexDefinition;
use crate::catalog::Oid;
use crate::describe::tree::Expr;

/// An index that there is, and what depends on it.
#[derive(Clone, Debug)]
pub struct ExistingIndex {
    pub definition: IndexDefinition,
    pub(in crate::index) oid: Oid,
    pub(in crate::index) relation: Oid,
    /// The key, over the columns of relation 1; empty where it cannot be read.
    pub(in crate::index) keys: Vec<Expr>,
    /// The conjuncts of its predicate; none where it is not partial.
    pub(in crate::index) predicate: Vec<Expr>,
    /// Built to the end: CREATE INDEX CONCURRENTLY leaves one that is not when it fails.
    pub is_valid: bool,
    /// A constraint needs it: a key, an exclusion, or a foreign key that refers to it.
    pub has_constraint: bool,
    /// It is the replica identity of its table.
    pub identifies: bool,
    /// CLUSTER orders its table by it.
    pub clusters: bool,
    /// It is the part of a partition in the index of a partitioned table.
    pub is_attached: bool,
    /// Its table belongs to an extension.
    pub is_foreign: bool,
    /// Somebody set how much is gathered about its expressions.
    pub has_statistics: bool,
}

impl ExistingIndex {
    /// Why it must stay whatever else there is; none where it may go.
    pub fn must_stay(&self) -> Option<&'static str> {
        let reasons = [
            (self.definition.unique, "it is unique"),
            (self.has_constraint, "a constraint needs it"),
            (self.identifies, "it is the replica identity of its table"),
            (self.clusters, "its table is clustered by it"),
            (self.is_attached, "it belongs to the index of a partitioned table"),
            (self.is_foreign, "its table belongs to an extension"),
        ];
        reasons.iter().find(|(holds, _)| *holds).map(|(_, reason)| *reason)
    }
}
