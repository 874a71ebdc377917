//! Many rows at once, from a statement that inserts one.

/// What does for many rows the same as an INSERT does for one. Empty for every other statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// An INSERT that takes an array for each parameter.
    pub many: bool,
    /// COPY.
    pub copy: bool,
    /// Why one of them is not there: `copy_in: the statement returns rows`.
    pub reasons: Vec<String>,
}

impl Batch {
    /// Whether it is that of a statement that is no INSERT of one row.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
