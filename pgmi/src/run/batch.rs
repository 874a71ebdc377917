//! Many rows at once, from a binding that inserts one.

use std::future::Future;
use std::pin::pin;

use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

use super::send::{next, send, value};
use crate::batch::{CopyIn, InsertMany, Many};
use crate::{Client, Error, Query, Result};

/// Inserts all rows in one statement, and gives how many there are now.
///
/// # Errors
/// [`Error`]; then nothing was inserted.
pub fn insert_many<S: InsertMany>(
    rows: &[S],
    client: &impl Client,
) -> impl Future<Output = Result<u64>> + Send {
    async move {
        if rows.is_empty() {
            return Ok(0);
        }
        let many = Many::new(rows)?;
        let mut sent = pin!(send(many.text(&[]), many.values(), client).await?.rows);
        while next(S::NAME, sent.as_mut()).await?.is_some() {}
        Ok(sent.rows_affected().unwrap_or_default())
    }
}

/// Inserts all rows in one statement, and gives what it returns of each.
///
/// # Errors
/// As [`insert_many`].
pub fn insert_many_returning<S: InsertMany + Query>(
    rows: &[S],
    client: &impl Client,
) -> impl Future<Output = Result<Vec<S::Row>>> + Send {
    async move {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let many = Many::new(rows)?;
        super::read_all::<S>(send(many.text(S::COLUMNS), many.values(), client).await?).await
    }
}

/// Sends all rows with COPY, as the iterator gives them, and gives how many there were.
///
/// # Errors
/// [`Error`]; then nothing was inserted.
pub fn copy_in<S: CopyIn + Send>(
    rows: impl IntoIterator<Item = S, IntoIter: Send>,
    client: &impl Client,
) -> impl Future<Output = Result<u64>> + Send {
    let mut rows = rows.into_iter();
    async move {
        let refused = |error| Error::server(S::NAME, error);
        let Some(first) = rows.next() else { return Ok(0) };
        let sink = client.client().copy_in(S::COPY).await.map_err(refused)?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &types(&first)));
        for row in std::iter::once(first).chain(rows) {
            let written = {
                let parameters = row.parameters();
                let values = parameters.as_ref().iter().map(value);
                writer.as_mut().write_raw(values).await
            };
            written.map_err(refused)?;
        }
        writer.finish().await.map_err(refused)
    }
}

fn types<S: CopyIn>(row: &S) -> Vec<Type> {
    row.parameters().as_ref().iter().map(|(_, sql_type)| sql_type.clone()).collect()
}
