//! Which indexes the queries of a project need, and which nothing needs.
//!
//! ```text
//! Description of every query ─► Workload ─► needs ─► candidates ─┐
//! pg_index ─► existing indexes ─► redundant ones                 ├─► verify ─► Advice ─► migration text
//!                                                                ┘
//! ```
//!
//! What is proposed was tried in the throwaway database before; nothing is created anywhere else.

mod advice;
mod advise;
mod asked;
mod block;
mod candidate;
mod collation;
mod definition;
mod deparse;
mod fill;
mod ground;
mod group;
mod hints;
mod inline;
mod lint;
mod migration;
mod need;
mod numbering;
mod proposal;
mod propose;
mod quote;
mod redundant;
mod sampling;
mod settle;
mod statistics;
mod unsorted;
mod usual;
mod verify;
mod workload;

pub use advice::{Conclusion, Dropped, Unhelped};
pub use advise::{Advice, AdviseRequest, Cost, Created, advise};
pub use candidate::{Candidate, CandidateKind};
pub use definition::{IndexDefinition, KeyExpression, KeyPart};
pub use fill::{ColumnStatistics, FillRequest, Filled, FilledTable, Rows, TableStatistics, fill};
pub use lint::Lint;
pub use migration::MigrationStyle;
pub use numbering::next_migration;
pub use proposal::Proposal;
pub use quote::quoted;
pub use statistics::{Statistics, read_columns, read_statistics, read_tables};
pub use verify::{Choice, Chosen, DropVerdict, Refusal, Refused, Served, Trial, TrialRequest};
pub use workload::{
    AssumedNulls, ColumnName, Group, Literal, Parameter, QueryId, Workload, WorkloadQuery,
};
