//! PostgreSQL's types in Rust: what the columns and parameters of bindings are.

mod composite;
mod enumeration;
mod void;

pub use tokio_postgres::types::{Field, FromSql, Kind, ToSql, Type};

pub use void::Void;

#[cfg(feature = "with-chrono-0_4")]
pub use chrono;
#[cfg(feature = "with-serde_json-1")]
pub use serde_json;
#[cfg(feature = "with-uuid-1")]
pub use uuid;

/// What the macros of generated types call.
#[doc(hidden)]
pub mod generated {
    pub use super::composite::{Fields, accepts_composite, write_composite};
    pub use super::enumeration::{accepts_enum, label_of, unknown_label};
    pub use tokio_postgres::types::private::BytesMut;
    pub use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
}

/// Why a value could not be read or written.
pub(crate) type BoxedError = Box<dyn std::error::Error + Sync + Send>;
