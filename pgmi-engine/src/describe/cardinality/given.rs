//! What has the same value in every row: it depends on nothing but rows that are the same in all of
//! them, and on what is outside of the query.

use std::collections::HashSet;

use super::super::facts::Seeker;
use super::super::tree::{Expr, RangeTableEntry, RteKind, Var};
use super::Fixed;
use crate::catalog::Volatility;

impl<'a> Fixed<'_, '_, 'a> {
    /// Whether an expression has one value in all rows.
    pub(super) fn is_given(&self, expr: &Expr) -> bool {
        self.depends_on(expr, |table| self.is_everywhere_or_nowhere(table))
    }

    /// The same, in the rows where it is not NULL.
    pub(super) fn is_given_unless_null(&self, expr: &'a Expr) -> bool {
        let (catalog, query) = (self.scope.catalog(), self.scope.query);
        let seeker = Seeker { catalog, query, of_groups: false, reason: "" };
        let facts = seeker.when_not_null(expr);
        let there: HashSet<_> = facts
            .keys()
            .filter_map(|fact| match fact {
                Expr::Var(var) => Some(self.own(var)?.relation),
                _ => None,
            })
            .collect();
        let allowed = |table| there.contains(&table) || self.is_everywhere_or_nowhere(table);
        self.depends_on(expr, allowed)
    }

    /// Whether an outer join that pads a table does so in all rows or in none. A table that can be
    /// there and missing has two values, NULL being one.
    pub(super) fn is_everywhere_or_nowhere(&self, table: usize) -> bool {
        let same =
            |table: &usize| self.single.contains(table) && self.is_everywhere_or_nowhere(*table);
        let decided = |join| self.kept.get(join).is_some_and(|kept| kept.iter().all(same));
        self.scope.joins.missing.get(&table).is_none_or(|joins| joins.iter().all(decided))
    }

    fn depends_on(&self, expr: &Expr, allowed: impl Fn(usize) -> bool) -> bool {
        let mut given = true;
        expr.visit(0, &mut |inner, depth| {
            given &= match inner {
                Expr::Var(var) if var.levels_up < depth => true,
                Expr::Var(var) if var.levels_up == depth => {
                    let own = self.own(&Var { levels_up: 0, ..*var });
                    own.is_some_and(|own| self.is_one_row(own.relation) && allowed(own.relation))
                }
                Expr::Function { returns_set: true, .. } | Expr::Aggregate(_) | Expr::Window(_) => {
                    depth > 0 && self.is_repeatable(inner)
                }
                other => self.is_repeatable(other),
            };
        });
        given
    }

    /// The same, seen from a row of another table.
    pub(super) fn is_one_row_beside(&self, table: usize, other: usize) -> bool {
        let missing = |table| self.scope.joins.missing.get(&table).map_or(&[][..], Vec::as_slice);
        // What pads the one pads the other.
        let with_it = || missing(table).iter().all(|join| missing(other).contains(join));
        self.is_one_row(table) && (self.is_everywhere_or_nowhere(table) || with_it())
    }

    /// A table of one row that is the same each time it is read.
    fn is_one_row(&self, table: usize) -> bool {
        let entry = self.scope.query.table(table);
        self.single.contains(&table) && entry.is_some_and(|entry| self.is_settled(entry))
    }

    /// A subquery that calls a volatile function may be computed for each row that it is joined to.
    fn is_settled(&self, table: &RangeTableEntry) -> bool {
        match &table.kind {
            // Computed once, when it is volatile.
            RteKind::Relation { .. } | RteKind::CommonTable { .. } | RteKind::Empty => true,
            RteKind::Subquery(query) => {
                let mut repeats = true;
                query.visit(0, &mut |inner, _| repeats &= self.is_repeatable(inner));
                repeats
            }
            RteKind::Functions { functions, .. } => {
                functions.iter().all(|it| self.repeats(&it.call))
            }
            RteKind::Values(rows) => rows.iter().flatten().all(|it| self.repeats(it)),
            RteKind::Join { .. } | RteKind::Group(_) | RteKind::Other(_) => false,
        }
    }

    /// Whether an expression gives the same for the same rows.
    pub(super) fn repeats(&self, expr: &Expr) -> bool {
        !expr.contains(|inner| !self.is_repeatable(inner))
    }

    /// The same of the expression itself, without what is inside.
    fn is_repeatable(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Function { oid: function, .. }
            | Expr::Operator { function, .. }
            | Expr::ScalarArray { function, .. } => {
                let function = self.scope.catalog().function(*function);
                function.is_some_and(|it| it.volatility != Volatility::Volatile)
            }
            Expr::Other { .. } | Expr::NextValue { .. } => false,
            _ => true,
        }
    }
}
