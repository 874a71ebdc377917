//! Rows of the catalog's queries, as what they are about.

use postgres::Row;

use super::read::Outcome;
use super::{
    Check, Column, Function, Key, KeyPart, Kind, Oid, Operator, Relation, Type, Volatility,
};
use crate::describe::tree::{Expr, Var, VarReturning, expressions};

pub(super) fn type_of(row: &Row) -> Outcome<Type> {
    let is_array: bool = row.try_get("is_array")?;
    let dims: i32 = row.try_get("typndims")?;
    let kind = match row.try_get::<_, &str>("typtype")? {
        _ if is_array => Kind::Array { element: row.try_get("typelem")? },
        "e" => Kind::Enum { labels: row.try_get("labels")? },
        "c" => Kind::Composite { relation: row.try_get("typrelid")? },
        "d" => Kind::Domain {
            base: row.try_get("typbasetype")?,
            not_null: row.try_get("typnotnull")?,
            dims: u8::try_from(dims).unwrap_or_default(),
        },
        "r" => Kind::Range { subtype: row.try_get("subtype")? },
        "m" => Kind::Multirange { range: row.try_get("range")? },
        "p" => Kind::Pseudo,
        _ => Kind::Base,
    };
    Ok(Type { oid: row.try_get(0)?, schema: row.try_get(1)?, name: row.try_get(2)?, kind })
}

pub(super) fn relation(row: &Row) -> Outcome<Relation> {
    Ok(Relation {
        oid: row.try_get(0)?,
        schema: row.try_get(1)?,
        name: row.try_get(2)?,
        relkind: letter(row, "relkind")?,
        row_security: row.try_get("relrowsecurity")?,
        children: row.try_get("children")?,
        triggers: row.try_get("triggers")?,
        has_rules: row.try_get("has_rules")?,
        columns: Vec::new(),
        keys: Vec::new(),
        checks: Vec::new(),
    })
}

pub(super) fn column(row: &Row) -> Outcome<Column> {
    let dims: i32 = row.try_get("attndims")?;
    let identity = !row.try_get::<_, &str>("attidentity")?.is_empty();
    Ok(Column {
        number: row.try_get::<_, i16>("attnum")?.into(),
        name: row.try_get("attname")?,
        type_oid: row.try_get("atttypid")?,
        dims: u8::try_from(dims).unwrap_or(u8::MAX),
        not_null: row.try_get("not_null")?,
        generated: !row.try_get::<_, &str>("attgenerated")?.is_empty(),
        identity,
        has_default: row.try_get("atthasdef")?,
    })
}

/// Nothing when the index has an expression or a predicate that cannot be read.
pub(super) fn key(row: &Row, relation: &Relation) -> Outcome<Option<Key>> {
    let columns: Vec<i16> = row.try_get("columns")?;
    let families: Vec<Oid> = row.try_get("families")?;
    let collations: Vec<Oid> = row.try_get("collations")?;
    let width: i32 = row.try_get("indnkeyatts")?;
    let mut exprs = trees(row.try_get("indexprs")?).into_iter();
    let mut parts = Vec::new();
    for (at, number) in columns.iter().take(usize::try_from(width).unwrap_or_default()).enumerate()
    {
        let expr = match number {
            0 => exprs.next(),
            number => column_of(relation, (*number).into()),
        };
        let (Some(expr), Some(family)) = (expr, families.get(at)) else { return Ok(None) };
        let collation = collations.get(at).copied().unwrap_or_default();
        parts.push(KeyPart { expr, family: *family, collation });
    }
    let predicate: Option<&str> = row.try_get("indpred")?;
    let predicates = trees(predicate);
    if predicate.is_some() && predicates.is_empty() {
        return Ok(None);
    }
    let predicate = predicates.into_iter().next();
    Ok(Some(Key { name: row.try_get(1)?, parts, predicate }))
}

fn column_of(relation: &Relation, number: i32) -> Option<Expr> {
    let column = relation.column(number)?;
    Some(Expr::Var(Var {
        relation: 1,
        attribute: number,
        levels_up: 0,
        type_oid: column.type_oid,
        returning: VarReturning::Default,
    }))
}

pub(super) fn check(row: &Row) -> Outcome<Option<Check>> {
    let name = row.try_get(1)?;
    let no_inherit = row.try_get("connoinherit")?;
    let expr = trees(row.try_get("conbin")?).into_iter().next();
    Ok(expr.map(|expr| Check { name, expr, no_inherit }))
}

/// An index predicate is printed as a list of conjuncts or as one expression.
fn trees(text: Option<&str>) -> Vec<Expr> {
    text.map(expressions).unwrap_or_default()
}

pub(super) fn function(row: &Row) -> Outcome<Function> {
    Ok(Function {
        oid: row.try_get(0)?,
        schema: row.try_get(1)?,
        name: row.try_get(2)?,
        strict: row.try_get("proisstrict")?,
        volatility: match row.try_get("provolatile")? {
            "i" => Volatility::Immutable,
            "s" => Volatility::Stable,
            _ => Volatility::Volatile,
        },
        returns_set: row.try_get("proretset")?,
        kind: letter(row, "prokind")?,
        return_type: row.try_get("prorettype")?,
        arguments: row.try_get("arguments")?,
        variadic: row.try_get("variadic")?,
    })
}

pub(super) fn operator(row: &Row) -> Outcome<Operator> {
    Ok(Operator {
        oid: row.try_get(0)?,
        name: row.try_get(1)?,
        function: row.try_get(2)?,
        commutator: row.try_get("oprcom")?,
        left: row.try_get("oprleft")?,
        right: row.try_get("oprright")?,
        equal_in: row.try_get("equal_in")?,
        compares: row.try_get("compares")?,
    })
}

fn letter(row: &Row, name: &str) -> Outcome<char> {
    Ok(row.try_get::<_, &str>(name)?.chars().next().unwrap_or(' '))
}
