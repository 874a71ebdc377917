//! Where NULL is certain to come, not merely possible: a user who says otherwise is contradicted.
//!
//! Only what the statement itself returns is looked at: further out, a condition could take those rows
//! away. And only rows that come are spoken of; that some come is not said.

use super::super::cardinality::table_rows;
use super::super::scope::{Proof, Scope, Stage, nullable};
use super::super::tree::{
    Command, Expr, FromItem, Query, RteKind, SetOperation, SetOperator, Var, VarReturning,
};
use super::attribute_of;
use crate::catalog::is_built_in;
use crate::signature::Nullability;

/// Makes a proof certain where it is.
pub fn settled(scope: &Scope<'_, '_>, index: usize, proof: Proof) -> Proof {
    if proof.value == Nullability::NotNull || proof.certain {
        return proof;
    }
    match &scope.query.set_operation {
        Some(operation) if is_whole(scope.query) => match united(scope, operation, index) {
            true => nullable("NULL is written in a side of the union").certain(),
            false => proof,
        },
        Some(_) => proof,
        None => plain(scope, index, proof),
    }
}

fn plain(scope: &Scope<'_, '_>, index: usize, proof: Proof) -> Proof {
    let Some(target) = scope.query.visible().nth(index) else { return proof };
    match why_always(scope, &target.expr) {
        Some(reason) => nullable(reason).certain(),
        None if is_whole(scope.query) && comes(scope, &target.expr) => proof.certain(),
        None => proof,
    }
}

/// Whether all rows are returned.
fn is_whole(query: &Query) -> bool {
    let condition = matches!(&query.from, FromItem::List { condition: Some(_), .. });
    let in_values =
        condition && query.tables.iter().any(|it| matches!(it.kind, RteKind::Values(_)));
    query.limit.is_none() && query.offset.is_none() && query.having.is_none() && !in_values
}

/// Why it is NULL in every row.
fn why_always(scope: &Scope<'_, '_>, expr: &Expr) -> Option<&'static str> {
    let query = scope.query;
    match expr {
        Expr::Relabel { of, .. } => return why_always(scope, of),
        Expr::Var(Var { returning: VarReturning::Old, .. })
            if query.command == Command::Insert && query.on_conflict.is_none() =>
        {
            return Some("a row that was inserted has no old values");
        }
        _ => {}
    }
    if query.is_grouped() || scope.is_changed_column(expr) || query.command == Command::Merge {
        return None;
    }
    let tested = null_tested(query);
    if tested.contains(&expr)
        && !matches!(expr, Expr::Const { .. })
        && scope.seeker("").is_repeatable(expr)
    {
        return Some("WHERE keeps only rows where it is NULL");
    }
    let absent = |table: usize| {
        tested.iter().any(|it| {
            matches!(it, Expr::Var(var) if var.relation == table && is_sign_of_absence(scope, *var))
        })
    };
    match expr {
        Expr::Var(var) if var.levels_up == 0 && absent(var.relation) => {
            Some("WHERE keeps only rows where the join found none")
        }
        _ => None,
    }
}

/// What WHERE compares with NULL.
fn null_tested(query: &Query) -> Vec<&Expr> {
    let FromItem::List { condition: Some(condition), .. } = &query.from else { return Vec::new() };
    let tests = condition.conjuncts().into_iter().filter_map(|conjunct| match conjunct {
        Expr::NullTest { of, is_null: true, row: false } => Some(&**of),
        _ => None,
    });
    tests.collect()
}

/// A column that is NULL only where an outer join padded its table.
fn is_sign_of_absence(scope: &Scope<'_, '_>, var: Var) -> bool {
    let Some(table) = scope.query.table(var.relation) else { return false };
    match table.kind {
        RteKind::Relation { oid, .. } if var.levels_up == 0 && var.attribute > 0 => {
            let stored = attribute_of(scope.catalog(), oid, var.attribute, table.inherits);
            scope.joins.missing.contains_key(&var.relation) && stored.value == Nullability::NotNull
        }
        _ => false,
    }
}

/// Whether it is NULL in some row, as soon as there is one.
fn comes(scope: &Scope<'_, '_>, expr: &Expr) -> bool {
    match expr {
        Expr::Var(var) if is_null_in_values(scope, *var) => true,
        Expr::Window(call) => {
            let function = scope.catalog().function(call.function);
            let name = function.filter(|it| is_built_in(it.oid)).map(|it| it.name.as_str());
            let far = match &call.args[..] {
                [_] => true,
                [_, far] => far.integer_constant().is_some_and(|it| it > 0),
                _ => false,
            };
            // The first row has none before it, the last none behind it.
            matches!(name, Some("lag" | "lead")) && far && scope.query.distinct.is_empty()
        }
        expr => scope.stage == Stage::Result && scope.is_left_out(expr),
    }
}

/// Whether a row of VALUES, which is all there is, has NULL there.
fn is_null_in_values(scope: &Scope<'_, '_>, var: Var) -> bool {
    let alone = scope.query.from.tables() == [var.relation] && var.levels_up == 0;
    let index = usize::try_from(var.attribute).ok().and_then(|it| it.checked_sub(1));
    match (scope.query.table(var.relation).map(|table| &table.kind), index) {
        (Some(RteKind::Values(rows)), Some(index)) if alone && !scope.query.is_grouped() => {
            rows.iter().any(|row| row.get(index).is_some_and(Expr::is_null_constant))
        }
        _ => false,
    }
}

/// Whether a side of UNION, which has a row for certain, has NULL there for certain.
fn united(scope: &Scope<'_, '_>, operation: &SetOperation, index: usize) -> bool {
    match operation {
        SetOperation::Leaf(number) => {
            let proof = scope.query.table(*number).map(|table| scope.judge_leaf(table, index));
            proof.is_some_and(|proof| proof.certain) && table_rows(scope, *number).least > 0
        }
        SetOperation::Node { operator: SetOperator::Union, left, right, .. } => {
            united(scope, left, index) || united(scope, right, index)
        }
        SetOperation::Node { .. } => false,
    }
}
