//! What a test can take.

use pgmi_engine::diagnostic::{Code, Diagnostic};

use super::connected::{TestClient, connect, connect_blocking, connect_to_stay};
use super::database::TestDatabase;
use super::error::TestDatabaseError;
use super::lease::Lease;
use super::rollback::{self, Home, Opened};
use super::run::Test;
use super::source::IntoError;

/// A parameter of an async test.
#[diagnostic::on_unimplemented(
    message = "an async test cannot take `{Self}`",
    note = "it takes `pgmi::TestDatabase`, `tokio_postgres::Client`, or `deadpool_postgres::Pool` with the feature \
            `deadpool`"
)]
pub trait Argument: Sized {
    /// Makes it.
    #[doc(hidden)]
    fn of(test: &Test) -> impl Future<Output = Result<Self, TestDatabaseError>>;
}

/// A parameter of a test that is not async.
#[diagnostic::on_unimplemented(
    message = "a test that is not async cannot take `{Self}`",
    note = "it takes `pgmi::TestDatabase<postgres::Client>` or `postgres::Client`"
)]
pub trait BlockingArgument: Sized {
    /// Makes it.
    #[doc(hidden)]
    fn of(test: &Test) -> Result<Self, TestDatabaseError>;
}

impl Argument for TestDatabase<tokio_postgres::Client> {
    async fn of(test: &Test) -> Result<Self, TestDatabaseError> {
        if !test.case().rollback {
            let shared = test.shared()?;
            let client = connect(&shared.target).await?;
            return Ok(Self::new(client, None, shared));
        }
        let (lease, client) = match rollback::idle(test.case()) {
            Some(idle) => idle,
            None => {
                let lease = rollback::lease(test.case())?;
                let client = connect_to_stay(lease.target()).await?;
                (lease, client)
            }
        };
        client.batch_execute(rollback::BEGIN).await.map_err(|error| lost(&error))?;
        Ok(in_transaction(test, lease, client))
    }
}

impl BlockingArgument for TestDatabase<postgres::Client> {
    fn of(test: &Test) -> Result<Self, TestDatabaseError> {
        if !test.case().rollback {
            let shared = test.shared()?;
            let client = connect_blocking(&shared.target)?;
            return Ok(Self::new(client, None, shared));
        }
        let (lease, mut client) = match rollback::idle(test.case()) {
            Some(idle) => idle,
            None => {
                let lease = rollback::lease(test.case())?;
                let client = connect_blocking(lease.target())?;
                (lease, client)
            }
        };
        client.batch_execute(rollback::BEGIN).map_err(|error| lost(&error))?;
        Ok(in_transaction(test, lease, client))
    }
}

impl Argument for tokio_postgres::Client {
    async fn of(test: &Test) -> Result<Self, TestDatabaseError> {
        connect(&test.shared()?.target).await
    }
}

impl BlockingArgument for postgres::Client {
    fn of(test: &Test) -> Result<Self, TestDatabaseError> {
        connect_blocking(&test.shared()?.target)
    }
}

fn in_transaction<C: TestClient>(test: &Test, lease: Lease, client: C) -> TestDatabase<C> {
    let home = Home::default();
    let shared = test.enter(Opened::new(test.case(), lease, Home::clone(&home)));
    TestDatabase::new(client, Some(home), shared)
}

fn lost(error: &tokio_postgres::Error) -> TestDatabaseError {
    let message = format!("the connection of the test was lost: {error}");
    Diagnostic::error(Code::ConnectionLost, message).into_error()
}
