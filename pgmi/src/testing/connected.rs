//! The two drivers: what is done with a client of either in the same way.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

use pgmi_engine::connection::{ConnectOptions, Target};
use tokio::runtime::{Builder, Runtime};

use super::clients::Kinds;
use super::conclude::refused;
use super::error::TestDatabaseError;

/// A client of one of the drivers.
pub trait TestClient: Sized + Send + 'static {
    /// Runs SQL in one round trip and returns the first column of each row. For us alone: not inside a runtime.
    #[doc(hidden)]
    fn ask(&mut self, sql: &str) -> Result<Vec<Option<String>>, tokio_postgres::Error>;

    /// Whether its connection is known to have ended.
    #[doc(hidden)]
    fn is_gone(&self) -> bool;

    /// Those that are lent from test to test.
    #[doc(hidden)]
    fn kinds() -> &'static Kinds<Self>;
}

impl TestClient for tokio_postgres::Client {
    fn ask(&mut self, sql: &str) -> Result<Vec<Option<String>>, tokio_postgres::Error> {
        let messages = match shared_runtime() {
            Some(runtime) => runtime.block_on(self.simple_query(sql))?,
            None => Vec::new(),
        };
        Ok(first_column(messages))
    }

    fn is_gone(&self) -> bool {
        self.is_closed()
    }

    fn kinds() -> &'static Kinds<Self> {
        static KINDS: Kinds<tokio_postgres::Client> = Mutex::new(BTreeMap::new());
        &KINDS
    }
}

impl TestClient for postgres::Client {
    fn ask(&mut self, sql: &str) -> Result<Vec<Option<String>>, tokio_postgres::Error> {
        self.simple_query(sql).map(first_column)
    }

    fn is_gone(&self) -> bool {
        self.is_closed()
    }

    fn kinds() -> &'static Kinds<Self> {
        static KINDS: Kinds<postgres::Client> = Mutex::new(BTreeMap::new());
        &KINDS
    }
}

fn first_column(messages: Vec<tokio_postgres::SimpleQueryMessage>) -> Vec<Option<String>> {
    let rows = messages.into_iter().filter_map(|message| match message {
        tokio_postgres::SimpleQueryMessage::Row(row) => Some(row.get(0).map(str::to_owned)),
        _ => None,
    });
    rows.collect()
}

/// Connects on the test's own runtime.
pub(super) async fn connect(target: &Target) -> Result<tokio_postgres::Client, TestDatabaseError> {
    let driven = target.connect_on_runtime().await?;
    tokio::spawn(driven.driver);
    Ok(driven.client)
}

/// Connects on a runtime that stays when the test's is gone. Blocks.
pub(super) fn connect_to_stay(
    target: &Target,
) -> Result<tokio_postgres::Client, TestDatabaseError> {
    let runtime = shared_runtime().ok_or_else(|| refused("no thread for the connections"))?;
    let driven = runtime.block_on(target.connect_on_runtime())?;
    runtime.spawn(driven.driver);
    Ok(driven.client)
}

/// Connects and blocks.
pub(super) fn connect_blocking(target: &Target) -> Result<postgres::Client, TestDatabaseError> {
    Ok(target.connect(ConnectOptions::default())?.client)
}

/// Drives the connections that are lent from test to test. None where the system has no thread for it.
fn shared_runtime() -> Option<&'static Runtime> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let build = || {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("pgmi-test")
            .enable_all()
            .build()
            .ok()
    };
    RUNTIME.get_or_init(build).as_ref()
}
