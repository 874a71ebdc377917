//! From a binding to rows. Bindings call these; each call is one round trip.

use std::future::poll_fn;
use std::pin::{Pin, pin};

use futures_core::Stream;

use crate::column::verify;
use crate::{Client, Error, Query, Received, Result, Row, RowStream, Rows, Statement};

/// The only row.
///
/// # Errors
/// [`Error`], also where there is no row, or more than one.
pub async fn one<Q: Query>(query: &Q, client: &impl Client) -> Result<Q::Row> {
    let row = only(query, client).await?.ok_or_else(|| Error::no_row(Q::NAME))?;
    read::<Q>(&row)
}

/// The only row, if there is one.
///
/// # Errors
/// [`Error`], also where there is more than one.
pub async fn optional<Q: Query>(query: &Q, client: &impl Client) -> Result<Option<Q::Row>> {
    only(query, client).await?.as_ref().map(read::<Q>).transpose()
}

/// All rows.
///
/// # Errors
/// [`Error`]
pub async fn many<Q: Query>(query: &Q, client: &impl Client) -> Result<Vec<Q::Row>> {
    let mut sent = pin!(send(query, client).await?);
    let mut rows = Vec::new();
    while let Some(row) = next(Q::NAME, sent.as_mut()).await? {
        if rows.is_empty() {
            verify(Q::NAME, Q::COLUMNS, &row)?;
        }
        rows.push(read::<Q>(&row)?);
    }
    Ok(rows)
}

/// How many rows were changed.
///
/// # Errors
/// [`Error`]
pub async fn execute<S: Statement>(statement: &S, client: &impl Client) -> Result<u64> {
    let mut sent = pin!(send(statement, client).await?);
    while next(S::NAME, sent.as_mut()).await?.is_some() {}
    Ok(sent.rows_affected().unwrap_or_default())
}

/// As [`one`], not yet read.
///
/// # Errors
/// As [`one`].
pub async fn one_ref<Q: Query>(query: &Q, client: &impl Client) -> Result<Received<Q>> {
    let row = only(query, client).await?.ok_or_else(|| Error::no_row(Q::NAME))?;
    Ok(Received::new(row))
}

/// As [`optional`], not yet read.
///
/// # Errors
/// As [`optional`].
pub async fn optional_ref<Q: Query>(
    query: &Q,
    client: &impl Client,
) -> Result<Option<Received<Q>>> {
    Ok(only(query, client).await?.map(Received::new))
}

/// As [`many`], not yet read.
///
/// # Errors
/// As [`many`].
pub async fn many_ref<Q: Query>(query: &Q, client: &impl Client) -> Result<Rows<Q>> {
    let mut sent = pin!(send(query, client).await?);
    let mut rows = Vec::new();
    while let Some(row) = next(Q::NAME, sent.as_mut()).await? {
        rows.push(row);
    }
    if let Some(first) = rows.first() {
        verify(Q::NAME, Q::COLUMNS, first)?;
    }
    Ok(Rows::new(rows))
}

/// The rows as they arrive.
///
/// # Errors
/// [`Error`]
pub async fn stream<Q: Query>(query: &Q, client: &impl Client) -> Result<RowStream<Q>> {
    Ok(RowStream::new(send(query, client).await?))
}

/// Reads a row whose columns were verified.
pub(crate) fn read<Q: Query>(row: &Row) -> Result<Q::Row> {
    Q::row(row).map_err(|error| error.of(Q::NAME))
}

/// Types are known, so that nothing needs to be asked first: Parse, Bind, Describe, Execute and Sync are one
/// message.
async fn send<S: Statement>(
    statement: &S,
    client: &impl Client,
) -> Result<tokio_postgres::RowStream> {
    let sent = client.client().query_typed_raw(S::SQL, statement.parameters()).await;
    sent.map_err(|error| Error::server(S::NAME, error))
}

async fn next(
    query: &'static str,
    mut sent: Pin<&mut tokio_postgres::RowStream>,
) -> Result<Option<Row>> {
    match poll_fn(|context| sent.as_mut().poll_next(context)).await {
        Some(Ok(row)) => Ok(Some(Row::new(row))),
        Some(Err(error)) => Err(Error::server(query, error)),
        None => Ok(None),
    }
}

/// The only row of a query, verified. Waits for the end: an error may follow the row.
async fn only<Q: Query>(query: &Q, client: &impl Client) -> Result<Option<Row>> {
    let mut sent = pin!(send(query, client).await?);
    let Some(row) = next(Q::NAME, sent.as_mut()).await? else { return Ok(None) };
    verify(Q::NAME, Q::COLUMNS, &row)?;
    match next(Q::NAME, sent.as_mut()).await? {
        None => Ok(Some(row)),
        Some(_) => Err(Error::many_rows(Q::NAME)),
    }
}
