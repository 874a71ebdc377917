//! One statement on its way, and its rows on theirs.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use crate::cached::{Kept, Wanted};
use crate::{Client, Column, Error, Result, Row, Statement};

/// A statement that was sent.
pub(crate) struct Sent {
    pub rows: tokio_postgres::RowStream,
    /// Whether its columns are known to be right, as those of a prepared statement are.
    pub verified: bool,
}

/// Sends a statement that returns these columns, in one round trip; in two where it has to be prepared first.
pub(crate) async fn send<S: Statement>(
    statement: &S,
    columns: &'static [Column],
    client: &impl Client,
) -> Result<Sent> {
    match client.statements() {
        Some(kept) => {
            let rows = prepared(statement, columns, client.client(), kept).await?;
            Ok(Sent { rows, verified: true })
        }
        // Types are known, so that nothing needs to be asked: Parse, Bind, Describe, Execute and Sync are one
        // message.
        None => {
            let sent = client.client().query_typed_raw(S::SQL, statement.parameters()).await;
            let rows = sent.map_err(|error| Error::server(S::NAME, error))?;
            Ok(Sent { rows, verified: false })
        }
    }
}

/// Bind, Execute and Sync of a statement that PostgreSQL knows already, or is told first.
async fn prepared<S: Statement>(
    statement: &S,
    columns: &'static [Column],
    client: &tokio_postgres::Client,
    kept: Kept<'_>,
) -> Result<tokio_postgres::RowStream> {
    match bound(statement, columns, client, kept).await {
        // Refused at Bind, nothing of it ran: it can be prepared anew, except in a transaction, which is lost by
        // now.
        Err(error) if error.is_stale_statement() => {
            let again = bound(statement, columns, client, kept).await;
            again.map_err(|other| if other.is_in_failed_transaction() { error } else { other })
        }
        done => done,
    }
}

async fn bound<S: Statement>(
    statement: &S,
    columns: &'static [Column],
    client: &tokio_postgres::Client,
    kept: Kept<'_>,
) -> Result<tokio_postgres::RowStream> {
    let parameters = statement.parameters();
    let parameters = parameters.as_ref();
    let wanted = Wanted { query: S::NAME, sql: S::SQL, parameters, columns };
    let known = kept.statement(client, &wanted).await?;
    let sent = client.query_raw(&known, parameters.iter().map(|(value, _)| *value)).await;
    sent.map_err(|error| {
        let error = Error::server(S::NAME, error);
        if error.is_stale_statement() {
            kept.forget(&wanted);
        }
        error
    })
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
