//! Reading it: a handful of queries, whatever the size of the schema.

use std::collections::{HashMap, HashSet};

use postgres::{Client, Row};

use super::super::inline::bodies;
use super::super::{IndexDefinition, KeyExpression, KeyPart};
use super::{ExistingIndex, ForeignKey, Ground, Member, NameKind, OpClass, Policy, Stored};
use crate::catalog::{Catalog, Oid};
use crate::connection::server_error;
use crate::describe::tree::{Expr, Var, VarReturning, expressions};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

type Outcome<T> = std::result::Result<T, postgres::Error>;

impl<'a> Ground<'a> {
    /// Reads what is there. `catalog` is that of the same database.
    ///
    /// # Errors
    /// [`Code::CatalogUnreadable`]
    pub fn read(client: &mut Client, catalog: &'a Catalog) -> Result<Self> {
        read(client, catalog).map_err(|error| unreadable(&error))
    }

    /// Reads again, in a transaction or not, what new indexes change.
    ///
    /// # Errors
    /// [`Code::CatalogUnreadable`]
    pub(in crate::index) fn read_again(&self, client: &mut Client) -> Result<Self> {
        let mut again = self.clone();
        again.read_indexes(client).map_err(|error| unreadable(&error))?;
        Ok(again)
    }

    fn read_indexes(&mut self, client: &mut Client) -> Outcome<()> {
        let name = |row: &Row| Ok((row.try_get(0)?, row.try_get(1)?));
        self.taken = all(client, include_str!("taken.sql"), name)?;
        self.existing = all(client, include_str!("indexes.sql"), |row| existing(row, self))?;
        Ok(())
    }
}

fn unreadable(error: &postgres::Error) -> Error {
    let message = "the indexes of the database cannot be read";
    let diagnostic = Diagnostic::error(Code::CatalogUnreadable, message);
    match error.as_db_error() {
        Some(error) => diagnostic.server(server_error(error)),
        None => diagnostic.note(error.to_string()),
    }
    .into()
}

fn read<'a>(client: &mut Client, catalog: &'a Catalog) -> Outcome<Ground<'a>> {
    let mut members: HashMap<Oid, Vec<Member>> = HashMap::new();
    for row in client.query(include_str!("members.sql"), &[])? {
        members.entry(row.try_get(0)?).or_default().push(Member {
            family: row.try_get(1)?,
            strategy: row.try_get(2)?,
            sorts: row.try_get(3)?,
        });
    }
    let mut ground = Ground {
        catalog,
        classes: all(client, include_str!("classes.sql"), class)?,
        members,
        columns: all(client, include_str!("columns.sql"), column)?.into_iter().collect(),
        names: names(client)?,
        writes_by_settings: HashSet::new(),
        reads_by_settings: HashSet::new(),
        foreign_keys: all(client, include_str!("foreign_keys.sql"), foreign_key)?,
        policies: all(client, include_str!("policies.sql"), policy)?
            .into_iter()
            .flatten()
            .collect(),
        bodies: bodies(client)?,
        taken: Vec::new(),
        existing: Vec::new(),
    };
    for row in client.query(include_str!("text_forms.sql"), &[])? {
        let oid = row.try_get(0)?;
        if row.try_get(1)? {
            ground.writes_by_settings.insert(oid);
        }
        if row.try_get(2)? {
            ground.reads_by_settings.insert(oid);
        }
    }
    ground.read_indexes(client)?;
    Ok(ground)
}

fn all<T>(client: &mut Client, sql: &str, make: impl Fn(&Row) -> Outcome<T>) -> Outcome<Vec<T>> {
    client.query(sql, &[])?.iter().map(make).collect()
}

fn class(row: &Row) -> Outcome<OpClass> {
    Ok(OpClass {
        oid: row.try_get(0)?,
        schema: row.try_get(1)?,
        name: row.try_get(2)?,
        method: row.try_get(3)?,
        family: row.try_get(4)?,
        input: row.try_get(5)?,
        is_default: row.try_get(6)?,
    })
}

