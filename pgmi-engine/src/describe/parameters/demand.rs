//! Parameters that must not be NULL for anything to happen: each row would be kept out, or the
//! statement would raise.

use super::super::facts::Facts;
use super::super::nullability::{attribute_of, elements_of};
use super::super::scope::{Context, Scope};
use super::super::tree::{Command, Expr, Query, RteKind, Target, Var};
use super::Seen;
use crate::catalog::{Catalog, Oid, TriggerEvent};
use crate::signature::Nullability;

/// What NULL leads to.
#[derive(Clone, Copy)]
struct Why<'r> {
    reason: &'r str,
    /// An error, and not merely a row less.
    raises: bool,
}

impl<'r> Why<'r> {
    fn keeps_out(reason: &'r str) -> Self {
        Self { reason, raises: false }
    }
}

/// Finds them in a statement.
pub fn demands(context: &Context<'_>, query: &Query, seen: &mut Seen) {
    let context = Demand { context };
    context.statement(query, seen);
}

struct Demand<'c, 'x> {
    context: &'c Context<'x>,
}

impl<'a> Demand<'_, '_> {
    fn statement(&self, query: &'a Query, seen: &mut Seen) {
        let context = Context::new(self.context.catalog);
        let scope = Scope::new(&context, query, None);
        rows(&scope, Facts::new(), seen);
        assignments(&scope, seen);
    }
}

/// What keeps out every row of a query, also through what it reads from.
fn rows<'a>(scope: &Scope<'_, 'a>, more: Facts<'a>, seen: &mut Seen) {
    let mut facts = scope.joins.facts.clone();
    facts.extend(more);
    needed(scope, &facts, Why::keeps_out("NULL would keep out every row"), seen);
    for number in scope.query.from.tables() {
        if scope.joins.missing.contains_key(&number) {
            continue;
        }
        let Some(table) = scope.query.table(number) else { continue };
        match &table.kind {
            RteKind::Subquery(query) => plain_rows(scope, query, seen),
            RteKind::CommonTable { name, levels_up, recursive: false } => {
                if let Some((common, around)) = scope.common_table(name, *levels_up)
                    && !common.recursive
                {
                    plain_rows(around, &common.query, seen);
                }
            }
            RteKind::Functions { functions, .. } => {
                if let [function] = &functions[..] {
                    no_rows(scope, &function.call, seen);
                }
            }
            _ => {}
        }
    }
}

/// A strict function gives an empty set for NULL.
fn no_rows<'a>(scope: &Scope<'_, 'a>, call: &'a Expr, seen: &mut Seen) {
    if let Expr::Function { oid, args, returns_set: true, .. } = call
        && scope.catalog().function(*oid).is_some_and(|it| it.strict)
    {
        for arg in args {
            let facts = scope.seeker("").when_not_null(arg);
            needed(scope, &facts, Why::keeps_out("NULL would give no rows"), seen);
        }
    }
}

fn plain_rows<'a>(around: &Scope<'_, 'a>, query: &'a Query, seen: &mut Seen) {
    if query.command == Command::Select && query.set_operation.is_none() {
        rows(&Scope::new(around.context, query, Some(around)), Facts::new(), seen);
    }
}

/// The parameters that expressions need to be non-NULL, also through columns of subqueries.
fn needed<'a>(scope: &Scope<'_, 'a>, facts: &Facts<'a>, why: Why<'_>, seen: &mut Seen) {
    for fact in facts.keys() {
        match fact {
            Expr::Param { number, .. } => {
                seen.refused.entry(*number).or_insert_with(|| why.reason.to_owned());
            }
            Expr::Var(var) if var.levels_up == 0 => needed_column(scope, var, why, seen),
            _ => {}
        }
    }
}

/// One row of VALUES that is refused raises; to keep out every row, each must be.
fn needed_in_rows<'a>(
    scope: &Scope<'_, 'a>,
    exprs: impl Iterator<Item = &'a Expr>,
    why: Why<'_>,
    seen: &mut Seen,
) {
    let of_row = |expr| {
        let mut seen = Seen::default();
        needed(scope, &scope.seeker("").when_not_null(expr), why, &mut seen);
        seen.refused
    };
    let all = exprs.map(of_row).reduce(|mut one, other| {
        match why.raises {
            true => one.extend(other),
            false => one.retain(|number, _| other.contains_key(number)),
        }
        one
    });
    for (number, reason) in all.unwrap_or_default() {
        seen.refused.entry(number).or_insert(reason);
    }
}

fn needed_column(scope: &Scope<'_, '_>, var: &Var, why: Why<'_>, seen: &mut Seen) {
    let Some(table) = scope.query.table(var.relation) else { return };
    let Some(index) = usize::try_from(var.attribute).ok().and_then(|it| it.checked_sub(1)) else {
        return;
    };
    match &table.kind {
        RteKind::Values(rows) => {
            needed_in_rows(scope, rows.iter().filter_map(|row| row.get(index)), why, seen);
        }
        RteKind::Subquery(query) => needed_result(scope, query, index, why, seen),
        RteKind::CommonTable { name, levels_up, recursive: false } => {
            if let Some((common, around)) = scope.common_table(name, *levels_up)
                && !common.recursive
            {
                needed_result(around, &common.query, index, why, seen);
            }
        }
        RteKind::Functions { functions, .. } => {
            let call = match &functions[..] {
                [function] => Some(&function.call),
                // Of several functions each has its columns; here each has one.
                many if many.iter().all(|it| it.columns == 1) => {
                    many.get(index).map(|function| &function.call)
                }
                _ => None,
            };
            if let Some(call) = call {
                needed_elements(scope, call, why, seen);
            }
        }
        _ => {}
    }
}

