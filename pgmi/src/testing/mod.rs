//! What `#[pgmi::test]` stands on: a database, a runtime, and what becomes of both when the test is over.

mod argument;
mod case;
mod clients;
mod conclude;
mod connected;
mod database;
mod error;
mod ground;
mod lease;
#[cfg(feature = "deadpool")]
mod pool;
mod rollback;
mod run;
mod source;
mod sql;
mod stockkeeper;

pub use argument::{Argument, BlockingArgument};
pub use case::{Case, Flavor};
pub use database::TestDatabase;
pub use error::TestDatabaseError;
pub use run::{Test, asynchronous, blocking};
pub use sql::{sql_test, sql_tests_are};
