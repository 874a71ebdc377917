//! What the constraints of a table say about the rows that are stored in it.

use super::super::facts::Seeker;
use super::super::scope::{Proof, not_null, nullable};
use super::super::tree::{BoolOp, BoolTest, Expr, Query};
use crate::catalog::{Catalog, Check, Oid, Relation, is_built_in};

/// A relation, and all whose rows are its own, too. Those of a partitioned table stand in its partitions, whether
/// what inherits is asked for or not.
fn family(catalog: &Catalog, oid: Oid, inherits: bool) -> Vec<&Relation> {
    match catalog.relation(oid) {
        Some(relation) if inherits || relation.relkind == 'p' => catalog.family(oid),
        relation => relation.into_iter().collect(),
    }
}

/// Judges a column of a relation, and of all that inherit from it.
pub fn attribute_of(catalog: &Catalog, oid: Oid, number: i32, inherits: bool) -> Proof {
    let Some(relation) = catalog.relation(oid) else { return nullable("the table is not known") };
    let Some(column) = relation.column(number) else { return nullable("the column is not known") };
    let name = format!("{}.{}", relation.name, column.name);
    let family = family(catalog, oid, inherits);
    for member in &family {
        if let Err(reason) = holds(catalog, member, &column.name, family.len() > 1) {
            return nullable(match member.oid == oid {
                true => format!("{name} {reason}"),
                false => format!("{name} {reason} in {}", member.name),
            });
        }
    }
    match column.not_null {
        true => not_null(format!("{name} is NOT NULL")),
        false => not_null(format!("a CHECK keeps NULL out of {name}")),
    }
}

fn holds(
    catalog: &Catalog,
    relation: &Relation,
    column: &str,
    has_family: bool,
) -> Result<(), &'static str> {
    let Some(column) = relation.column_named(column) else { return Err("is not known") };
    match relation.relkind {
        'f' => return Err("stands in a foreign table, whose constraints nobody enforces"),
        'v' => return Err("stands in a view"),
        _ => {}
    }
    let refuses = |check: &Check| false_when_null(catalog, &check.expr, column.number);
    match column.not_null || checks(relation, has_family).any(refuses) {
        true => Ok(()),
        false if catalog.refuses_null(column.type_oid) => {
            Err("has a domain that refuses NULL, which does not keep NULL out of stored rows")
        }
        false => Err("is not NOT NULL"),
    }
}

/// Whether a check is false, not merely NULL, where a column of relation 1 is NULL.
fn false_when_null(catalog: &Catalog, check: &Expr, column: i32) -> bool {
    let inner = |expr: &Expr| false_when_null(catalog, expr, column);
    match check {
        Expr::Bool { op: BoolOp::And, args } => args.iter().any(inner),
        Expr::Bool { op: BoolOp::Or, args } => !args.is_empty() && args.iter().all(inner),
        Expr::Bool { op: BoolOp::Not, args } => {
            args.iter().all(|arg| true_when_null(catalog, arg, column))
        }
        Expr::NullTest { of, is_null: false, .. }
        | Expr::BoolTest { of, test: BoolTest::True | BoolTest::False | BoolTest::NotUnknown } => {
            null_when_null(catalog, of, column)
        }
        _ => false,
    }
}

fn true_when_null(catalog: &Catalog, check: &Expr, column: i32) -> bool {
    let inner = |expr: &Expr| true_when_null(catalog, expr, column);
    match check {
        Expr::Bool { op: BoolOp::Or, args } => args.iter().any(inner),
        Expr::Bool { op: BoolOp::And, args } => !args.is_empty() && args.iter().all(inner),
        Expr::Bool { op: BoolOp::Not, args } => {
            args.iter().all(|arg| false_when_null(catalog, arg, column))
        }
        Expr::NullTest { of, is_null: true, row: false } => null_when_null(catalog, of, column),
        _ => false,
    }
}

fn null_when_null(catalog: &Catalog, expr: &Expr, column: i32) -> bool {
    // Checks refer to no joins and no groups: a query without tables serves.
    let query = Query::nothing();
    let seeker = Seeker { catalog, query: &query, of_groups: false, reason: "check" };
    let facts = seeker.when_not_null(expr);
    facts.keys().any(|fact| matches!(fact, Expr::Var(var) if var.attribute == column))
}

/// The checks of a table that hold for each row of its family.
fn checks(relation: &Relation, has_family: bool) -> impl Iterator<Item = &Check> {
    relation.checks.iter().filter(move |check| !(check.no_inherit && has_family))
}

/// Judges the elements of a column that holds arrays.
pub fn elements_of(catalog: &Catalog, oid: Oid, number: i32, inherits: bool) -> Proof {
    let name = catalog.relation(oid).and_then(|it| it.column(number)).map(|it| it.name.as_str());
    let Some(name) = name else { return nullable("the column is not known") };
    let family = family(catalog, oid, inherits);
    let holds = |member: &&Relation| {
        let column = member.column_named(name).filter(|_| matches!(member.relkind, 'r' | 'p'));
        column.is_some_and(|column| {
            checks(member, family.len() > 1)
                .any(|check| false_when_element_null(catalog, &check.expr, column.number))
        })
    };
    match family.iter().all(holds) {
        true => not_null(format!("a CHECK keeps NULL out of the elements of {name}")),
        false => nullable(format!("no CHECK keeps NULL out of the elements of {name}")),
    }
}

/// Whether a check is false where an element of a column of relation 1 is NULL. These forms are known:
///
/// ```sql
/// array_position(c, null) is null
/// array_remove(c, null) = c
/// num_nulls(variadic c) = 0
/// ```
fn false_when_element_null(catalog: &Catalog, check: &Expr, column: i32) -> bool {
    let inner = |expr: &Expr| false_when_element_null(catalog, expr, column);
    let is_column =
        |expr: &Expr| matches!(expr.unlabelled(), Expr::Var(var) if var.attribute == column);
    let call = |expr: &Expr, wanted: &str| match expr.unlabelled() {
        Expr::Function { oid, args, variadic, .. } => {
            let function = catalog.function(*oid).filter(|it| is_built_in(it.oid));
            let rest = match &args[..] {
                [_] => *variadic,
                [_, null] => null.is_null_constant(),
                _ => false,
            };
            function.is_some_and(|it| it.name == wanted)
                && rest
                && args.first().is_some_and(is_column)
        }
        _ => false,
    };
    match check {
        Expr::Bool { op: BoolOp::And, args } => args.iter().any(inner),
        // Where the column is NULL it has no elements.
        Expr::Bool { op: BoolOp::Or, args } => args.iter().all(|arg| match arg {
            Expr::NullTest { of, is_null: true, row: false } => is_column(of),
            arg => inner(arg),
        }),
        Expr::NullTest { of, is_null: true, row: false } => call(of, "array_position"),
        Expr::Operator { oid, args, .. } => {
            let equals =
                catalog.operator(*oid).is_some_and(|it| it.name == "=" && is_built_in(it.oid));
            let (Some(left), Some(right)) = (args.first(), args.get(1)) else { return false };
            let removed = call(left, "array_remove") && is_column(right)
                || call(right, "array_remove") && is_column(left);
            let none = call(left, "num_nulls") && right.integer_constant() == Some(0);
            equals && (removed || none)
        }
        _ => false,
    }
}
