//! What rows of a table must be like.

use crate::catalog::Oid;

/// A table to fill.
#[derive(Debug)]
pub(super) struct Table {
    pub oid: Oid,
    pub schema: String,
    pub name: String,
    pub columns: Vec<Column>,
    pub checks: Vec<Check>,
    pub foreign_keys: Vec<ForeignKey>,
    /// Columns that no two rows share, all together.
    pub keys: Vec<Vec<i32>>,
}

#[derive(Debug)]
pub(super) struct Column {
    /// `attnum`
    pub number: i32,
    pub name: String,
    pub type_oid: Oid,
    /// The type under a domain, with its modifier, as SQL.
    pub type_name: String,
    pub not_null: bool,
    /// The expression of a generated column.
    pub generated: Option<String>,
    pub has_default: bool,
}

/// A condition over the columns of a table, as SQL.
#[derive(Debug)]
pub(super) struct Check {
    pub condition: String,
    /// The columns that its literals may be values of.
    pub columns: Vec<i32>,
}

#[derive(Debug)]
pub(super) struct ForeignKey {
    pub columns: Vec<i32>,
    pub parent: Oid,
    pub parent_columns: Vec<i32>,
}

impl Table {
    pub(super) fn column(&self, number: i32) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }

    /// As SQL names it.
    pub(super) fn sql(&self) -> String {
        format!("{}.{}", super::super::quoted(&self.schema), super::super::quoted(&self.name))
    }

    /// Whether what stands in the column follows from the number of the row alone.
    pub(super) fn is_numbered(&self, column: &Column) -> bool {
        let number = column.number;
        let mut keys = self.keys.iter();
        column.not_null
            && column.generated.is_none()
            && keys.any(|key| self.distinguishing(key) == Some(number))
            && !self.checks.iter().any(|it| it.columns.contains(&number))
            && !self.foreign_keys.iter().any(|it| it.columns.contains(&number))
    }

    /// The column of a key that differs from row to row, where one must: the last that refers to nothing.
    pub(super) fn distinguishing(&self, key: &[i32]) -> Option<i32> {
        let refers = |column: &&i32| self.foreign_keys.iter().any(|it| it.columns.contains(column));
        let free = key.iter().rev().find(|column| !refers(column));
        free.copied().or_else(|| key.first().copied().filter(|_| key.len() == 1))
    }
}
