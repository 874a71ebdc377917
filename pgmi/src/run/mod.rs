//! From a binding to rows. Bindings call these; each call is one round trip.

mod batch;
mod send;

use std::pin::pin;

use crate::column::verify;
use crate::{Client, Error, Query, Received, Result, Row, RowStream, Rows, Statement};

pub use batch::{copy_in, insert_many, insert_many_returning};
pub(crate) use send::Sent;
use send::{next, send};

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
    let Sent { rows: sent, mut verified } = send(query, Q::COLUMNS, client).await?;
    let (mut sent, mut rows) = (pin!(sent), Vec::new());
    while let Some(row) = next(Q::NAME, sent.as_mut()).await? {
        if !verified {
            verify(Q::NAME, Q::COLUMNS, row.columns())?;
            verified = true;
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
    let mut sent = pin!(send(statement, &[], client).await?.rows);
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
    let Sent { rows: sent, verified } = send(query, Q::COLUMNS, client).await?;
    let (mut sent, mut rows) = (pin!(sent), Vec::new());
    while let Some(row) = next(Q::NAME, sent.as_mut()).await? {
        rows.push(row);
    }
    if let Some(first) = rows.first().filter(|_| !verified) {
        verify(Q::NAME, Q::COLUMNS, first.columns())?;
    }
    Ok(Rows::new(rows))
}

/// The rows as they arrive.
///
/// # Errors
/// [`Error`]
pub async fn stream<Q: Query>(query: &Q, client: &impl Client) -> Result<RowStream<Q>> {
    Ok(RowStream::new(send(query, Q::COLUMNS, client).await?))
}

/// Reads a row whose columns were verified.
pub(crate) fn read<Q: Query>(row: &Row) -> Result<Q::Row> {
    Q::row(row).map_err(|error| error.of(Q::NAME))
}

/// The only row of a query, verified. Waits for the end: an error may follow the row.
async fn only<Q: Query>(query: &Q, client: &impl Client) -> Result<Option<Row>> {
    let Sent { rows: sent, verified } = send(query, Q::COLUMNS, client).await?;
    let mut sent = pin!(sent);
    let Some(row) = next(Q::NAME, sent.as_mut()).await? else { return Ok(None) };
    if !verified {
        verify(Q::NAME, Q::COLUMNS, row.columns())?;
    }
    match next(Q::NAME, sent.as_mut()).await? {
        None => Ok(Some(row)),
        Some(_) => Err(Error::many_rows(Q::NAME)),
    }
}
