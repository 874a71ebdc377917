//! One statement on its way, and its rows on theirs.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, ready};

use futures_core::Stream;
use tokio_postgres::types::{ToSql, Type};

use crate::cached::{Kept, Wanted};
use crate::{Client, Column, Error, Parameter, Query, Result, Row, Statement};

/// A statement that was sent.
pub(crate) struct Sent {
    pub rows: tokio_postgres::RowStream,
    /// Whether its columns are known to be right, as those of a prepared statement are.
    pub verified: bool,
}

/// What is sent: the name of the query, its SQL, and the columns that it must return.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    pub query: &'static str,
    pub sql: &'static str,
    pub columns: &'static [Column],
}

impl Text {
    /// That of a statement whose rows, if there are any, nobody reads.
    pub fn of<S: Statement>() -> Self {
        Self { query: S::NAME, sql: S::SQL, columns: &[] }
    }

    /// That of a query.
    pub fn of_query<Q: Query>() -> Self {
        Self { columns: Q::COLUMNS, ..Self::of::<Q>() }
    }
}

/// Sends a statement in one round trip; in two where it has to be prepared first.
pub(crate) async fn send<'p>(
    text: Text,
    parameters: impl IntoIterator<Item = Parameter<'p>, IntoIter: ExactSizeIterator + Send>
    + AsRef<[Parameter<'p>]>
    + Send
    + Sync,
    client: &impl Client,
) -> Result<Sent> {
    match client.statements() {
        Some(kept) => {
            let rows = prepared(text, parameters.as_ref(), client.client(), kept).await?;
            Ok(Sent { rows, verified: true })
        }
        // Types are known, so that nothing needs to be asked: Parse, Bind, Describe, Execute and Sync are one
        // message.
        None => {
            let sent = client.client().query_typed_raw(text.sql, parameters).await;
            let rows = sent.map_err(|error| Error::server(text.query, error))?;
            Ok(Sent { rows, verified: false })
        }
    }
}

/// Bind, Execute and Sync of a statement that PostgreSQL knows already, or is told first.
///
/// What nearly never happens is in a box: futures are moved with all that they may need.
async fn prepared(
    text: Text,
    parameters: &[Parameter<'_>],
    client: &tokio_postgres::Client,
    kept: Kept<'_>,
) -> Result<tokio_postgres::RowStream> {
    let Text { query, sql, columns } = text;
    let wanted = Wanted { query, sql, parameters, columns };
    let known = match kept.known(&wanted) {
        Some(known) => known,
        None => kept.prepare(client, &wanted).await?,
    };
    match client.query_raw(&known, parameters.iter().map(value)).await {
        Ok(rows) => Ok(rows),
        Err(error) => Box::pin(again(error, &wanted, client, kept)).await,
    }
}

/// Refused at Bind, nothing of it ran: it can be prepared anew, except in a transaction, which is lost by now.
async fn again(
    error: tokio_postgres::Error,
    wanted: &Wanted<'_>,
    client: &tokio_postgres::Client,
    kept: Kept<'_>,
) -> Result<tokio_postgres::RowStream> {
    let refused = |error| {
        let error = Error::server(wanted.query, error);
        if error.is_stale_statement() {
            kept.forget(wanted);
        }
        error
    };
    let error = refused(error);
    if !error.is_stale_statement() {
        return Err(error);
    }
    let again = async {
        let known = kept.prepare(client, wanted).await?;
        client.query_raw(&known, wanted.parameters.iter().map(value)).await.map_err(refused)
    };
    again.await.map_err(|other| if other.is_in_failed_transaction() { error } else { other })
}

/// A parameter without its type. A function, and each lifetime by itself: rustc forgets in a future which of them are
/// the same.
pub(super) fn value<'v, 'd>(
    (value, _): &'v (&(dyn ToSql + Sync + 'd), Type),
) -> &'v (dyn ToSql + Sync + 'd) {
    *value
}

/// The next row, its columns not verified.
pub(crate) async fn next(
    query: &'static str,
    mut rows: Pin<&mut tokio_postgres::RowStream>,
) -> Result<Option<Row>> {
    match poll_fn(|context| rows.as_mut().poll_next(context)).await {
        Some(Ok(row)) => Ok(Some(Row::new(row))),
        Some(Err(error)) => Err(Error::server(query, error)),
        None => Ok(None),
    }
}

/// Hands on each row, its columns not verified. One future for all rows: one for each costs a tenth of reading them.
pub(crate) async fn each(
    query: &'static str,
    mut rows: Pin<&mut tokio_postgres::RowStream>,
    mut row: impl FnMut(Row) -> Result<()>,
) -> Result<()> {
    poll_fn(|context| {
        loop {
            let done = match ready!(rows.as_mut().poll_next(context)) {
                Some(Ok(received)) => match row(Row::new(received)) {
                    Ok(()) => continue,
                    Err(error) => Err(error),
                },
                Some(Err(error)) => Err(Error::server(query, error)),
                None => Ok(()),
            };
            return Poll::Ready(done);
        }
    })
    .await
}
