//! A statement as the planner sees it: blocks of tables that are joined and filtered together.
//!
//! Views and subqueries that the planner merges into the query around them are merged, `EXISTS` and `IN` become
//! joins, conditions go down into what cannot be merged where that changes nothing.
//! <https://github.com/postgres/postgres/blob/master/src/backend/optimizer/README>
//!
//! In an expression of a block every column is that of a table of the whole statement: [`TableId`]. A table of
//! another block is one further out: its columns are as given as a parameter.

mod change;
mod condition;
mod from;
mod lower;
mod order;
mod resolve;
mod simple;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use lower::statement;

use crate::catalog::Oid;
use crate::describe::tree::{Command, Expr, Var};

/// Which table of [`Statement::tables`].
pub(super) type TableId = usize;

/// Numbers of the range tables of single queries are below.
const FIRST: usize = 1_000_000;

/// A statement, in pieces.
#[derive(Debug, Default)]
pub(super) struct Statement {
    pub tables: Vec<Table>,
    pub blocks: Vec<Block>,
    pub changes: Vec<Change>,
}

/// Something in FROM.
#[derive(Debug)]
pub(super) struct Table {
    /// None for what indexes cannot be made on: a function, a subquery that is not merged.
    pub relation: Option<Oid>,
    /// The columns that the statement reads; 0 for the whole row.
    pub reads: BTreeSet<i32>,
}

/// Tables that are joined and filtered together.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub tables: Vec<TableId>,
    pub conditions: Vec<Condition>,
    /// What the rows are sorted by, where something reads them in that order.
    pub order: Vec<SortKey>,
    /// Only the first rows of that order are read.
    pub limited: bool,
    /// How many, where that is written out.
    pub first: Option<u64>,
    /// They are locked: FOR UPDATE and the like.
    pub locks: bool,
    /// The first row of each group is wanted: DISTINCT ON.
    pub of_each: bool,
    /// The one row that is wanted is the first or the last by this: `min`, `max`.
    pub extremes: Vec<SortKey>,
    /// It counts, sums or groups: it reads many rows of few columns.
    pub aggregates: bool,
}

/// Something that holds for the rows of a block.
#[derive(Debug)]
pub(super) struct Condition {
    pub expr: Expr,
    /// The tables whose rows may be looked up by it. It says nothing about rows that an outer join pads.
    pub restricts: Vec<TableId>,
    /// Row security says it, no query.
    pub is_policy: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SortKey {
    pub expr: Expr,
    /// The operator that sorts.
    pub operator: Oid,
    pub descending: bool,
    pub nulls_first: bool,
}

/// What the statement does to a table.
#[derive(Debug)]
pub(super) struct Change {
    pub relation: Oid,
    pub command: Command,
    /// The columns that an UPDATE assigns.
    pub columns: Vec<i32>,
}

/// The table that a column of a block is of.
pub(super) fn table_of(var: &Var) -> Option<TableId> {
    var.relation.checked_sub(FIRST)
}

fn column(table: TableId, attribute: i32, type_oid: Oid) -> Expr {
    Expr::Var(Var {
        relation: FIRST + table,
        attribute,
        levels_up: 0,
        type_oid,
        returning: crate::describe::tree::VarReturning::Default,
    })
}

/// The tables that an expression reads.
pub(super) fn tables_of(expr: &Expr) -> BTreeSet<TableId> {
    let mut tables = BTreeSet::new();
    expr.visit(0, &mut |inner, _| {
        if let Expr::Var(var) = inner {
            tables.extend(table_of(var));
        }
    });
    tables
}

/// The columns that an expression reads, by table.
fn columns_of(expr: &Expr) -> BTreeMap<TableId, BTreeSet<i32>> {
    let mut columns: BTreeMap<TableId, BTreeSet<i32>> = BTreeMap::new();
    expr.visit(0, &mut |inner, _| {
        if let Expr::Var(var) = inner
            && let Some(table) = table_of(var)
        {
            columns.entry(table).or_default().insert(var.attribute);
        }
    });
    columns
}
