//! Databases for tests: which template a test needs, and how it gets a copy of it in no time.
//!
//! ```text
//! TestRequest ─► remembered: nothing has changed since ───────────────────► Ready ─► a copy from the stock
//!          └───► prepare: server ─► template ─► fixtures ─► stockkeeper ─┘
//! ```
//!
//! A process may live for a few milliseconds and run one test. What the first one found out is therefore
//! remembered in a file, together with the state of every file that it depends on (`stamps`).

mod fixture;
mod memory;
mod prepare;
mod request;
mod stamps;

pub use fixture::Fixture;
pub use prepare::{Prepared, Ready};
pub use request::TestRequest;
