//! What the queries ask of each table, in terms of what an index can do.

mod classes;
mod classify;
mod collect;
mod patterns;
mod refused;
mod side;
mod special;

pub(super) use collect::needs;

use super::QueryId;
use super::block::TableId;
use crate::catalog::Oid;
use crate::describe::tree::Expr;

/// What one block of one query asks of one of its tables.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub query: QueryId,
    pub relation: Oid,
    pub uses: Vec<Use>,
    /// The leading sort keys that are of this table, when rows are read in that order.
    pub order: Vec<Key>,
    pub limited: bool,
    /// How many rows are wanted, where that is written out.
    pub first: Option<u64>,
    /// The first row of each group by the leading sort keys.
    pub of_each: bool,
    pub extremes: Vec<Key>,
    pub aggregates: bool,
    /// The columns that the query reads of it; none where it is all of them.
    pub reads: Option<Vec<i32>>,
    /// Conditions that no index can look up by, and what to write instead.
    pub refused: Vec<Refused>,
    /// A unique key is bound: it reads one row already.
    pub is_unique: bool,
    /// The first rows are locked, as who takes them from a queue does.
    pub takes_some: bool,
    /// The statement writes to this very table.
    pub changes: bool,
}

/// Something that an index can look up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub kind: UseKind,
    pub key: Key,
    pub value: Value,
    /// The condition, for reports and predicates; over relation 1 where it is of this table alone.
    pub condition: Expr,
    pub is_policy: bool,
    /// Most rows are like that: it leaves out next to nothing.
    pub is_usual: bool,
}

impl Use {
    /// One that the query itself writes, and of which nobody knows that most rows are like that.
    fn new(kind: UseKind, key: Key, value: Value, condition: Expr) -> Self {
        Self { kind, key, value, condition, is_policy: false, is_usual: false }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum UseKind {
    /// `a = $1`
    Equal,
    /// `a = any ($1)`, `a in (1, 2)`
    AnyOf,
    /// `a < $1`, or a prefix in the order of this class.
    Range,
    /// `a is null`
    IsNull,
    IsNotNull,
    /// `a`, `not a`
    Bool(bool),
    /// Only by these classes, each of another method or of other operators; the best first.
    Special(Vec<ClassChoice>),
    /// `(a, b) < ($1, $2)`: the first is in `key`.
    Rows(Vec<Key>),
    /// Each arm can be looked up; rows of all are put together.
    Or(Vec<Vec<Use>>),
    /// It only rules out rows: of use as a predicate where it is written out.
    Predicate,
}

/// A class that can serve a use, by its place among the classes of the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClassChoice {
    pub class: Oid,
}

/// What is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Written out: a partial index can leave out all else.
    Literal,
    /// The same for the whole scan: a parameter, `now()`, a column of a query around.
    Given,
    /// Columns of other tables of the block.
    Joined(Vec<TableId>),
}

/// A key of an index, over relation 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub expr: Expr,
    pub type_oid: Oid,
    /// The class; 0 for the default of the type.
    pub class: Oid,
    /// The collation that is asked for; 0 for that of the column or the expression.
    pub collation: Oid,
    pub descending: bool,
    pub nulls_first: bool,
}

/// A condition that an index does not help with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub reason: String,
    pub rewrite: Option<String>,
}

impl Key {
    /// The same column or expression, whatever its direction.
    pub fn is_like(&self, other: &Self) -> bool {
        self.expr == other.expr && self.class == other.class && self.collation == other.collation
    }

    pub fn column(&self) -> Option<i32> {
        match &self.expr {
            Expr::Var(var) => Some(var.attribute),
            _ => None,
        }
    }
}

impl Use {
    /// Whether it fixes its key to one value.
    pub fn is_equality(&self) -> bool {
        matches!(self.kind, UseKind::Equal | UseKind::IsNull | UseKind::Bool(_))
    }

    pub fn is_given(&self) -> bool {
        !matches!(self.value, Value::Joined(_))
    }
}
