//! Rows as they arrive.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::column::verify;
use crate::run::{Sent, read};
use crate::{Error, Query, Result, Row};

/// The rows of a query as they arrive, for results that one does not want to hold in memory.
///
/// It is a [`Stream`]; the methods that make streams pleasant are those of the `futures` crate.
pub struct RowStream<Q> {
    rows: Pin<Box<tokio_postgres::RowStream>>,
    verified: bool,
    query: PhantomData<fn() -> Q>,
}

impl<Q: Query> RowStream<Q> {
    pub(crate) fn new(sent: Sent) -> Self {
        let Sent { rows, verified } = sent;
        Self { rows: Box::pin(rows), verified, query: PhantomData }
    }

    fn read(&mut self, row: tokio_postgres::Row) -> Result<Q::Row> {
        let row = Row::new(row);
        if !self.verified {
            verify(Q::NAME, Q::COLUMNS, row.columns())?;
            self.verified = true;
        }
        read::<Q>(&row)
    }
}

impl<Q: Query> Stream for RowStream<Q> {
    type Item = Result<Q::Row>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        Poll::Ready(match ready!(this.rows.as_mut().poll_next(context)) {
            Some(Ok(row)) => Some(this.read(row)),
            Some(Err(error)) => Some(Err(Error::server(Q::NAME, error))),
            None => None,
        })
    }
}

impl<Q: Query> fmt::Debug for RowStream<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowStream").field("query", &Q::NAME).finish_non_exhaustive()
    }
}
