#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod embedded;

pub use embedded::{Embedded, EmbeddedFile};
#[cfg(feature = "macros")]
pub use pgmi_macros::embed;

#[cfg(feature = "deploy")]
mod deploy;
#[cfg(feature = "deploy")]
pub use deploy::DeployError;
/// The engine, for programs that want to say more than [`Embedded::deploy`] takes.
#[cfg(feature = "deploy")]
pub use pgmi_engine as engine;
#[cfg(feature = "deploy")]
pub use pgmi_engine::session::DeployReport;

#[cfg(feature = "test")]
#[doc(hidden)]
pub mod testing;
#[cfg(feature = "test")]
pub use self::testing::{TestDatabase, TestDatabaseError};
#[cfg(feature = "test")]
pub use pgmi_macros::{sql_tests, test};

#[cfg(feature = "queries")]
#[doc(hidden)]
pub mod argument;
#[cfg(feature = "queries")]
mod batch;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "queries")]
mod cached;
#[cfg(feature = "queries")]
mod cardinality;
#[cfg(feature = "queries")]
mod client;
#[cfg(feature = "queries")]
mod column;
#[cfg(feature = "queries")]
mod error;
#[cfg(feature = "queries")]
mod pipeline;
#[cfg(feature = "queries")]
mod query;
#[cfg(feature = "queries")]
mod retry;
#[cfg(feature = "queries")]
mod row;
#[cfg(feature = "queries")]
#[doc(hidden)]
pub mod run;
#[cfg(feature = "queries")]
mod stream;
#[cfg(feature = "types")]
pub mod types;
#[cfg(feature = "queries")]
mod values;

#[cfg(feature = "bb8")]
pub use self::client::CachedManager;
#[cfg(feature = "queries")]
#[doc(hidden)]
pub use self::values::Values;
#[cfg(feature = "queries")]
pub use self::{
    batch::{CopyIn, InsertMany},
    cached::Cached,
    cardinality::{Cardinality, Many, NoRows, One, ZeroOrOne},
    client::Client,
    column::Column,
    error::{Error, Result},
    pipeline::{Pipeline, pipeline},
    query::{FromRow, Idempotent, Output, Parameter, ParameterCount, Parameters, Query, Statement},
    retry::{Retry, Source},
    row::{Received, Row, Rows},
    stream::RowStream,
};
#[cfg(all(feature = "macros", feature = "queries"))]
pub use pgmi_macros::{include_queries, query, query_file};
/// The driver that queries run on.
#[cfg(feature = "queries")]
pub use tokio_postgres;
