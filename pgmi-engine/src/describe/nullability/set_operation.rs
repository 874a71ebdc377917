//! Result columns: of a plain query, and of UNION, INTERSECT, EXCEPT.

use super::super::scope::{Proof, Scope, not_null, nullable};
use super::super::tree::{Query, RteKind, SetOperation, SetOperator};
use super::uncertain;
use crate::catalog::{Oid, is_built_in};
use crate::signature::Nullability;

/// Judges a result column of a query, counted from 0.
pub fn result(scope: &Scope<'_, '_>, index: usize) -> Proof {
    if let Some(operation) = &scope.query.set_operation {
        return combined(scope, operation, index);
    }
    let Some(target) = scope.query.visible().nth(index) else {
        return nullable("there is no such column");
    };
    if target.expr.contains_set() {
        return scope.judge_set_target(&target.expr);
    }
    scope.judge(&target.expr)
}

fn combined(scope: &Scope<'_, '_>, operation: &SetOperation, index: usize) -> Proof {
    match operation {
        SetOperation::Leaf(number) => leaf(scope, *number, index),
        SetOperation::Node { operator, left, right, types, .. } => {
            let side = |side: &SetOperation| converted(scope, side, index, types);
            match operator {
                SetOperator::Union => both(side(left), side(right)),
                SetOperator::Intersect => either(side(left), side(right)),
                SetOperator::Except => side(left),
            }
        }
    }
}

fn leaf(scope: &Scope<'_, '_>, number: usize, index: usize) -> Proof {
    match scope.query.table(number) {
        Some(table) => scope.judge_leaf(table, index),
        None => nullable("a side of the set operation is not known"),
    }
}

/// A user's own conversion to the common type may give NULL for anything.
fn converted(scope: &Scope<'_, '_>, side: &SetOperation, index: usize, types: &[Oid]) -> Proof {
    match keeps(scope, side, index, types) {
        true => combined(scope, side, index),
        false => nullable("it is converted to another type"),
    }
}

/// Whether a side has the common type, or is converted to it in a way that is known.
pub(super) fn keeps(
    scope: &Scope<'_, '_>,
    side: &SetOperation,
    index: usize,
    types: &[Oid],
) -> bool {
    let wanted = types.get(index).copied().unwrap_or_default();
    let given = type_of(scope.query, side, index).unwrap_or_default();
    given == wanted || is_built_in(given) && is_built_in(wanted)
}

fn type_of(query: &Query, side: &SetOperation, index: usize) -> Option<Oid> {
    match side {
        SetOperation::Node { types, .. } => types.get(index).copied(),
        SetOperation::Leaf(number) => match &query.table(*number)?.kind {
            RteKind::Subquery(query) => match &query.set_operation {
                Some(operation) => type_of(query, operation, index),
                None => query.visible().nth(index)?.expr.type_oid(),
            },
            _ => None,
        },
    }
}

fn both(left: Proof, right: Proof) -> Proof {
    match (left.value, right.value) {
        (Nullability::NotNull, Nullability::NotNull) => not_null("no side of the union gives NULL"),
        (Nullability::Nullable, Nullability::Nullable) if left.certain && right.certain => left,
        // The rows of one side may all be kept out.
        (Nullability::Nullable, _) => uncertain(left),
        _ => uncertain(right),
    }
}

fn either(left: Proof, right: Proof) -> Proof {
    match left.value {
        Nullability::NotNull => left,
        Nullability::Nullable => right,
    }
}
