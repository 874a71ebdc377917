//! What the indexes are for: every query of the project.

use super::quoted;
use crate::describe::tree;

/// Which query of the [`Workload`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryId(pub usize);

/// The queries that were understood, in their order.
#[derive(Clone, Debug, Default)]
pub struct Workload {
    pub queries: Vec<WorkloadQuery>,
    /// What follows from them of columns that they test with `is null`.
    pub assumed: Vec<AssumedNulls>,
    /// Columns by one value of which the first rows of an order are wanted.
    pub groups: Vec<Group>,
}

/// A query, and what is known of the values it looks for.
#[derive(Clone, Debug)]
pub struct WorkloadQuery {
    /// The name of its file; for an inline query where it stands.
    pub name: String,
    /// With `$1`, `$2`, ….
    pub sql: String,
    /// That of `$1` first.
    pub parameters: Vec<Parameter>,
    /// As PostgreSQL understood it; more than one where rules rewrote it.
    pub trees: Vec<tree::Query>,
    /// Values that it compares columns with, such as the `'open'` of `status = 'open'`: data without them
    /// would show nothing.
    pub literals: Vec<Literal>,
}

/// A parameter `$n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// As SQL spells it: `integer`, `text[]`, `api."Status"`.
    pub type_name: String,
    /// What it is compared with where that is a column: where to take values from.
    pub column: Option<ColumnName>,
    /// The operator of that comparison, with the column on its left: `=`, `<`, `@>`, `~~`.
    pub operator: Option<String>,
    /// It is an array, any element of which may match: `= any ($1)`.
    pub any: bool,
}

/// The rows of one value of a column, of which a query wants the first in some order: usually there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub column: ColumnName,
    /// How many it wants.
    pub first: u64,
}

/// A column that queries test with `is null`, and of which nobody says how often it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedNulls {
    pub column: ColumnName,
    /// Most rows are taken to be NULL there; else few.
    pub are_most: bool,
}

/// A value as SQL writes it in a literal, without quotes, and the column that it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    pub column: ColumnName,
    pub operator: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnName {
    pub schema: String,
    pub table: String,
    pub column: String,
}

impl std::fmt::Display for ColumnName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [schema, table, column] =
            [&self.schema, &self.table, &self.column].map(|it| quoted(it));
        write!(formatter, "{schema}.{table}.{column}")
    }
}

impl Workload {
    pub fn query(&self, id: QueryId) -> Option<&WorkloadQuery> {
        self.queries.get(id.0)
    }

    pub fn ids(&self) -> impl Iterator<Item = QueryId> + use<> {
        (0..self.queries.len()).map(QueryId)
    }
}
