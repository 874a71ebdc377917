//! What queries run on.

/// Anything with a connection to PostgreSQL: a client, a transaction, a client of a pool.
///
/// The statements of a transaction are those of its client, so that one method is enough.
pub trait Client: Sync {
    /// The connection that a query is sent on.
    fn client(&self) -> &tokio_postgres::Client;
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
