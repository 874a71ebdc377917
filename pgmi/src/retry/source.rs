//! Where the client of each attempt comes from.

use std::future::Future;

use crate::types::wire::BoxError;
use crate::{Cached, Client};

/// Where a statement that is tried again gets a client: a pool, a closure that connects, or a client itself, which
/// is enough for all but a lost connection. A transaction is none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no client to try a statement again on",
    note = "give a pool (features `deadpool` and `bb8`), a closure that connects, or a client; in a transaction the \
            whole of it has to be tried again"
)]
pub trait Source: Sync {
    /// What is given.
    type Client<'s>: Client + Send
    where
        Self: 's;

    /// Gives a client whose connection is not known to be lost.
    fn client(&self) -> impl Future<Output = Result<Self::Client<'_>, BoxError>> + Send;
}

impl Source for tokio_postgres::Client {
    type Client<'s> = &'s Self;

    async fn client(&self) -> Result<&Self, BoxError> {
        Ok(self)
    }
}

impl Source for Cached<tokio_postgres::Client> {
    type Client<'s> = &'s Self;

    async fn client(&self) -> Result<&Self, BoxError> {
        Ok(self)
    }
}

impl<F, R, C, E> Source for F
where
    F: Fn() -> R + Sync,
    R: Future<Output = Result<C, E>> + Send,
    C: Client + Send,
    E: Into<BoxError>,
{
    type Client<'s>
        = C
    where
        F: 's;

    async fn client(&self) -> Result<C, BoxError> {
        self().await.map_err(Into::into)
    }
}

#[cfg(feature = "deadpool")]
impl Source for deadpool_postgres::Pool {
    type Client<'s> = deadpool_postgres::Object;

    async fn client(&self) -> Result<deadpool_postgres::Object, BoxError> {
        Ok(self.get().await?)
    }
}

#[cfg(feature = "bb8")]
impl<M> Source for bb8::Pool<M>
where
    M: bb8::ManageConnection<Connection: Client, Error: std::error::Error + Send + Sync>,
{
    type Client<'s> = bb8::PooledConnection<'s, M>;

    async fn client(&self) -> Result<bb8::PooledConnection<'_, M>, BoxError> {
        Ok(self.get().await?)
    }
}
