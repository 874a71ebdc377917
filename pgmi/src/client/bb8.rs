//! Clients of bb8, whatever their manager makes.

use bb8::{ManageConnection, PooledConnection};

use super::Client;
use crate::Cached;
use crate::cached::Kept;

impl<M: ManageConnection<Connection: Client>> Client for PooledConnection<'_, M> {
    fn client(&self) -> &tokio_postgres::Client {
        (**self).client()
    }

    fn statements(&self) -> Option<Kept<'_>> {
        (**self).statements()
    }

    fn pooled_statements(&self) -> Option<Kept<'_>> {
        (**self).pooled_statements()
    }
}

/// A manager of bb8 whose connections keep their prepared statements: each is a [`Cached`] of what the manager
/// inside makes.
///
/// ```
/// # async fn pool(config: tokio_postgres::Config) -> Result<(), tokio_postgres::Error> {
/// # use tokio_postgres::NoTls;
/// let manager = bb8_postgres::PostgresConnectionManager::new(config, NoTls);
/// let pool = bb8::Pool::builder().build(pgmi::CachedManager::new(manager)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CachedManager<M> {
    manager: M,
    capacity: usize,
}

impl<M> CachedManager<M> {
    /// Connections keep as many statements as [`Cached::new`] does.
    pub fn new(manager: M) -> Self {
        Self::with_capacity(manager, Cached::<()>::CAPACITY)
    }

    /// Connections keep this many statements.
    pub fn with_capacity(manager: M, capacity: usize) -> Self {
        Self { manager, capacity }
    }
}

impl<M: ManageConnection> ManageConnection for CachedManager<M> {
    type Connection = Cached<M::Connection>;
    type Error = M::Error;

    async fn connect(&self) -> Result<Self::Connection, Self::Error> {
        Ok(Cached::with_capacity(self.manager.connect().await?, self.capacity))
    }

    async fn is_valid(&self, connection: &mut Self::Connection) -> Result<(), Self::Error> {
        self.manager.is_valid(connection).await
    }

    fn has_broken(&self, connection: &mut Self::Connection) -> bool {
        self.manager.has_broken(connection)
    }
}
