//! Which column of a table a column is, seen through joins, views, subqueries and WITH.

use super::tree::{Expr, Query, RteKind, Var};
use crate::catalog::Oid;

/// The relation and column that a variable of the last of these queries, each inside the one before,
/// stands for.
pub(super) fn origin(queries: &[&Query], var: &Var) -> Option<(Oid, i32)> {
    let inside = queries.len().checked_sub(var.levels_up)?;
    let queries = queries.get(..inside)?;
    let query = queries.last()?;
    let index = usize::try_from(var.attribute).ok()?.checked_sub(1)?;
    let result = |queries: &[&Query], inner: &Query| {
        let target = inner.visible().nth(index).filter(|_| inner.set_operation.is_none())?;
        let inside: Vec<&Query> = queries.iter().copied().chain([inner]).collect();
        of_expr(&inside, &target.expr)
    };
    match &query.table(var.relation)?.kind {
        RteKind::Relation { oid, .. } => Some((*oid, var.attribute)),
        RteKind::Join { columns, .. } => of_expr(queries, columns.get(index)?.as_ref()?),
        RteKind::Group(exprs) => of_expr(queries, exprs.get(index)?),
        RteKind::Subquery(inner) => result(queries, inner),
        RteKind::CommonTable { name, levels_up, recursive: false } => {
            let around = queries.get(..queries.len().checked_sub(*levels_up)?)?;
            let tables = &around.last()?.common_tables;
            let table = tables.iter().find(|table| table.name == *name && !table.recursive)?;
            result(around, &table.query)
        }
        _ => None,
    }
}

/// The same for an expression, where it is a plain column.
pub(super) fn of_expr(queries: &[&Query], expr: &Expr) -> Option<(Oid, i32)> {
    match expr {
        Expr::Var(var) => origin(queries, var),
        _ => None,
    }
}
