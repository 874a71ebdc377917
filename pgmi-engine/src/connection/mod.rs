//! How settings become a connection.
//!
//! [`resolve`] reads flags, environment and project defaults, and answers with a [`Target`] that
//! remembers where each value came from. [`Target::connect`] opens it: hosts, addresses and TLS ways
//! in libpq's order, and a few tries when a failure may pass by itself.
//!
//! Nothing here prints a secret: errors never quote a connection string, `Debug` hides passwords.

mod cancel;
mod connect;
mod driver;
mod endpoint;
mod failure;
mod input;
mod keyword;
mod locality;
mod on_runtime;
mod passfile;
mod resolve;
mod retry;
mod secret;
mod server_error;
mod service;
mod session_kind;
mod settings;
mod source;
mod string;
mod target;
mod tls;
#[cfg(feature = "tls")]
mod tls_failure;

pub use crate::project::ConnectionDefaults as Defaults;
pub use cancel::Cancel;
pub use connect::{ConnectOptions, Connection, NoticeCallback, Pause};
pub use input::{Environment, Flags};
pub use on_runtime::Driven;
pub use resolve::resolve;
pub use server_error::server_error;
pub use source::{Explanation, Source, Standing};
pub use string::for_database;
pub use target::Target;
