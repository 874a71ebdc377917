#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod embedded;
#[cfg(feature = "types")]
pub mod types;

pub use embedded::{Embedded, EmbeddedFile};
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
