//! What the database offers to indexes: operator classes and their operators, the indexes there are, foreign keys
//! and row security.

mod existing;
mod operators;
mod read;

use std::collections::{HashMap, HashSet};

pub use existing::ExistingIndex;
pub(super) use operators::{Member, OpClass};

use crate::catalog::{Catalog, Oid};
use crate::describe::tree::Expr;

/// What the analysis knows besides the queries.
#[derive(Clone)]
pub struct Ground<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) classes: Vec<OpClass>,
    /// By operator.
    pub(super) members: HashMap<Oid, Vec<Member>>,
    /// By relation and column.
    pub(super) columns: HashMap<(Oid, i32), Stored>,
    pub(super) names: HashMap<(NameKind, Oid), String>,
    /// Types whose text depends on settings when it is written, and when it is read.
    pub(super) writes_by_settings: HashSet<Oid>,
    pub(super) reads_by_settings: HashSet<Oid>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) policies: Vec<Policy>,
    /// SQL functions that the planner looks into.
    pub(super) bodies: super::inline::Bodies,
    /// Schema and name of every relation: names that are taken.
    pub(super) taken: Vec<(String, String)>,
    /// The indexes that there are, by table and name.
    pub existing: Vec<ExistingIndex>,
}

/// How a column is stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored {
    pub collation: Oid,
    /// `attlen`: negative where it varies.
    pub length: i32,
}

/// What a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NameKind {
    Configuration,
    Collation,
    /// The schema of an operator that is not built in.
    Operator,
    Type,
    Relation,
    /// A label of an enum, as it is.
    Label,
}

/// A row of `pg_constraint`.
#[derive(Clone, Debug)]
pub(super) struct ForeignKey {
    pub name: String,
    pub child: Oid,
    pub columns: Vec<i32>,
    pub parent: Oid,
    pub parent_columns: Vec<i32>,
    /// `confdeltype`, `confupdtype`: a, r, c, n, d.
    pub on_delete: char,
    pub on_update: char,
}

/// A row of `pg_policy`; its columns are those of relation 1.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    pub relation: Oid,
    pub permissive: bool,
    pub condition: Expr,
}

impl Ground<'_> {
    pub(super) fn name(&self, kind: NameKind, oid: Oid) -> Option<&str> {
        self.names.get(&(kind, oid)).map(String::as_str)
    }

    pub(super) fn relation_names(&self) -> impl Iterator<Item = (String, String)> {
        self.taken.iter().cloned()
    }

    /// The collation of a column; 0 where its type has none.
    pub(super) fn collation_of(&self, relation: Oid, column: i32) -> Oid {
        self.columns.get(&(relation, column)).map_or(0, |stored| stored.collation)
    }

    /// The indexes of a table that can be used.
    pub(super) fn indexes_of(&self, relation: Oid) -> impl Iterator<Item = &ExistingIndex> {
        self.existing.iter().filter(move |index| index.relation == relation && index.is_valid)
    }

    /// Whether indexes can be made on it: a table of the project, partitioned or not, or a materialized view.
    pub(super) fn can_have_indexes(&self, relation: Oid) -> bool {
        let Some(relation) = self.catalog.relation(relation) else { return false };
        matches!(relation.relkind, 'r' | 'p' | 'm')
            && !matches!(&*relation.schema, "pg_catalog" | "information_schema" | "pg_toast")
    }
}
