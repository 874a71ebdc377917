//! From queries to signatures, and what is committed about them.
//!
//! ```text
//! queries/*.sql ─► describe ─► Proof ─┬─ compare ─► findings   (`cargo pgmi check`)
//! committed files, lock ──────────────┴─ changes ─► new files  (`cargo pgmi generate`)
//! ```

mod changes;
mod compare;
mod files;
mod proof;

pub use changes::{Accept, FileChange, changes};
pub use compare::compare;
pub use files::Files;
pub use proof::{Proof, Proven, prove};
