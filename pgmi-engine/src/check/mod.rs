//! From queries to signatures, and what is committed about them. Nothing here asks PostgreSQL.
//!
//! The same flow serves `cargo pgmi check`, `generate` and `explain`, and build scripts:
//!
//! ```text
//! folder, inline queries ──Subject::read──► Subject
//!                                             │  Proof::of_lock     a fresh pgmi.lock: no PostgreSQL
//!                                             │  analysis::analyse  what PostgreSQL said last, or says now
//!                                             ▼
//!                                           Proof ─┬─ compare ─► findings              (`check`)
//!                                                  ├─ changes ─► new files             (`generate`)
//!                                                  └─ resolve ─► signatures that hold  (bindings)
//! ```
//!
//! A build script without PostgreSQL, and with it:
//!
//! ```ignore
//! let subject = Subject::read(Source { folder: "db".as_ref(), queries: None, inline, parameters: &parameters, major: None, open: OpenOptions::default() })?;
//! let proof = match Proof::of_lock(&subject) {
//!     Ok(proof) => proof,
//!     Err(stale) if locked => return Err(stale),
//!     Err(_) => analyse(&AnalyseRequest { subject: &subject, server: &server, cache: Some(&cache) }, &interrupt)?,
//! };
//! let findings = compare(&subject.files, &proof);         // outcome(&findings) is the exit code
//! let resolved = resolve(&subject.files, &proof);         // what bindings are made from
//! ```

mod cache;
mod changes;
mod compare;
mod files;
mod loose;
mod proof;
mod resolve;
mod subject;

pub use cache::{Cache, Known};
pub use changes::{Accept, FileChange, changes};
pub use compare::{compare, is_about_committed_files, outcome, unasked};
pub use files::Files;
pub use loose::loose;
pub use proof::{Proof, Proven, Refused};
pub use resolve::{Resolved, ResolvedQuery, resolve};
#[cfg(feature = "postgres")]
pub(crate) use subject::below;
pub use subject::{Source, Subject};
