//! How many rows a query returns.

mod change;
mod fixed;
mod given;
mod key;
mod read;

pub use change::{changed, changed_in_with};
pub use fixed::Fixed;
pub use key::UniqueKey;
pub use read::table_rows;

use super::scope::Scope;
use super::tree::Command;
use crate::signature::{Cardinality, Verdict};

/// Bounds on the number of rows, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub least: u64,
    /// Nothing where there is no bound.
    pub most: Option<u64>,
    pub reason: String,
}

impl Rows {
    pub fn new(least: u64, most: Option<u64>, reason: impl Into<String>) -> Self {
        Self { least, most, reason: reason.into() }
    }

    pub fn any(reason: impl Into<String>) -> Self {
        Self::new(0, None, reason)
    }

    pub fn at_most_one(&self) -> bool {
        self.most.is_some_and(|most| most <= 1)
    }

    /// The same, where any row may be missing.
    #[must_use]
    pub fn or_none(self) -> Self {
        Self { least: 0, ..self }
    }

    /// What a signature says of a statement that returns columns.
    pub fn verdict(&self) -> Verdict<Cardinality> {
        let (value, certain) = match (self.least, self.most) {
            (1.., Some(..=1)) => (Cardinality::One, false),
            (_, Some(..=1)) => (Cardinality::ZeroOrOne, false),
            (2.., _) => (Cardinality::Many, true),
            _ => (Cardinality::Many, false),
        };
        Verdict { value, certain, reasons: vec![self.reason.clone()] }
    }
}

/// Bounds the rows that a query returns.
pub fn rows(scope: &Scope<'_, '_>) -> Rows {
    scope.context.rows_once(scope.query, || match scope.query.command {
        Command::Select => read::rows(scope),
        _ => changed(scope),
    })
}
