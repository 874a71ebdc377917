//! Reading the catalog: a handful of queries, whatever the size of the schema; or of only what is asked for.

use std::collections::HashMap;

use postgres::types::Type as SqlType;
use postgres::{Client, Row};

use super::known::Known;
use super::{Catalog, Function, Oid, Operator, Relation, Type, rows};
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

impl Catalog {
    /// Reads the catalog of the database that `client` is connected to.
    ///
    /// # Errors
    /// [`Code::CatalogUnreadable`]: the connection broke, or the server is none that we know.
    pub fn read(client: &mut Client) -> Result<Self> {
        let read = |client: &mut Client| {
            Ok(Self {
                types: Known::all(types(client, None)?),
                relations: Known::all(relations(client, None)?),
                functions: Known::all(functions(client, None)?),
                operators: Known::all(operators(client, None)?),
                ..ground(client)?
            })
        };
        read(client).map_err(|error| unreadable(&error))
    }

    /// A catalog that knows nothing but what [`Catalog::learn`] reads: for a few questions about a schema of any
    /// size.
    ///
    /// # Errors
    /// As [`Catalog::read`].
    pub(crate) fn sparing(client: &mut Client) -> Result<Self> {
        let ground = ground(client).map_err(|error| unreadable(&error))?;
        Ok(Self {
            types: Known::nothing(),
            relations: Known::nothing(),
            functions: Known::nothing(),
            operators: Known::nothing(),
            ..ground
        })
    }

    /// Whether it was asked for something that was not read.
    pub(crate) fn lacks(&self) -> bool {
        self.types.lacks()
            || self.relations.lacks()
            || self.functions.lacks()
            || self.operators.lacks()
    }

    /// Reads what it was asked for in vain.
    ///
    /// # Errors
    /// As [`Catalog::read`].
    pub(crate) fn learn(&mut self, client: &mut Client) -> Result<()> {
        let mut learn = || {
            more(&mut self.types, |oids| types(client, Some(oids)))?;
            more(&mut self.relations, |oids| relations(client, Some(oids)))?;
            more(&mut self.functions, |oids| functions(client, Some(oids)))?;
            more(&mut self.operators, |oids| operators(client, Some(oids)))
        };
        learn().map_err(|error| unreadable(&error))
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

pub(super) type Outcome<T> = std::result::Result<T, postgres::Error>;

/// What is always read.
fn ground(client: &mut Client) -> Outcome<Catalog> {
    let rows = ask(client, include_str!("ground.sql"), None)?;
    let Some(row) = rows.first() else { return Ok(Catalog::default()) };
    let (version, nondeterministic): (i32, Vec<Oid>) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Catalog {
        version: u32::try_from(version).unwrap_or_default(),
        nondeterministic: nondeterministic.into_iter().collect(),
        ..Catalog::default()
    })
}

fn more<T>(
    known: &mut Known<T>,
    read: impl FnOnce(&[Oid]) -> Outcome<HashMap<Oid, T>>,
) -> Outcome<()> {
    let missed = known.take_missed();
    if !missed.is_empty() {
        known.learn(&missed, read(&missed)?);
    }
    Ok(())
}

/// The objects of a kind; only these, where some are named.
type Only<'a> = Option<&'a [Oid]>;

fn types(client: &mut Client, only: Only<'_>) -> Outcome<HashMap<Oid, Type>> {
    keyed(client, include_str!("types.sql"), only, rows::type_of, |it| it.oid)
}

fn functions(client: &mut Client, only: Only<'_>) -> Outcome<HashMap<Oid, Function>> {
    keyed(client, include_str!("functions.sql"), only, rows::function, |it| it.oid)
}

fn operators(client: &mut Client, only: Only<'_>) -> Outcome<HashMap<Oid, Operator>> {
    keyed(client, include_str!("operators.sql"), only, rows::operator, |it| it.oid)
}

fn relations(client: &mut Client, only: Only<'_>) -> Outcome<HashMap<Oid, Relation>> {
    let sql = include_str!("relations.sql");
    let mut relations = keyed(client, sql, only, rows::relation, |it| it.oid)?;
    for row in ask(client, include_str!("columns.sql"), only)? {
        if let Some(relation) = relations.get_mut(&row.try_get(0)?) {
            relation.columns.push(rows::column(&row)?);
        }
    }
    for row in ask(client, include_str!("keys.sql"), only)? {
        if let Some(relation) = relations.get_mut(&row.try_get(0)?)
            && let Some(key) = rows::key(&row, relation)?
        {
            relation.keys.push(key);
        }
    }
    for row in ask(client, include_str!("checks.sql"), only)? {
        if let Some(relation) = relations.get_mut(&row.try_get(0)?)
            && let Some(check) = rows::check(&row)?
        {
            relation.checks.push(check);
        }
    }
    Ok(relations)
}

fn keyed<T>(
    client: &mut Client,
    sql: &str,
    only: Only<'_>,
    make: impl Fn(&Row) -> Outcome<T>,
    key: impl Fn(&T) -> Oid,
) -> Outcome<HashMap<Oid, T>> {
    let rows = ask(client, sql, only)?;
    rows.iter().map(|row| make(row).map(|it| (key(&it), it))).collect()
}

/// One round trip. Where some are named, the lines behind `only:` count.
fn ask(client: &mut Client, sql: &str, only: Only<'_>) -> Outcome<Vec<Row>> {
    match only {
        None => client.query_typed(sql, &[]),
        Some(oids) => {
            client.query_typed(&sql.replace("-- only: ", ""), &[(&oids, SqlType::OID_ARRAY)])
        }
    }
}
