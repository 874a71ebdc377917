//! Bindings without async, on clients of the [`postgres`] crate.
//!
//! A crate that asks for the feature `blocking` finds `fetch_blocking` beside each `fetch`:
//!
//! ```ignore
//! let mut client = postgres::Client::connect("host=localhost dbname=shop", postgres::NoTls)?;
//! let album = db::SelectAlbumById { id: 7 }.fetch_blocking(&mut client)?;
//! ```

mod client;
mod rows;

pub use client::Client;
/// The driver that blocking queries run on.
pub use postgres;
pub use rows::{execute, insert_many, insert_many_returning, many, one, optional};
