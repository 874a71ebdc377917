//! What a column of a query really is.

use super::lower::{Lowering, Source};
use super::{FIRST, column};
use crate::describe::tree::{Expr, RteKind, Var};

impl<'a> Lowering<'_, 'a> {
    /// An expression of a query, over the tables of the statement.
    pub(super) fn resolve(&self, scope: usize, expr: &Expr) -> Expr {
        let mut copy = expr.clone();
        copy.change(0, &mut |inner, depth| {
            if let Expr::Var(var) = inner
                && var.relation < FIRST
                && let Some(levels) = var.levels_up.checked_sub(depth)
                && let Some(meant) = self.meant(scope, var, levels)
            {
                *inner = meant;
            }
        });
        copy
    }

    fn meant(&self, scope: usize, var: &Var, levels: usize) -> Option<Expr> {
        let at = (0..levels).try_fold(scope, |at, _| self.scopes.get(at)?.around)?;
        let found = self.scopes.get(at)?;
        let index = var.relation.checked_sub(1)?;
        match found.sources.get(index)? {
            Source::Table(table) => Some(column(*table, var.attribute, var.type_oid)),
            Source::Merged(inner) => {
                let number = usize::try_from(var.attribute).ok()?;
                let query = self.scopes.get(*inner)?.query;
                let target = query.visible().find(|target| target.number == number)?;
                Some(self.resolve(*inner, &target.expr))
            }
            Source::Alias => {
                let position = usize::try_from(var.attribute).ok()?.checked_sub(1)?;
                let expr = match &found.query.table(var.relation)?.kind {
                    RteKind::Join { columns, .. } => columns.get(position)?.as_ref()?,
                    RteKind::Group(exprs) => exprs.get(position)?,
                    _ => return None,
                };
                Some(self.resolve(at, expr))
            }
        }
    }
}
