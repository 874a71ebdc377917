//! A pool as the parameter of a test.

use deadpool_postgres::{Manager, Pool};
use pgmi_engine::diagnostic::{Code, Diagnostic};
use tokio_postgres::{Config, NoTls};

use super::argument::Argument;
use super::error::TestDatabaseError;
use super::run::Test;
use super::source::IntoError;

/// How many clients it has, as the pool of a small service.
const CLIENTS: usize = 8;

/// For code that takes a pool of its own. Its clients talk to the test's database, without TLS; they end with it.
impl Argument for Pool {
    async fn of(test: &Test) -> Result<Self, TestDatabaseError> {
        let shared = test.shared()?;
        let config: Config = shared.connection_string.parse().map_err(no_pool)?;
        let pool = Pool::builder(Manager::new(config, NoTls)).max_size(CLIENTS).build();
        pool.map_err(no_pool)
    }
}

fn no_pool(error: impl std::fmt::Display) -> TestDatabaseError {
    let message = format!("there is no pool for the test: {error}");
    Diagnostic::error(Code::ConnectionSettings, message)
        .help("take a `pgmi::TestDatabase` and make one from its `connection_string()`")
        .into_error()
}
