//! Trying indexes in a throwaway database that holds rows: what PostgreSQL's planner makes of them.
//!
//! ```text
//! PREPARE every query ─► costs before ─► CREATE INDEX for each candidate ─► costs with all of them
//!    ─► drop one after the other, those that serve least first: what no query misses stays dropped
//! ```
//!
//! What is left is a set of which each index is used, and missed by some query if it goes: greedy set cover from
//! above. Existing indexes are there all the time and so come first. A cost is the lower one of the generic plan
//! and of the one for values that stand in the tables. Nothing of the queries is executed.

mod arguments;
mod choose;
mod credit;
mod existing;
mod live;
mod look;
mod make;
mod plan;
mod privileges;
mod reference;
mod role;
mod trial;

pub use choose::{Choice, Chosen, Refusal, Refused, Served};
pub use existing::DropVerdict;
pub(super) use privileges::role;
pub use trial::{Trial, TrialRequest};

/// A query gets clearly worse when its cost grows by more than this factor.
pub(super) const WORSE: f64 = 1.2;
