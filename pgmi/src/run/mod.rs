//! From a binding to rows. Bindings call these; each call is one round trip.
//!
//! Futures promise here that they are `Send`. Left to find that out for itself, rustc does not see it of a query that
//! borrows its parameters ([rust#100013](https://github.com/rust-lang/rust/issues/100013)), and what calls it could not
//! be spawned.
//!
//! They take the query, or a reference to it. A future that has its query can go where that has no name:
//! `tokio::join!(query!("…").fetch(&client), …)`.

#![expect(
    clippy::manual_async_fn,
    reason = "an `async fn` cannot promise that its future is `Send`"
)]

mod batch;
mod send;

use std::borrow::Borrow;
use std::future::Future;
use std::pin::pin;

use crate::column::verify;
use crate::{Client, Error, FromRow, Query, Received, Result, Row, RowStream, Rows, Statement};

pub use batch::{copy_in, insert_many, insert_many_returning};
pub(crate) use send::{Sent, Text};
use send::{each, next, send};

/// The only row.
///
/// # Errors
/// [`Error`], also where there is no row, or more than one.
pub fn one<Q: Query>(
    query: impl Borrow<Q> + Send,
    client: &impl Client,
) -> impl Future<Output = Result<Q::Row>> + Send {
    async move {
        let row = only(query.borrow(), client).await?.ok_or_else(|| Error::no_row(Q::NAME))?;
        read::<Q>(&row)
    }
}

/// The only row, if there is one.
///
/// # Errors
/// [`Error`], also where there is more than one.
pub fn optional<Q: Query>(
    query: impl Borrow<Q> + Send,
    client: &impl Client,
) -> impl Future<Output = Result<Option<Q::Row>>> + Send {
    async move { only(query.borrow(), client).await?.as_ref().map(read::<Q>).transpose() }
}

/// All rows.
///
/// # Errors
/// [`Error`]
pub fn many<Q: Query>(
    query: impl Borrow<Q> + Send,
    client: &impl Client,
) -> impl Future<Output = Result<Vec<Q::Row>>> + Send {
    async move {
        read_all::<Q>(send(Text::of_query::<Q>(), query.borrow().parameters(), client).await?).await
    }
}

/// How many rows were changed.
///
/// # Errors
/// [`Error`]
pub fn execute<S: Statement>(
    statement: impl Borrow<S> + Send,
    client: &impl Client,
) -> impl Future<Output = Result<u64>> + Send {
    async move {
        let mut sent =
            pin!(send(Text::of::<S>(), statement.borrow().parameters(), client).await?.rows);
        while next(S::NAME, sent.as_mut()).await?.is_some() {}
        Ok(sent.rows_affected().unwrap_or_default())
    }
}

/// As [`one`], not yet read.
///
/// # Errors
/// As [`one`].
pub fn one_ref<Q: Query>(
    query: impl Borrow<Q> + Send,
    client: &impl Client,
) -> impl Future<Output = Result<Received<Q>>> + Send {
    async move {
        let row = only(query.borrow(), client).await?.ok_or_else(|| Error::no_row(Q::NAME))?;
        Ok(Received::new(row))
    }
}

/// As [`optional`], not yet read.
///
/// # Errors
/// As [`optional`].
pub fn optional_ref<Q: Query>(
    query: impl Borrow<Q> + Send,
    client: &impl Client,
) -> impl Future<Output = Result<Option<Received<Q>>>> + Send {
    async move { Ok(only(query.borrow(), client).await?.map(Received::new)) }
}

/// As [`many`], not yet read.
///
/// # Errors
/// As [`many`].
pub fn many_ref<Q: Query>(
    query: impl Borrow<Q> + Send,
    client: &impl Client,
) -> impl Future<Output = Result<Rows<Q>>> + Send {
    async move {
        let Sent { rows: sent, verified } =
            send(Text::of_query::<Q>(), query.borrow().parameters(), client).await?;
        let mut rows = Vec::new();
        each(Q::NAME, pin!(sent), |row| {
            rows.push(row);
            Ok(())
        })
        .await?;
        if let Some(first) = rows.first().filter(|_| !verified) {
            verify(Q::NAME, Q::COLUMNS, first.columns())?;
        }
        Ok(Rows::new(rows))
    }
}

/// The rows as they arrive.
///
/// # Errors
/// [`Error`]
pub fn stream<Q: Query>(
    query: impl Borrow<Q> + Send,
    client: &impl Client,
) -> impl Future<Output = Result<RowStream<Q>>> + Send {
    async move {
        Ok(RowStream::new(send(Text::of_query::<Q>(), query.borrow().parameters(), client).await?))
    }
}

/// Reads every row, the columns verified before the first.
async fn read_all<Q: Query>(sent: Sent) -> Result<Vec<Q::Row>> {
    let Sent { rows: sent, mut verified } = sent;
    let mut rows = Vec::new();
    each(Q::NAME, pin!(sent), |row| {
        if !verified {
            verify(Q::NAME, Q::COLUMNS, row.columns())?;
            verified = true;
        }
        rows.push(read::<Q>(&row)?);
        Ok(())
    })
    .await?;
    Ok(rows)
}

/// Reads a row whose columns were verified.
pub(crate) fn read<Q: Query>(row: &Row) -> Result<Q::Row> {
    Q::Row::from_row(row).map_err(|error| error.of(Q::NAME))
}

/// The only row of a query, verified. Waits for the end: an error may follow the row.
async fn only<Q: Query>(query: &Q, client: &impl Client) -> Result<Option<Row>> {
    let Sent { rows: sent, verified } =
        send(Text::of_query::<Q>(), query.parameters(), client).await?;
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
