//! Clients of deadpool-postgres. Their pool keeps prepared statements with each connection.

use deadpool_postgres::{ClientWrapper, Object, Transaction};

use super::Client;
use crate::cached::Kept;

impl Client for ClientWrapper {
    fn client(&self) -> &tokio_postgres::Client {
        self
    }

    fn pooled_statements(&self) -> Option<Kept<'_>> {
        Some(Kept::Deadpool(&self.statement_cache))
    }
}

impl Client for Object {
    fn client(&self) -> &tokio_postgres::Client {
        (**self).client()
    }

    fn pooled_statements(&self) -> Option<Kept<'_>> {
        (**self).pooled_statements()
    }
}

impl Client for Transaction<'_> {
    fn client(&self) -> &tokio_postgres::Client {
        tokio_postgres::Transaction::client(self)
    }

    fn pooled_statements(&self) -> Option<Kept<'_>> {
        Some(Kept::Deadpool(&self.statement_cache))
    }
}
