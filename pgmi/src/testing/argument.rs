//! What a test can take.

use super::clients::Lent;
use super::connected::{TestClient, connect, connect_blocking};
use super::database::TestDatabase;
use super::error::TestDatabaseError;
use super::rollback::{self, Opened};
use super::run::Test;

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
        let Some(lent) = test.lent() else {
            let shared = test.shared()?;
            let client = connect(&shared.target).await?;
            return Ok(Self::new(client, None, shared));
        };
        rollback::begin(&lent.client).await?;
        Ok(in_transaction(test, lent))
    }
}

impl BlockingArgument for TestDatabase<postgres::Client> {
    fn of(test: &Test) -> Result<Self, TestDatabaseError> {
        if !test.case().rollback {
            let shared = test.shared()?;
            let client = connect_blocking(&shared.target)?;
            return Ok(Self::new(client, None, shared));
        }
        let mut lent = rollback::blocking_client(test.case())?;
        lent.client.batch_execute(rollback::BEGIN).map_err(|error| rollback::lost(&error))?;
        Ok(in_transaction(test, lent))
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

fn in_transaction<C: TestClient>(test: &Test, lent: Lent<C>) -> TestDatabase<C> {
    let (opened, client, home) = Opened::new(lent);
    let shared = test.enter(opened);
    TestDatabase::new(client, Some(home), shared)
}