fn column(row: &Row) -> Outcome<((Oid, i32), Stored)> {
    let stored = Stored { collation: row.try_get(2)?, length: row.try_get(3)? };
    Ok(((row.try_get(0)?, row.try_get(1)?), stored))
}

fn names(client: &mut Client) -> Outcome<HashMap<(NameKind, Oid), String>> {
    let name = |row: &Row| {
        let kind = match row.try_get::<_, &str>(0)? {
            "configuration" => NameKind::Configuration,
            "collation" => NameKind::Collation,
            "operator" => NameKind::Operator,
            "relation" => NameKind::Relation,
            "label" => NameKind::Label,
            _ => NameKind::Type,
        };
        Ok(((kind, row.try_get(1)?), row.try_get(2)?))
    };
    Ok(all(client, include_str!("names.sql"), name)?.into_iter().collect())
}

fn foreign_key(row: &Row) -> Outcome<ForeignKey> {
    let letter = |at: usize| -> Outcome<char> {
        Ok(row.try_get::<_, &str>(at)?.chars().next().unwrap_or('a'))
    };
    Ok(ForeignKey {
        name: row.try_get(0)?,
        child: row.try_get(1)?,
        columns: numbers(row, 2)?,
        parent: row.try_get(3)?,
        parent_columns: numbers(row, 4)?,
        on_delete: letter(5)?,
        on_update: letter(6)?,
    })
}

fn numbers(row: &Row, at: usize) -> Outcome<Vec<i32>> {
    Ok(row.try_get::<_, Vec<i16>>(at)?.into_iter().map(i32::from).collect())
}

fn policy(row: &Row) -> Outcome<Option<Policy>> {
    let condition = expressions(row.try_get(3)?).into_iter().next();
    let (relation, permissive) = (row.try_get(0)?, row.try_get(2)?);
    Ok(condition.map(|condition| Policy { relation, permissive, condition }))
}

fn existing(row: &Row, ground: &Ground<'_>) -> Outcome<ExistingIndex> {
    let relation = row.try_get("indrelid")?;
    let columns: Vec<i16> = row.try_get("columns")?;
    let width: i32 = row.try_get("indnkeyatts")?;
    let width = usize::try_from(width).unwrap_or_default();
    let predicate: Option<&str> = row.try_get("indpred")?;
    let parts = parts(row, relation, &columns, ground)?;
    Ok(ExistingIndex {
        oid: row.try_get("indexrelid")?,
        relation,
        keys: keys(row, relation, columns.get(..width).unwrap_or(&columns), ground)?,
        predicate: predicate.map(conjuncts).unwrap_or_default(),
        definition: IndexDefinition {
            schema: row.try_get("nspname")?,
            table: row.try_get("table_name")?,
            name: row.try_get("index_name")?,
            unique: row.try_get("indisunique")?,
            method: row.try_get("amname")?,
            include: included(columns.get(width..).unwrap_or_default(), relation, ground),
            keys: parts.into_iter().take(width).collect(),
            predicate: row.try_get("predicate")?,
            nulls_not_distinct: row.try_get("nulls_not_distinct")?,
        },
        is_valid: row.try_get("indisvalid")?,
        has_constraint: row.try_get("has_constraint")?,
        identifies: row.try_get("identifies")?,
        clusters: row.try_get("clusters")?,
        is_attached: row.try_get("is_attached")?,
        is_foreign: row.try_get("is_foreign")?,
        has_statistics: row.try_get("has_statistics")?,
    })
}

fn conjuncts(text: &str) -> Vec<Expr> {
    expressions(text).iter().flat_map(Expr::conjuncts).cloned().collect()
}

