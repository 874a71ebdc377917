//! Columns that are missing together, with all of their table.

use super::super::scope::Scope;
use super::super::tree::{Expr, RteKind};
use crate::signature::Padded;

/// Which table that an outer join can leave out a column is of, and whether it is NULL then only. None for
/// anything else, and where groups may have put NULL in its place.
pub fn padded(scope: &Scope<'_, '_>, expr: &Expr) -> Option<Padded> {
    let Expr::Var(var) = expr else { return None };
    if var.levels_up > 0 || scope.query.is_grouped() {
        return None;
    }
    if let RteKind::Join { .. } = scope.query.table(var.relation)?.kind {
        return padded(scope, scope.aliased(var.relation, var.attribute)?);
    }
    scope.joins.missing.contains_key(&var.relation).then_some(())?;
    let there = scope.with_table(var.relation);
    let not_null = there.never_null(expr);
    Some(Padded { table: u32::try_from(var.relation).ok()?, not_null })
}

impl Scope<'_, '_> {
    /// The scope of rows in which a table is not missing.
    fn with_table(&self, relation: usize) -> Self {
        let mut scope = self.knowing(super::super::facts::Facts::new());
        scope.joins.missing.remove(&relation);
        scope
    }
}
