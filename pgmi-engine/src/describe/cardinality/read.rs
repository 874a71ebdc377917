//! SELECT, VALUES and set operations.

use super::super::nullability::may_be_empty;
use super::super::scope::Scope;
use super::super::tree::{
    Expr, FromItem, GroupingSet, JoinType, RteKind, SetOperation, SetOperator,
};
use super::{Fixed, Rows};

/// Bounds the rows of a query that reads.
pub fn rows(scope: &Scope<'_, '_>) -> Rows {
    let rows = match &scope.query.set_operation {
        Some(operation) => combined(scope, operation),
        None => plain(scope),
    };
    limited(scope, rows)
}

fn plain(scope: &Scope<'_, '_>) -> Rows {
    let query = scope.query;
    let mut rows = match query.is_grouped() {
        true => groups(scope),
        false => from(scope),
    };
    if query.has_target_sets {
        return Rows::any("a function in the result gives any number of rows");
    }
    if !query.distinct.is_empty() && !rows.at_most_one() {
        let fixed = Fixed::of(scope);
        rows.least = rows.least.min(1);
        if query.distinct.iter().all(|group| fixed.is_one(*group)) {
            rows = Rows::new(rows.least, Some(1), "DISTINCT over what is the same in every row");
        }
    }
    match query.locks_rows {
        true => rows.or_none(),
        false => rows,
    }
}

fn groups(scope: &Scope<'_, '_>) -> Rows {
    let query = scope.query;
    let empty = may_be_empty(query);
    let rows = match (query.group.is_empty(), query.grouping_sets.is_empty()) {
        (true, true) => Rows::new(1, Some(1), "aggregates without GROUP BY give one row"),
        (true, false) if query.grouping_sets == [GroupingSet::Empty] => {
            Rows::new(1, Some(1), "GROUP BY () gives one row")
        }
        (_, false) => match empty {
            true => Rows::new(1, None, "the grand total gives a row"),
            false => Rows::any("a row for every group"),
        },
        (false, true) => {
            let fixed = Fixed::of(scope);
            match query.group.iter().all(|group| fixed.is_one(*group)) {
                true => {
                    let least = from(scope).least.min(1);
                    Rows::new(least, Some(1), "the grouped columns have one value each")
                }
                false => {
                    let rows = from(scope);
                    match rows.at_most_one() {
                        true => rows,
                        false => Rows::new(rows.least.min(1), rows.most, "a row for every group"),
                    }
                }
            }
        }
    };
    match query.having {
        Some(_) if rows.at_most_one() => {
            Rows { reason: "HAVING may leave none".to_owned(), ..rows.or_none() }
        }
        Some(_) => rows.or_none(),
        None => rows,
    }
}

/// The rows of FROM and WHERE.
pub fn from(scope: &Scope<'_, '_>) -> Rows {
    let query = scope.query;
    let least = least(scope, &query.from);
    if let FromItem::List { items, condition: None } = &query.from
        && items.is_empty()
    {
        return Rows::new(1, Some(1), "there is no FROM");
    }
    if let FromItem::List { items, condition: Some(_) } = &query.from
        && items.is_empty()
    {
        return Rows::new(0, Some(1), "there is no FROM, and WHERE may be false");
    }
    let fixed = Fixed::of(scope);
    match fixed.all() {
        true => Rows::new(least.min(1), Some(1), fixed.reason()),
        false => {
            let most = values(scope);
            Rows::new(least, most, most.map_or_else(|| fixed.reason(), |_| "VALUES".to_owned()))
        }
    }
}

/// The number of rows where FROM is a list of values and nothing else.
fn values(scope: &Scope<'_, '_>) -> Option<u64> {
    let [table] = scope.query.from.tables()[..] else { return None };
    match &scope.query.table(table)?.kind {
        RteKind::Values(rows) => u64::try_from(rows.len()).ok(),
        RteKind::Subquery(query) => {
            super::rows(&Scope::new(scope.context, query, Some(scope))).most
        }
        _ => None,
    }
}

