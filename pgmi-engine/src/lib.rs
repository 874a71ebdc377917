//! The knowledge behind pgmi: a SQL project, and what happens to it inside PostgreSQL.
//!
//! The engine prints nothing, reads no arguments and no environment; its doors (`cargo-pgmi`,
//! `pgmi-build`, `pgmi`) do. The offline half ([`diagnostic`], [`sql`], [`project`],
//! [`query`], [`signature`]) knows no network; the online half (`connection`, `session`, `cluster`) sits behind the feature `postgres`.

pub mod diagnostic;
mod error;
pub mod project;
pub mod query;
pub mod signature;
pub mod sql;

#[cfg(feature = "postgres")]
pub mod catalog;
#[cfg(feature = "postgres")]
pub mod cluster;
#[cfg(feature = "postgres")]
pub mod connection;
#[cfg(feature = "postgres")]
pub mod describe;
#[cfg(feature = "postgres")]
pub mod session;

pub use error::{Error, Result};
