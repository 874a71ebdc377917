//! An index that may be worth creating.

use super::{IndexDefinition, QueryId};

/// An index that some queries could use, as far as their structure says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub index: IndexDefinition,
    /// In ascending order.
    pub serves: Vec<QueryId>,
    pub kind: CandidateKind,
    /// What was missing, in words: "`released = $1` has no index".
    pub reason: String,
    /// What keeping it costs: one for each statement that writes to it, more for GIN. Breaks ties.
    pub write_cost: u32,
}

/// Who asks for an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CandidateKind {
    /// Queries: it stays if it makes one of them cheaper.
    Needed,
    /// A foreign key whose parent some query deletes from, or whose key it changes. EXPLAIN shows nothing of
    /// the checks that it saves, so it stays if it can be created.
    ForeignKey,
}
