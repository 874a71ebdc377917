//! The database of a test.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use pgmi_engine::connection::Target;
use pgmi_engine::diagnostic::{Code, Diagnostic};

use super::connected::{connect, connect_blocking};
use super::error::TestDatabaseError;
use super::lease::Lease;
use super::rollback::Home;
use super::source::{IntoError, lock};

/// The database of a test, with a client that is connected to it.
///
/// A test marked with [`#[pgmi::test]`](crate::test) takes it as its parameter: with a
/// [`tokio_postgres::Client`] in an async test, as a `TestDatabase<postgres::Client>` in one that is not.
/// It derefs to the client, and queries run on it:
///
/// ```ignore
/// #[pgmi::test]
/// async fn a_task_can_be_done(db: pgmi::TestDatabase) -> pgmi::Result<()> {
///     db::CompleteTask { id: 7 }.execute(&db).await?;
///     Ok(())
/// }
/// ```
///
/// It is dropped after the test, whoever is still connected.
pub struct TestDatabase<C = tokio_postgres::Client> {
    client: Client<C>,
    shared: Arc<Shared>,
}

/// What is known of a database while its test runs.
pub(super) struct Shared {
    pub(super) target: Target,
    pub(super) connection_string: String,
    /// There is a transaction that others would not see into.
    pub(super) rollback: bool,
}

impl Shared {
    pub(super) fn new(lease: &Lease, rollback: bool) -> Self {
        let connection_string = lease.connection_string().to_owned();
        Self { target: lease.target().clone(), connection_string, rollback }
    }
}

/// A client that goes home when the test is over, where it has one.
pub(super) struct Client<C> {
    /// Always there, but while it is dropped.
    client: Option<C>,
    home: Option<Home<C>>,
}

impl<C> TestDatabase<C> {
    pub(super) fn new(client: C, home: Option<Home<C>>, shared: Arc<Shared>) -> Self {
        Self { client: Client { client: Some(client), home }, shared }
    }

    /// The name of the database.
    pub fn name(&self) -> &str {
        self.shared.target.database()
    }

    /// How another client reaches it: libpq's keywords and values, or the URL that `PGMI_SERVER` is, with this
    /// database. May contain a password.
    ///
    /// With `rollback` it sees nothing of what the test does.
    pub fn connection_string(&self) -> &str {
        &self.shared.connection_string
    }

    /// The client.
    pub fn client(&self) -> &C {
        &self.client
    }

    /// The client, for what needs it alone, such as a transaction.
    pub fn client_mut(&mut self) -> &mut C {
        &mut self.client
    }

    fn check_further(&self) -> Result<(), TestDatabaseError> {
        match self.shared.rollback {
            false => Ok(()),
            true => Err(Diagnostic::error(
                Code::TestFailed,
                "a test that is rolled back has one connection: another one would not see what it does",
            )
            .help("leave `rollback` out: the test then has a database of its own")
            .into_error()),
        }
    }
}

impl TestDatabase<tokio_postgres::Client> {
    /// A further connection. It ends with its client.
    ///
    /// # Errors
    /// The server accepts no more; or the test is one that is rolled back.
    pub async fn connect(&self) -> Result<tokio_postgres::Client, TestDatabaseError> {
        self.check_further()?;
        connect(&self.shared.target).await
    }
}

impl TestDatabase<postgres::Client> {
    /// A further connection. It ends with its client.
    ///
    /// # Errors
    /// The server accepts no more; or the test is one that is rolled back.
    pub fn connect(&self) -> Result<postgres::Client, TestDatabaseError> {
        self.check_further()?;
        connect_blocking(&self.shared.target)
    }
}

impl crate::Client for TestDatabase<tokio_postgres::Client> {
    fn client(&self) -> &tokio_postgres::Client {
        &self.client
    }
}

impl<C> Deref for TestDatabase<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.client
    }
}

impl<C> DerefMut for TestDatabase<C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.client
    }
}

impl<C> fmt::Debug for TestDatabase<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TestDatabase").field(&self.name()).finish()
    }
}

impl<C> Deref for Client<C> {
    type Target = C;

    fn deref(&self) -> &C {
        match &self.client {
            Some(client) => client,
            None => unreachable!("only `drop` takes it"),
        }
    }
}

impl<C> DerefMut for Client<C> {
    fn deref_mut(&mut self) -> &mut C {
        match &mut self.client {
            Some(client) => client,
            None => unreachable!("only `drop` takes it"),
        }
    }
}

impl<C> Drop for Client<C> {
    fn drop(&mut self) {
        if let Some(home) = &self.home {
            *lock(home) = self.client.take();
        }
    }
}
