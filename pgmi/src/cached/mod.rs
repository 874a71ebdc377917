//! Prepared statements, kept with the connection that knows them.

mod kept;
mod statements;

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::Client;

pub use kept::Kept;
pub(crate) use kept::Wanted;
pub use statements::Statements;

/// A client whose statements are prepared once, at their first call, and used from then on.
///
/// Without it each call is one round trip that stands alone: PostgreSQL parses and plans the statement each time,
/// and every pooler can be in between. With it the first call of a query is two round trips, each later one is one,
/// and PostgreSQL neither parses the statement nor, after five calls, plans it.
///
/// ```
/// # async fn connect(config: tokio_postgres::Config) -> Result<(), tokio_postgres::Error> {
/// let (client, connection) = config.connect(tokio_postgres::NoTls).await?;
/// let client = pgmi::Cached::new(client);
/// # Ok(())
/// # }
/// ```
///
/// The statements live as long as the connection, so wrap where connections are made: see `CachedManager` for bb8.
/// A client of deadpool-postgres can be wrapped at each use: its pool keeps statements with the connection, and
/// those are taken. (There are as many as the program has queries; they are never thrown out.)
///
/// Columns are held against what the query was compiled for when it is prepared. A statement that PostgreSQL has
/// forgotten (`DISCARD ALL`), or whose result has changed with the schema, is prepared anew: outside of a
/// transaction the call goes on, inside of one the transaction is lost and the error says so.
///
/// Not for a pooler in transaction mode, unless it follows prepared statements as PgBouncer does with
/// `max_prepared_statements` since 1.21.
pub struct Cached<C> {
    client: C,
    statements: Arc<Statements>,
}

impl<C> Cached<C> {
    /// How many statements are kept where nothing else is said.
    pub const CAPACITY: usize = 256;

    /// Keeps up to [`Self::CAPACITY`] statements; then the one goes whose last use is longest ago.
    pub fn new(client: C) -> Self {
        Self::with_capacity(client, Self::CAPACITY)
    }

    /// Keeps up to this many statements, at least one.
    pub fn with_capacity(client: C, capacity: usize) -> Self {
        Self { client, statements: Arc::new(Statements::new(capacity)) }
    }

    /// Forgets all statements, as after `DEALLOCATE ALL`.
    pub fn clear(&self) {
        self.statements.clear();
    }

    /// How many statements are kept.
    pub fn len(&self) -> usize {
        self.statements.len()
    }

    /// Whether no statement is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The client alone; the statements go with the last transaction that uses them.
    pub fn into_inner(self) -> C {
        self.client
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn split(&mut self) -> (&mut C, &Statements) {
        (&mut self.client, &self.statements)
    }

    fn share<D>(client: D, statements: &Arc<Statements>) -> Cached<D> {
        Cached { client, statements: Arc::clone(statements) }
    }
}

impl Cached<tokio_postgres::Client> {
    /// Begins a transaction that uses the same statements.
    ///
    /// # Errors
    /// As [`tokio_postgres::Client::transaction`].
    pub async fn transaction(
        &mut self,
    ) -> Result<Cached<tokio_postgres::Transaction<'_>>, tokio_postgres::Error> {
        let transaction = self.client.transaction().await?;
        Ok(Self::share(transaction, &self.statements))
    }
}

impl Cached<tokio_postgres::Transaction<'_>> {
    /// Begins a transaction inside this one, with a savepoint.
    ///
    /// # Errors
    /// As [`tokio_postgres::Transaction::transaction`].
    pub async fn transaction(
        &mut self,
    ) -> Result<Cached<tokio_postgres::Transaction<'_>>, tokio_postgres::Error> {
        let transaction = self.client.transaction().await?;
        Ok(Self::share(transaction, &self.statements))
    }

    /// Ends the transaction; what it did holds.
    ///
    /// # Errors
    /// As [`tokio_postgres::Transaction::commit`].
    pub async fn commit(self) -> Result<(), tokio_postgres::Error> {
        self.client.commit().await
    }

    /// Ends the transaction; what it did is undone.
    ///
    /// # Errors
    /// As [`tokio_postgres::Transaction::rollback`].
    pub async fn rollback(self) -> Result<(), tokio_postgres::Error> {
        self.client.rollback().await
    }
}

impl<C: Client> Client for Cached<C> {
    fn client(&self) -> &tokio_postgres::Client {
        self.client.client()
    }

    fn statements(&self) -> Option<Kept<'_>> {
        Some(self.client.pooled_statements().unwrap_or(Kept::Own(&self.statements)))
    }
}

impl<C> Deref for Cached<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.client
    }
}

impl<C> DerefMut for Cached<C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.client
    }
}

impl<C> fmt::Debug for Cached<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cached").field("statements", &self.len()).finish_non_exhaustive()
    }
}