/// The expressions of the key; none at all where one of them cannot be read.
fn keys(row: &Row, relation: Oid, columns: &[i16], ground: &Ground<'_>) -> Outcome<Vec<Expr>> {
    let text: Option<&str> = row.try_get("indexprs")?;
    let mut expressions = text.map(expressions).unwrap_or_default().into_iter();
    let relation = ground.catalog.relation(relation);
    let key = |number: &i16| match number {
        0 => expressions.next(),
        number => {
            let type_oid = relation?.column((*number).into())?.type_oid;
            Some(column_expr(i32::from(*number), type_oid))
        }
    };
    Ok(columns.iter().map(key).collect::<Option<_>>().unwrap_or_default())
}

/// A column of relation 1.
fn column_expr(number: i32, type_oid: Oid) -> Expr {
    let returning = VarReturning::Default;
    Expr::Var(Var { relation: 1, attribute: number, levels_up: 0, type_oid, returning })
}

fn included(columns: &[i16], relation: Oid, ground: &Ground<'_>) -> Vec<String> {
    let Some(relation) = ground.catalog.relation(relation) else { return Vec::new() };
    let column = |number: &i16| relation.column((*number).into());
    columns.iter().filter_map(column).map(|column| column.name.clone()).collect()
}

fn parts(row: &Row, relation: Oid, columns: &[i16], ground: &Ground<'_>) -> Outcome<Vec<KeyPart>> {
    let texts: Vec<Option<String>> = row.try_get("parts")?;
    let classes: Vec<Oid> = row.try_get("classes")?;
    let collations: Vec<Oid> = row.try_get("collations")?;
    let options: Vec<i16> = row.try_get("options")?;
    let class_options: Option<Vec<Option<String>>> = row.try_get("class_options")?;
    let table = ground.catalog.relation(relation);
    let part = |(at, number): (usize, &i16)| {
        let column = table.and_then(|table| table.column((*number).into()));
        let expression = match column {
            Some(column) => KeyExpression::Column(column.name.clone()),
            None => KeyExpression::Expression(bare(texts.get(at).cloned().flatten())),
        };
        let usual = column.map(|column| ground.collation_of(relation, column.number));
        let collation = collations.get(at).copied().filter(|it| *it != 0 && Some(*it) != usual);
        let option = options.get(at).copied().unwrap_or_default();
        let class_options = class_options.as_ref().and_then(|all| all.get(at)?.as_deref());
        KeyPart {
            expression,
            // That of an expression is said where it is not the database's own.
            collation: collation
                .filter(|it| usual.is_some() || *it != DEFAULT_COLLATION)
                .and_then(|it| ground.name(NameKind::Collation, it).map(str::to_owned)),
            opclass: classes.get(at).and_then(|class| {
                opclass(*class, column.map(|it| it.type_oid), ground, class_options)
            }),
            // INDOPTION_DESC, INDOPTION_NULLS_FIRST
            descending: option & 1 != 0,
            nulls_first: option & 2 != 0,
        }
    };
    Ok(columns.iter().enumerate().map(part).collect())
}

const DEFAULT_COLLATION: Oid = 100;

/// `pg_get_indexdef` puts parentheses around what is not a call.
fn bare(text: Option<String>) -> String {
    let text = text.unwrap_or_default();
    match text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inner) if is_balanced(inner) => inner.to_owned(),
        _ => text,
    }
}

fn is_balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for token in crate::sql::tokens(text) {
        match text.get(token.span) {
            Some("(") => depth += 1,
            Some(")") => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// The class of a key, where it is not that of its type; that of an expression where it is no default at all.
fn opclass(
    class: Oid,
    type_oid: Option<Oid>,
    ground: &Ground<'_>,
    options: Option<&str>,
) -> Option<String> {
    let class = ground.classes.iter().find(|it| it.oid == class)?;
    let is_usual = match type_oid {
        Some(type_oid) => ground
            .default_class(&class.method, type_oid)
            .is_some_and(|default| default.oid == class.oid),
        None => class.is_default,
    };
    let options = options.filter(|it| !it.is_empty()).map(|it| format!("({it})"));
    if is_usual && options.is_none() {
        return None;
    }
    Some(format!("{}{}", class.sql(), options.unwrap_or_default()))
}