fn needed_result<'a>(
    around: &Scope<'_, 'a>,
    query: &'a Query,
    index: usize,
    why: Why<'_>,
    seen: &mut Seen,
) {
    if query.command != Command::Select || query.set_operation.is_some() {
        return;
    }
    let scope = Scope::new(around.context, query, Some(around));
    if let Some(target) = query.visible().nth(index) {
        if target.expr.contains_set() {
            needed_elements(&scope, &target.expr, why, seen);
            no_rows(&scope, &target.expr, seen);
        } else {
            needed(&scope, &scope.seeker("").when_not_null(&target.expr), why, seen);
        }
    }
}

/// `unnest($1)`: its rows are the array's elements.
fn needed_elements(scope: &Scope<'_, '_>, call: &Expr, why: Why<'_>, seen: &mut Seen) {
    let Expr::Function { oid, args, .. } = call else { return };
    let unnests = scope.catalog().function(*oid).is_some_and(|it| it.name == "unnest");
    if let (true, [arg]) = (unnests, &args[..])
        && let Expr::Param { number, .. } = arg.unlabelled()
    {
        seen.elements_refused.entry(*number).or_insert_with(|| why.reason.to_owned());
    }
}

/// What is assigned to columns that refuse NULL, in all changes of the statement.
fn assignments(scope: &Scope<'_, '_>, seen: &mut Seen) {
    let query = scope.query;
    if let Some(changed) = Changed::by(query, query.command) {
        let own = match query.command {
            Command::Insert | Command::Update => &query.targets[..],
            _ => &[],
        };
        let conflict = query.on_conflict.iter().flat_map(|it| &it.targets);
        for target in own.iter().chain(conflict) {
            assigned(scope, changed, target, seen);
        }
        for target in own {
            assigned_elements(scope, changed, target, seen);
        }
        for action in &query.merge_actions {
            let Some(changed) = Changed::by(query, action.command) else { continue };
            for target in &action.targets {
                assigned(scope, changed, target, seen);
            }
        }
    }
    for common in &query.common_tables {
        let scope = Scope::new(scope.context, &common.query, Some(scope));
        assignments(&scope, seen);
    }
}

/// The table that a statement changes.
#[derive(Clone, Copy)]
pub struct Changed {
    pub table: Oid,
    /// Rows of the tables that inherit from it are changed, too.
    inherits: bool,
}

impl Changed {
    /// By this command, which is one of the actions of MERGE or the query's own.
    pub fn by(query: &Query, command: Command) -> Option<Self> {
        let table = query.table(query.result_relation)?;
        match table.kind {
            // A new row goes into no other table, whatever inherits from it.
            RteKind::Relation { oid, .. } => {
                Some(Self { table: oid, inherits: table.inherits && command != Command::Insert })
            }
            _ => None,
        }
    }
}

fn assigned(scope: &Scope<'_, '_>, changed: Changed, target: &Target, seen: &mut Seen) {
    if target.junk {
        return;
    }
    let Some(name) = refusing(scope.catalog(), changed, target.number) else { return };
    let event = |event| scope.catalog().may_divert(changed.table, event);
    let reason = match event(TriggerEvent::Insert) || event(TriggerEvent::Update) {
        true => format!("{name} is NOT NULL, and nothing but a trigger could fill it in"),
        false => format!("{name} refuses NULL"),
    };
    let why = Why { reason: &reason, raises: true };
    needed(scope, &scope.seeker("").when_not_null(&target.expr), why, seen);
}

/// An array that goes as it is into a column whose check an element that is NULL would break. What only a conflict
/// would assign may do without, and a trigger could mend it.
fn assigned_elements(
    scope: &Scope<'_, '_>,
    Changed { table, inherits }: Changed,
    target: &Target,
    seen: &mut Seen,
) {
    let (catalog, column) = (scope.catalog(), i32::try_from(target.number).unwrap_or_default());
    let event = match scope.query.command {
        Command::Insert => TriggerEvent::Insert,
        _ => TriggerEvent::Update,
    };
    if let Expr::Param { number, .. } = target.expr.unlabelled()
        && !target.junk
        && !catalog.may_divert(table, event)
        && elements_of(catalog, table, column, inherits).value == Nullability::NotNull
    {
        let reason = format!("a CHECK of {} refuses NULL in it", name_of(scope, table, column));
        seen.elements_refused.entry(*number).or_insert(reason);
    }
}

fn name_of(scope: &Scope<'_, '_>, table: Oid, column: i32) -> String {
    let relation = scope.catalog().relation(table);
    let column = relation.and_then(|it| it.column(column)).map(|it| &it.name);
    match (relation, column) {
        (Some(relation), Some(column)) => format!("{}.{column}", relation.name),
        _ => "the column".to_owned(),
    }
}

/// The name of a column that refuses NULL in each table whose rows are changed.
pub fn refusing(catalog: &Catalog, changed: Changed, column: usize) -> Option<String> {
    let Changed { table, inherits } = changed;
    let number = i32::try_from(column).ok()?;
    let relation = catalog.relation(table)?;
    let column = relation.column(number)?;
    let refuses = attribute_of(catalog, table, number, inherits).value == Nullability::NotNull
        || catalog.refuses_null(column.type_oid);
    refuses.then(|| format!("{}.{}", relation.name, column.name))
}
