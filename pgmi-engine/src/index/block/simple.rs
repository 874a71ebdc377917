//! Which subqueries the planner merges into the query around them, and which conditions go down into the others.

use crate::describe::tree::{Command, CommonTable, Expr, Materialized, Query, RteKind};

/// As `is_simple_subquery` of the planner: rows come from FROM and WHERE alone.
pub(super) fn is_merged(query: &Query) -> bool {
    is_select(query)
        && query.set_operation.is_none()
        && !query.is_grouped()
        && query.windows.is_empty()
        && query.distinct.is_empty()
        && query.sort.is_empty()
        && query.limit.is_none()
        && query.offset.is_none()
        && !query.locks_rows
        && query.common_tables.is_empty()
        && !query.from.tables().is_empty()
}

pub(super) fn is_select(query: &Query) -> bool {
    query.command == Command::Select && !query.has_target_sets
}

/// Whether a WITH query is planned like a subquery in FROM.
pub(super) fn is_inlined(table: &CommonTable) -> bool {
    let once = match table.materialized {
        Materialized::Unsaid => table.references == 1,
        Materialized::Always => false,
        Materialized::Never => true,
    };
    once && !table.recursive && is_select(&table.query) && !table.query.locks_rows
}

/// Whether a condition on the result column may be checked before the rows are put together.
pub(super) fn goes_down(query: &Query, column: usize) -> bool {
    let Some(target) = query.visible().find(|target| target.number == column) else { return false };
    let is_one_of = |groups: &[crate::describe::tree::SortGroup]| {
        groups.iter().any(|group| group.reference != 0 && group.reference == target.sort_group)
    };
    if query.limit.is_some() || query.offset.is_some() {
        return false;
    }
    let grouped = !query.is_grouped() || query.grouping_sets.is_empty() && is_one_of(&query.group);
    let distinct = query.distinct.is_empty() || is_one_of(&query.distinct);
    let windows = query.windows.iter().all(|window| is_one_of(&window.partition));
    let is_computed = target.expr.contains(|it| matches!(it, Expr::Window(_) | Expr::Aggregate(_)));
    grouped && distinct && windows && !is_computed
}

/// The subquery behind an entry of a set operation.
pub(super) fn subquery(query: &Query, number: usize) -> Option<&Query> {
    match &query.table(number)?.kind {
        RteKind::Subquery(query) => Some(query),
        _ => None,
    }
}
