//! INSERT, UPDATE, DELETE and MERGE with RETURNING.

use super::super::scope::Scope;
use super::super::tree::{Command, RteKind};
use super::read::from;
use super::{Fixed, Rows};
use crate::catalog::{Oid, TriggerEvent};

/// Bounds the rows that a change returns.
pub fn changed(scope: &Scope<'_, '_>) -> Rows {
    if scope.query.returning.is_empty() {
        return Rows::new(0, Some(0), "without RETURNING nothing is returned");
    }
    match scope.query.command {
        Command::Insert => inserted(scope),
        Command::Update | Command::Delete => touched(scope),
        Command::Merge => merged(scope),
        _ => Rows::any("nothing is known about this statement"),
    }
}

fn inserted(scope: &Scope<'_, '_>) -> Rows {
    let rows = from(scope);
    let rows = match rows.at_most_one() {
        true => Rows { reason: "one row is inserted".to_owned(), ..rows },
        false => rows,
    };
    let diverted = |event| table(scope).is_none_or(|it| scope.catalog().may_divert(it, event));
    if diverted(TriggerEvent::Insert) {
        return Rows { reason: "a trigger may drop the row".to_owned(), ..rows.or_none() };
    }
    match &scope.query.on_conflict {
        Some(conflict) if !conflict.updates => {
            Rows { reason: "ON CONFLICT DO NOTHING may drop the row".to_owned(), ..rows.or_none() }
        }
        Some(conflict) if conflict.condition.is_some() => {
            Rows { reason: "ON CONFLICT may not update the row".to_owned(), ..rows.or_none() }
        }
        Some(_) if diverted(TriggerEvent::Update) => rows.or_none(),
        None | Some(_) => rows,
    }
}

fn table(scope: &Scope<'_, '_>) -> Option<Oid> {
    match scope.query.table(scope.query.result_relation)?.kind {
        RteKind::Relation { oid, .. } => Some(oid),
        _ => None,
    }
}

/// Each row of the table is changed once, however many rows of FROM match it.
fn touched(scope: &Scope<'_, '_>) -> Rows {
    let fixed = Fixed::of(scope);
    match fixed.has(scope.query.result_relation) {
        true => Rows::new(0, Some(1), fixed.reason()),
        false => Rows::any(fixed.reason()),
    }
}

/// One row of the source is about one row of the table at most, unless rows without a source count.
fn merged(scope: &Scope<'_, '_>) -> Rows {
    let fixed = Fixed::of(scope);
    let without_source = scope.query.merge_actions.iter().any(|action| action.lacks_source);
    match fixed.all() && !without_source && scope.query.merge_condition.is_some() {
        true => Rows::new(0, Some(1), "one row of the source is about one row of the table"),
        false => Rows::any("MERGE may change any number of rows"),
    }
}