/// A row that must be there: 0 as soon as a condition can take it out.
fn least(scope: &Scope<'_, '_>, item: &FromItem) -> u64 {
    let holds = |condition: &Option<Expr>| {
        condition.as_ref().is_none_or(|it| it.bool_constant() == Some(true))
    };
    match item {
        FromItem::List { items, condition } => match holds(condition) {
            true => items.iter().map(|item| least(scope, item)).product(),
            false => 0,
        },
        FromItem::Join(join) => {
            let (left, right) = (least(scope, &join.left), least(scope, &join.right));
            match join.join_type {
                JoinType::Inner if holds(&join.condition) => left.saturating_mul(right),
                JoinType::Left => left,
                JoinType::Right => right,
                JoinType::Full => left.max(right),
                JoinType::Inner | JoinType::Unknown => 0,
            }
        }
        FromItem::Table(number) => table_rows(scope, *number).least,
    }
}

/// The rows of one entry of FROM, whatever joins and conditions do to them.
pub fn table_rows(scope: &Scope<'_, '_>, number: usize) -> Rows {
    let Some(table) = scope.query.table(number) else { return Rows::any("its table is not known") };
    if !table.security.is_empty() {
        return Rows::any("row security hides rows");
    }
    match &table.kind {
        RteKind::Subquery(query) => super::rows(&Scope::new(scope.context, query, Some(scope))),
        RteKind::CommonTable { name, levels_up, recursive: false } => {
            match scope.common_table(name, *levels_up) {
                Some((common, around)) if !common.recursive => {
                    super::rows(&Scope::new(scope.context, &common.query, Some(around)))
                }
                _ => Rows::any("a recursive query may give any number of rows"),
            }
        }
        RteKind::Values(rows) => {
            let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            Rows::new(count, Some(count), "VALUES")
        }
        RteKind::Functions { functions, .. } => {
            match functions.iter().any(|function| function.call.contains_set()) {
                true => Rows::any("a function gives any number of rows"),
                false => Rows::new(1, Some(1), "a function gives one row"),
            }
        }
        RteKind::Empty => Rows::new(1, Some(1), "there is no FROM"),
        _ => Rows::any(format!("{} may have any number of rows", table.name)),
    }
}

fn combined(scope: &Scope<'_, '_>, operation: &SetOperation) -> Rows {
    match operation {
        SetOperation::Leaf(number) => table_rows(scope, *number),
        SetOperation::Node { operator, all, left, right, .. } => {
            let (left, right) = (combined(scope, left), combined(scope, right));
            match operator {
                SetOperator::Union => {
                    let most =
                        left.most.zip(right.most).map(|(one, other)| one.saturating_add(other));
                    let least = match all {
                        true => left.least.saturating_add(right.least),
                        false => left.least.max(right.least).min(1),
                    };
                    Rows::new(least, most, "the union of both sides")
                }
                SetOperator::Intersect => {
                    let most = [left.most, right.most].into_iter().flatten().min();
                    Rows::new(0, most, "what both sides have")
                }
                SetOperator::Except => Rows::new(0, left.most, "what only one side has"),
            }
        }
    }
}

fn limited(scope: &Scope<'_, '_>, rows: Rows) -> Rows {
    let rows = match &scope.query.offset {
        None => rows,
        Some(offset) if offset.is_null_constant() => rows,
        Some(offset) => match offset.integer_constant().and_then(|it| u64::try_from(it).ok()) {
            Some(skipped) => Rows {
                least: rows.least.saturating_sub(skipped),
                most: rows.most.map(|most| most.saturating_sub(skipped)),
                ..rows
            },
            None => rows.or_none(),
        },
    };
    match &scope.query.limit {
        None => rows,
        Some(limit) if limit.is_null_constant() => rows,
        Some(limit) => match limit.integer_constant().and_then(|it| u64::try_from(it).ok()) {
            Some(count) if scope.query.with_ties => {
                Rows { least: rows.least.min(count).min(1), ..rows }
            }
            Some(count) if rows.most.is_none_or(|most| most > count) => {
                Rows::new(rows.least.min(count), Some(count), format!("LIMIT {count}"))
            }
            Some(count) => Rows { least: rows.least.min(count), ..rows },
            None => rows.or_none(),
        },
    }
}
