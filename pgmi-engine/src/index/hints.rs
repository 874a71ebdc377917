//! What queries compare columns with: where values for their parameters come from, and which values data must have.

use super::block::{Statement, table_of};
use super::deparse::literal;
use super::ground::{Ground, NameKind};
use super::{ColumnName, Literal, Parameter};
use crate::catalog::Oid;
use crate::describe::tree::Expr;

/// The parameters of a statement, by their types, and the literals in its conditions.
pub(super) fn hints(
    ground: &Ground<'_>,
    statement: &Statement,
    types: &[Oid],
) -> (Vec<Parameter>, Vec<Literal>) {
    let parameter = |type_oid: &Oid| Parameter {
        type_name: ground.name(NameKind::Type, *type_oid).unwrap_or("text").to_owned(),
        column: None,
        operator: None,
        any: false,
    };
    let mut parameters: Vec<Parameter> = types.iter().map(parameter).collect();
    let mut literals = Vec::new();
    for condition in statement.blocks.iter().flat_map(|block| &block.conditions) {
        condition.expr.visit(0, &mut |expr, _| {
            let Some(found) = comparison(ground, statement, expr) else { return };
            match parameter_in(found.value) {
                _ if !found.is_of_column => {}
                Some(number) => note(&mut parameters, number, found),
                None => literals.extend(values(ground, &found)),
            }
        });
    }
    literals.dedup();
    (parameters, literals)
}

/// `column operator value`
struct Comparison<'e> {
    column: ColumnName,
    operator: String,
    value: &'e Expr,
    any: bool,
    /// What is compared is the column, or could stand in it: not the `2020` of `extract(year from column) = 2020`.
    is_of_column: bool,
}

fn comparison<'e>(
    ground: &Ground<'_>,
    statement: &Statement,
    expr: &'e Expr,
) -> Option<Comparison<'e>> {
    let (oid, args, any) = match expr {
        Expr::Operator { oid, args, .. } => (*oid, args, false),
        Expr::ScalarArray { operator, any: true, args, .. } => (*operator, args, true),
        _ => return None,
    };
    let [left, right] = &args[..] else { return None };
    let operator = ground.catalog.operator(oid)?;
    if let Some((column, is_of_column)) = column_of(ground, statement, left) {
        let operator = operator.name.clone();
        return Some(Comparison { column, operator, value: right, any, is_of_column });
    }
    let (column, is_of_column) = column_of(ground, statement, right)?;
    let flipped = ground.catalog.operator(operator.commutator).map(|it| it.name.clone());
    let operator = flipped.unwrap_or_else(|| operator.name.clone());
    Some(Comparison { column, operator, value: left, any, is_of_column })
}

/// The column, or that inside of an expression over one column alone; and whether what it gives could stand in it.
fn column_of(
    ground: &Ground<'_>,
    statement: &Statement,
    expr: &Expr,
) -> Option<(ColumnName, bool)> {
    let mut vars = Vec::new();
    expr.visit(0, &mut |inner, _| {
        if let Expr::Var(var) = inner {
            vars.push(*var);
        }
    });
    let [var] = vars[..] else { return None };
    let relation = statement.tables.get(table_of(&var)?)?.relation?;
    let relation = ground.catalog.relation(relation)?;
    let column = relation.column(var.attribute)?;
    let name = ColumnName {
        schema: relation.schema.clone(),
        table: relation.name.clone(),
        column: column.name.clone(),
    };
    let bare = expr.unlabelled();
    let base = |type_oid| ground.catalog.base_type(type_oid);
    let is_like = |of: Oid| {
        base(of) == base(column.type_oid) || is_text(base(of)) && is_text(base(column.type_oid))
    };
    Some((name, matches!(bare, Expr::Var(_)) || bare.type_oid().is_some_and(is_like)))
}

fn is_text(type_oid: Oid) -> bool {
    matches!(type_oid, 25 | 1042 | 1043)
}

fn parameter_in(expr: &Expr) -> Option<usize> {
    let mut found = None;
    expr.visit(0, &mut |inner, _| {
        if let Expr::Param { number, .. } = inner {
            found = found.or(Some(*number));
        }
    });
    found
}

/// The first comparison is what it is for.
fn note(parameters: &mut [Parameter], number: usize, found: Comparison<'_>) {
    let parameter = number.checked_sub(1).and_then(|at| parameters.get_mut(at));
    if let Some(parameter) = parameter.filter(|it| it.column.is_none()) {
        parameter.column = Some(found.column);
        parameter.operator = Some(found.operator);
        parameter.any = found.any;
    }
}

fn values(ground: &Ground<'_>, found: &Comparison<'_>) -> Vec<Literal> {
    let constants: Vec<&Expr> = match found.value.unlabelled() {
        Expr::Array { elements, .. } => elements.iter().collect(),
        other => vec![other],
    };
    let value = |expr: &&Expr| literal(ground, innermost(expr));
    let values = constants.iter().filter_map(value);
    values
        .map(|value| Literal {
            column: found.column.clone(),
            operator: found.operator.clone(),
            value,
        })
        .collect()
}

/// Without the casts around a constant.
fn innermost(expr: &Expr) -> &Expr {
    match expr {
        Expr::Function { args, .. } => match &args[..] {
            [only] => innermost(only),
            _ => expr,
        },
        Expr::Relabel { of, .. } | Expr::Convert { of, .. } => innermost(of),
        other => other,
    }
}
