//! How many rows a table gets, and how its values are spread.

use std::collections::HashMap;

use crate::index::ColumnName;

/// Row counts, and what a real database says about its tables.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Of a table about which nothing else is known.
    pub default: u64,
    /// By schema and table.
    pub tables: HashMap<(String, String), u64>,
    /// By schema and table: what `pg_stats` of a real database says.
    pub statistics: HashMap<(String, String), TableStatistics>,
    /// How many of a hundred rows are NULL in a column.
    pub nulls: HashMap<ColumnName, u8>,
}

/// What `pg_class` and `pg_stats` say of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableStatistics {
    /// `reltuples`
    pub rows: f64,
    /// `relpages`
    pub pages: f64,
    pub columns: HashMap<String, ColumnStatistics>,
}

/// A row of `pg_stats`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnStatistics {
    pub null_frac: f64,
    /// As PostgreSQL has it: negative is a share of the rows.
    pub n_distinct: f64,
    /// Values as text, and how often each is seen.
    pub most_common: Vec<(String, f64)>,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            default: 20_000,
            tables: HashMap::new(),
            statistics: HashMap::new(),
            nulls: HashMap::new(),
        }
    }
}

impl Rows {
    /// How many rows a table gets: as configured; as many as the real one has, but no more than would take
    /// long; or the default.
    pub fn of(&self, schema: &str, table: &str) -> u64 {
        let key = (schema.to_owned(), table.to_owned());
        if let Some(rows) = self.tables.get(&key) {
            return *rows;
        }
        match self.statistics.get(&key) {
            // A table that was never analysed says -1.
            Some(statistics) if statistics.rows >= 0.0 => {
                whole(statistics.rows).min(self.default).max(1)
            }
            _ => self.default,
        }
    }

    /// The share of rows that are NULL in a column: as configured, or as measured.
    pub(in crate::index) fn nulls(&self, schema: &str, table: &str, column: &str) -> Option<f64> {
        let [schema, table, column] = [schema, table, column].map(str::to_owned);
        let name = ColumnName { schema, table, column };
        let configured = self.nulls.get(&name).map(|percent| f64::from(*percent) / 100.0);
        configured.or_else(|| {
            let measured = self.column(&name.schema, &name.table, &name.column);
            measured.map(|(statistics, _)| statistics.null_frac)
        })
    }

    pub(super) fn column(
        &self,
        schema: &str,
        table: &str,
        column: &str,
    ) -> Option<(&ColumnStatistics, f64)> {
        let table = self.statistics.get(&(schema.to_owned(), table.to_owned()))?;
        Some((table.columns.get(column)?, table.rows))
    }
}

/// A count that came as a float.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is rounded and not negative, and a cast of a float saturates"
)]
pub(super) fn whole(number: f64) -> u64 {
    number.round().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_configured_wins_over_what_is_measured() {
        let key = |table: &str| ("public".to_owned(), table.to_owned());
        let statistics = |rows| TableStatistics { rows, ..TableStatistics::default() };
        let rows = Rows {
            tables: HashMap::from([(key("a"), 7)]),
            statistics: HashMap::from([
                (key("a"), statistics(9.0)),
                (key("b"), statistics(9.0)),
                (key("c"), statistics(9e9)),
                (key("d"), statistics(-1.0)),
                (key("e"), statistics(0.0)),
            ]),
            ..Rows::default()
        };
        let of = ["a", "b", "c", "d", "e", "f"].map(|table| rows.of("public", table));
        assert_eq!(of, [7, 9, 20_000, 20_000, 1, 20_000]);
    }
}
