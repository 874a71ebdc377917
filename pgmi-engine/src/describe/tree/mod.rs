//! PostgreSQL's analysed query as it prints it (`debug_print_rewritten`, `pg_node_tree`), in two steps:
//! text to generic [`Node`]s, and those to [`Query`] and [`Expr`], where the differences between
//! majors end.
//!
//! Fields are found by name, unknown ones ignored, missing ones defaulted; a node that is not known
//! becomes [`Expr::Other`], of which nothing is believed.

mod expression;
mod from;
mod lexer;
mod map;
mod node;
mod parser;
mod query;
mod read_expression;
mod walk;

pub use expression::{
    Aggregate, BoolOp, BoolTest, Expr, SubLinkKind, Var, VarReturning, WindowCall,
};
pub use from::{FromItem, Join, JoinType, RangeTableEntry, RteKind, TableFunction};
pub use node::{Node, Value};
pub use parser::{ParseError, parse};
pub use query::{
    Command, CommonTable, GroupingSet, Materialized, MergeAction, OnConflict, Query, SetOperation,
    SetOperator, SortGroup, Target, Window, expressions, queries,
};
