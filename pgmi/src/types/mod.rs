//! PostgreSQL's types in Rust: what the columns and parameters of bindings are.

pub use tokio_postgres::types::{FromSql, ToSql, Type};

#[cfg(feature = "with-chrono-0_4")]
pub use chrono;
#[cfg(feature = "with-serde_json-1")]
pub use serde_json;
#[cfg(feature = "with-uuid-1")]
pub use uuid;
