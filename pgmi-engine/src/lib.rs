#![doc = include_str!("../README.md")]

pub mod check;
pub mod codegen;
pub mod diagnostic;
mod error;
pub mod inline;
pub mod lint;
pub mod manifest;
pub mod project;
pub mod query;
pub mod report;
pub mod signature;
pub mod sql;
pub mod template;

#[cfg(feature = "postgres")]
pub mod analysis;
#[cfg(feature = "postgres")]
pub mod catalog;
#[cfg(feature = "postgres")]
pub mod cluster;
#[cfg(feature = "postgres")]
pub mod connection;
#[cfg(feature = "postgres")]
pub mod describe;
#[cfg(feature = "postgres")]
pub mod drift;
#[cfg(feature = "index")]
pub mod index;
#[cfg(feature = "postgres")]
pub mod session;
#[cfg(feature = "postgres")]
pub mod shadow;
#[cfg(feature = "postgres")]
pub mod suite;
#[cfg(feature = "postgres")]
pub mod testing;

pub use error::{Error, Result};
