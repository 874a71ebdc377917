//! The two drivers: what is done with a client of either in the same way.

use std::collections::BTreeMap;
use std::sync::Mutex;

use pgmi_engine::connection::{ConnectOptions, Target};

use super::clients::Kinds;
use super::error::TestDatabaseError;
use super::ground::{Ground, Runtimes};

/// A client of one of the drivers.
pub trait TestClient: Sized + Send + 'static {
    /// What its connection lives on.
    #[doc(hidden)]
    type Ground: Ground;

    /// Runs SQL in one round trip and returns the first column of each row. For us alone: not inside a runtime.
    #[doc(hidden)]
    fn ask(
        &mut self,
        ground: &Self::Ground,
        sql: &str,
    ) -> Result<Vec<Option<String>>, tokio_postgres::Error>;

    /// Whether its connection is known to have ended.
    #[doc(hidden)]
    fn is_gone(&self) -> bool;

    /// Those that are lent from test to test.
    #[doc(hidden)]
    fn kinds() -> &'static Kinds<Self>;
}

impl TestClient for tokio_postgres::Client {
    type Ground = Runtimes;

    fn ask(
        &mut self,
        ground: &Runtimes,
        sql: &str,
    ) -> Result<Vec<Option<String>>, tokio_postgres::Error> {
        Ok(first_column(ground.runtime().block_on(self.simple_query(sql))?))
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
    type Ground = ();

    fn ask(&mut self, _: &(), sql: &str) -> Result<Vec<Option<String>>, tokio_postgres::Error> {
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

/// Connects and blocks.
pub(super) fn connect_blocking(target: &Target) -> Result<postgres::Client, TestDatabaseError> {
    Ok(target.connect(ConnectOptions::default())?.client)
}
