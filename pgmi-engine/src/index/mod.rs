//! Which indexes the queries of a project need, and which nothing needs.
//!
//! ```text
//! Description of every query ─► Workload ─► needs ─► candidates ─┐
//! pg_index ─► existing indexes ─► redundant ones                 ├─► verify ─► Advice ─► migration text
//!                                                                ┘
//! ```
//!
//! What is proposed was tried in the throwaway database before; nothing is created anywhere else.

mod candidate;
mod definition;
mod quote;
mod workload;

pub use candidate::{Candidate, CandidateKind};
pub use definition::{IndexDefinition, KeyExpression, KeyPart};
pub use quote::quoted;
pub use workload::{ColumnName, Literal, Parameter, QueryId, Workload, WorkloadQuery};
