//! INSERT, UPDATE, DELETE and MERGE with RETURNING.

use super::super::scope::Scope;
use super::super::tree::{Command, Query, RteKind};
use super::read::from;
use super::{Fixed, Rows};
use crate::catalog::{Catalog, Oid, TriggerEvent};

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
    let reason = match (rows.at_most_one(), rows.least) {
        (true, 0) => "one row is inserted, or none",
        (true, _) => "one row is inserted",
        (false, _) => &rows.reason,
    };
    let rows = Rows { reason: reason.to_owned(), ..rows };
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
    match fixed.has(scope.query.result_relation) || fixed.all() {
        true => Rows::new(0, Some(1), fixed.reason()),
        false => Rows::any(fixed.reason()),
    }
}

/// One row of the source is about one row of the table at most, unless rows without a source count.
fn merged(scope: &Scope<'_, '_>) -> Rows {
    let query = scope.query;
    let fixed = Fixed::of(scope);
    let without_source = query.merge_actions.iter().any(|action| action.lacks_source);
    if !fixed.all() || without_source || query.merge_condition.is_none() {
        return Rows::any("MERGE may change any number of rows");
    }
    let source = from(scope).least.min(1);
    let least = if always_acts(scope) { source } else { 0 };
    Rows::new(least, Some(1), "one row of the source is about one row of the table")
}

/// Whether every row of the source leads to a change, matched or not.
fn always_acts(scope: &Scope<'_, '_>) -> bool {
    let actions = &scope.query.merge_actions;
    let events = [TriggerEvent::Insert, TriggerEvent::Update, TriggerEvent::Delete];
    let diverted = events
        .into_iter()
        .any(|event| table(scope).is_none_or(|it| scope.catalog().may_divert(it, event)));
    let last = |lacks_target| {
        actions.iter().any(|it| it.lacks_target == lacks_target && it.condition.is_none())
    };
    let acts = actions.iter().all(|action| action.command != Command::Nothing);
    !diverted && acts && last(true) && last(false)
}

/// What WITH changes besides what the statement returns.
pub fn changed_in_with(catalog: &Catalog, query: &Query) -> Option<String> {
    let changes = query.common_tables.iter().filter_map(|common| {
        let words = match common.query.command {
            Command::Insert => "inserts into",
            Command::Update => "updates",
            Command::Delete => "deletes from",
            Command::Merge => "merges into",
            Command::Select | Command::Utility | Command::Nothing => return None,
        };
        let changed = common.query.table(common.query.result_relation)?;
        let name = match changed.kind {
            RteKind::Relation { oid, .. } => catalog.relation(oid).map(|it| &it.name),
            _ => None,
        };
        Some(format!("{} {words} {}", common.name, name.unwrap_or(&changed.name)))
    });
    let changes: Vec<_> = changes.collect();
    (!changes.is_empty()).then(|| format!("the statement changes data: {}", changes.join(", ")))
}
