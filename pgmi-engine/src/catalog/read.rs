//! Reading the catalog: a handful of queries, whatever the size of the schema.

use std::collections::HashMap;

use postgres::{Client, Row};

use super::{
    Catalog, Check, Column, Function, Key, KeyPart, Kind, Oid, Operator, Relation, Type, Volatility,
};
use crate::connection::server_error;
use crate::describe::tree::{Expr, Var, VarReturning, expressions};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

impl Catalog {
    /// Reads the catalog of the database that `client` is connected to.
    ///
    /// # Errors
    /// [`Code::CatalogUnreadable`]: the connection broke, or the server is none that we know.
    pub fn read(client: &mut Client) -> Result<Self> {
        read(client).map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &postgres::Error) -> Error {
    let message = "the catalog of the database cannot be read";
    let diagnostic = Diagnostic::error(Code::CatalogUnreadable, message);
    match error.as_db_error() {
        Some(error) => diagnostic.server(server_error(error)),
        None => diagnostic.note(error.to_string()),
    }
    .into()
}

type Outcome<T> = std::result::Result<T, postgres::Error>;

fn read(client: &mut Client) -> Outcome<Catalog> {
    let version = "select current_setting('server_version_num')::int4";
    let version: i32 = client.query_one(version, &[])?.try_get(0)?;
    let sql = "select oid from pg_catalog.pg_collation where not collisdeterministic";
    let nondeterministic = client.query(sql, &[])?;
    Ok(Catalog {
        version: u32::try_from(version).unwrap_or_default(),
        types: keyed(client, include_str!("types.sql"), type_of, |it| it.oid)?,
        relations: relations(client)?,
        functions: keyed(client, include_str!("functions.sql"), function, |it| it.oid)?,
        operators: keyed(client, include_str!("operators.sql"), operator, |it| it.oid)?,
        nondeterministic: nondeterministic
            .iter()
            .map(|row| row.try_get(0))
            .collect::<Outcome<_>>()?,
    })
}

fn keyed<T>(
    client: &mut Client,
    sql: &str,
    make: impl Fn(&Row) -> Outcome<T>,
    key: impl Fn(&T) -> Oid,
) -> Outcome<HashMap<Oid, T>> {
    let rows = client.query(sql, &[])?;
    rows.iter().map(|row| make(row).map(|it| (key(&it), it))).collect()
}

fn type_of(row: &Row) -> Outcome<Type> {
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

fn relations(client: &mut Client) -> Outcome<HashMap<Oid, Relation>> {
    let sql = include_str!("relations.sql");
    let mut relations = keyed(client, sql, relation, |it| it.oid)?;
    for row in client.query(include_str!("columns.sql"), &[])? {
        if let Some(relation) = relations.get_mut(&row.try_get(0)?) {
            relation.columns.push(column(&row)?);
        }
    }
    for row in client.query(include_str!("keys.sql"), &[])? {
        if let Some(relation) = relations.get_mut(&row.try_get(0)?)
            && let Some(key) = key(&row, relation)?
        {
            relation.keys.push(key);
        }
    }
    for row in client.query(include_str!("checks.sql"), &[])? {
        if let Some(relation) = relations.get_mut(&row.try_get(0)?)
            && let Some(check) = check(&row)?
        {
            relation.checks.push(check);
        }
    }
    Ok(relations)
}

fn relation(row: &Row) -> Outcome<Relation> {
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

fn column(row: &Row) -> Outcome<Column> {
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
fn key(row: &Row, relation: &Relation) -> Outcome<Option<Key>> {
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

fn check(row: &Row) -> Outcome<Option<Check>> {
    let name = row.try_get(1)?;
    let no_inherit = row.try_get("connoinherit")?;
    let expr = trees(row.try_get("conbin")?).into_iter().next();
    Ok(expr.map(|expr| Check { name, expr, no_inherit }))
}

/// An index predicate is printed as a list of conjuncts or as one expression.
fn trees(text: Option<&str>) -> Vec<Expr> {
    text.map(expressions).unwrap_or_default()
}

fn function(row: &Row) -> Outcome<Function> {
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

fn operator(row: &Row) -> Outcome<Operator> {
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
