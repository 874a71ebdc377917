//! Columns that no query asks about: one value for all rows will do, and takes next to no time.

use std::collections::HashSet;

use super::insert::Filling;
use super::table::{Check, Column, Table};
use crate::catalog::{Catalog, Oid};

impl Filling<'_> {
    /// Whether no plan depends on what stands in the column, and no constraint asks for different values.
    pub(super) fn is_idle(&self, table: &Table, column: &Column) -> bool {
        let Some(asked) = self.request.asked else { return false };
        let number = column.number;
        let is_shared = |it: &Check| it.columns.len() > 1 && it.columns.contains(&number);
        !asked.contains(&(table.oid, number))
            // What is asked of a partition or a child is asked of others.
            && !self.related.contains(&table.oid)
            && !table.keys.iter().any(|key| key.contains(&number))
            && !table.foreign_keys.iter().any(|key| key.columns.contains(&number))
            && !table.checks.iter().any(is_shared)
            && table.columns.iter().all(|it| it.generated.is_none())
    }
}

/// The tables that inherit, or are inherited from.
pub(super) fn related(tables: &[Table], catalog: &Catalog) -> HashSet<Oid> {
    let families = tables.iter().map(|table| catalog.family(table.oid));
    families.filter(|it| it.len() > 1).flatten().map(|it| it.oid).collect()
}
