//! From a binding to rows, as `run` does it.

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::Type;
use postgres::{GenericClient, RowIter};

use super::Client;
use crate::batch::{InsertMany, Many};
use crate::cached::Statements;
use crate::column::verify;
use crate::run::read;
use crate::{Column, Error, Query, Result, Row, Statement};

/// The only row.
///
/// # Errors
/// [`Error`], also where there is no row, or more than one.
pub fn one<Q: Query>(query: &Q, client: &mut impl Client) -> Result<Q::Row> {
    optional(query, client)?.ok_or_else(|| Error::no_row(Q::NAME))
}

/// The only row, if there is one.
///
/// # Errors
/// [`Error`], also where there is more than one.
pub fn optional<Q: Query>(query: &Q, client: &mut impl Client) -> Result<Option<Q::Row>> {
    let mut found = None;
    let mut count = 0;
    each(query, Q::COLUMNS, client, |row| {
        count += 1;
        found = Some(row);
        Ok(())
    })?;
    match count {
        0 | 1 => found.as_ref().map(read::<Q>).transpose(),
        _ => Err(Error::many_rows(Q::NAME)),
    }
}

/// All rows.
///
/// # Errors
/// [`Error`]
pub fn many<Q: Query>(query: &Q, client: &mut impl Client) -> Result<Vec<Q::Row>> {
    let mut rows = Vec::new();
    each(query, Q::COLUMNS, client, |row| {
        rows.push(read::<Q>(&row)?);
        Ok(())
    })?;
    Ok(rows)
}

/// How many rows were changed.
///
/// # Errors
/// [`Error`]
pub fn execute<S: Statement>(statement: &S, client: &mut impl Client) -> Result<u64> {
    each(statement, &[], client, |_| Ok(()))
}

/// Inserts all rows in one statement, and gives how many there are now.
///
/// # Errors
/// [`Error`]; then nothing was inserted.
pub fn insert_many<S: InsertMany>(rows: &[S], client: &mut impl Client) -> Result<u64> {
    if rows.is_empty() { Ok(0) } else { execute(&Many::new(rows)?, client) }
}

/// Inserts all rows in one statement, and gives what it returns of each.
///
/// # Errors
/// As [`insert_many`].
pub fn insert_many_returning<S: InsertMany + Query>(
    rows: &[S],
    client: &mut impl Client,
) -> Result<Vec<S::Row>> {
    let mut returned = Vec::with_capacity(rows.len());
    if !rows.is_empty() {
        each(&Many::new(rows)?, S::COLUMNS, client, |row| {
            returned.push(read::<S>(&row)?);
            Ok(())
        })?;
    }
    Ok(returned)
}

/// Runs a statement, and gives the number of rows in the end.
fn each<S: Statement>(
    statement: &S,
    columns: &'static [Column],
    client: &mut impl Client,
    row: impl FnMut(Row) -> Result<()>,
) -> Result<u64> {
    let parameters = statement.parameters();
    let (driver, kept) = client.parts();
    let Some(kept) = kept else {
        let sent = driver.query_typed_raw(S::SQL, parameters);
        return read_each(S::NAME, columns, false, sent, row);
    };
    let known = statement_of::<S>(columns, driver, kept, parameters.as_ref())?;
    let values = || parameters.as_ref().iter().map(|(value, _)| *value);
    // Refused at Bind, nothing of it ran: see `run::send`.
    let stale = match driver.query_raw(&known, values()) {
        Ok(sent) => return read_each(S::NAME, columns, true, Ok(sent), row),
        Err(error) => Error::server(S::NAME, error),
    };
    if !stale.is_stale_statement() {
        return Err(stale);
    }
    kept.forget(S::SQL);
    match statement_of::<S>(columns, driver, kept, parameters.as_ref()) {
        Err(error) if error.is_in_failed_transaction() => Err(stale),
        Err(error) => Err(error),
        Ok(known) => {
            let sent = driver.query_raw(&known, values());
            read_each(S::NAME, columns, true, sent, row)
        }
    }
}

fn statement_of<S: Statement>(
    columns: &'static [Column],
    driver: &mut impl GenericClient,
    kept: &Statements,
    parameters: &[crate::Parameter<'_>],
) -> Result<postgres::Statement> {
    if let Some(known) = kept.get(S::SQL, columns) {
        return Ok(known);
    }
    let types: Vec<Type> = parameters.iter().map(|(_, sql_type)| sql_type.clone()).collect();
    let prepared = driver.prepare_typed(S::SQL, &types);
    let prepared = prepared.map_err(|error| Error::server(S::NAME, error))?;
    verify(S::NAME, columns, prepared.columns())?;
    kept.keep(S::SQL, columns, prepared.clone());
    Ok(prepared)
}

fn read_each(
    query: &'static str,
    columns: &'static [Column],
    mut verified: bool,
    sent: std::result::Result<RowIter<'_>, postgres::Error>,
    mut read: impl FnMut(Row) -> Result<()>,
) -> Result<u64> {
    let refused = |error| Error::server(query, error);
    let mut sent = sent.map_err(refused)?;
    while let Some(row) = sent.next().map_err(refused)? {
        let row = Row::new(row);
        // A statement of which no rows are wanted has no columns to verify.
        if !verified && !columns.is_empty() {
            verify(query, columns, row.columns())?;
        }
        verified = true;
        read(row)?;
    }
    Ok(sent.rows_affected().unwrap_or_default())
}
