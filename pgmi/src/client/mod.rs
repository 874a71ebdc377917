//! What queries run on.

#[cfg(feature = "bb8")]
mod bb8;
#[cfg(feature = "deadpool")]
mod deadpool;
mod pointer;

use crate::cached::Kept;

#[cfg(feature = "bb8")]
pub use bb8::CachedManager;

/// Anything with a connection to PostgreSQL: a client, a transaction, a client of a pool, a reference to one.
///
/// | | |
/// |---|---|
/// | `tokio_postgres` | `Client`, `Transaction` |
/// | feature `deadpool` | `deadpool_postgres::Client`, `ClientWrapper`, `Transaction` |
/// | feature `bb8` | `bb8::PooledConnection`, whatever its manager makes |
/// | | [`Cached`](crate::Cached) around any of these; `&C`, `&mut C`, `Box<C>`, `Arc<C>` |
///
/// The statements of a transaction are those of its client, so that one method is enough.
#[diagnostic::on_unimplemented(
    message = "no query runs on `{Self}`",
    note = "queries run on clients and transactions of tokio-postgres, and on those of deadpool-postgres and bb8 \
            with the features `deadpool` and `bb8` of pgmi"
)]
pub trait Client: Sync {
    /// The connection that a query is sent on.
    fn client(&self) -> &tokio_postgres::Client;

    /// The prepared statements that queries use; none where each call stands alone.
    #[doc(hidden)]
    fn statements(&self) -> Option<Kept<'_>> {
        None
    }

    /// Prepared statements that a pool keeps with this connection.
    #[doc(hidden)]
    fn pooled_statements(&self) -> Option<Kept<'_>> {
        None
    }
}

impl Client for tokio_postgres::Client {
    fn client(&self) -> &tokio_postgres::Client {
        self
    }
}

impl Client for tokio_postgres::Transaction<'_> {
    fn client(&self) -> &tokio_postgres::Client {
        tokio_postgres::Transaction::client(self)
    }
}
