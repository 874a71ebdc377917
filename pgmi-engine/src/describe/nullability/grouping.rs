//! Grouped queries: what stands for a group, and what grouping sets leave out.

use super::super::scope::{Proof, Scope, Stage, nullable};
use super::super::tree::{Expr, GroupingSet, RteKind};

impl<'a> Scope<'_, 'a> {
    /// Judges what GROUP BY names; nothing for other expressions.
    pub(super) fn judge_grouped(&self, expr: &'a Expr) -> Option<Proof> {
        let (reference, grouped) = self.group_of(expr)?;
        if !self.in_every_set(reference) {
            return Some(left_out());
        }
        Some(self.of_rows().judge(grouped))
    }

    /// Whether a grouping set leaves an expression out.
    pub(super) fn is_left_out(&self, expr: &Expr) -> bool {
        let group = if self.query.is_grouped() { self.group_of(expr) } else { None };
        group.is_some_and(|(reference, _)| !self.in_every_set(reference))
    }

    /// The same for a column that a subquery of the result refers to.
    pub(super) fn rolled_up_by_value(&self, expr: &Expr) -> Option<Proof> {
        if self.stage == Stage::Row || self.query.grouping_sets.is_empty() {
            return None;
        }
        let (reference, _) = self.group_of(expr)?;
        (!self.in_every_set(reference)).then(left_out)
    }

    /// The grouping expression that this is, with its number.
    fn group_of(&self, expr: &Expr) -> Option<(u32, &'a Expr)> {
        let query = self.query;
        let references = || query.group.iter().map(|group| group.reference);
        let of_18 = |var: &super::super::tree::Var| match &query.table(var.relation)?.kind {
            RteKind::Group(exprs) if var.levels_up == 0 => {
                let grouped = exprs.get(usize::try_from(var.attribute).ok()?.checked_sub(1)?)?;
                let same = |reference: &u32| {
                    let target = query.sort_group(*reference).map(|target| &target.expr);
                    target.is_some_and(|target| self.is_group_column(target, var))
                };
                Some((references().find(same)?, grouped))
            }
            _ => None,
        };
        if let Expr::Var(var) = expr
            && let Some(found) = of_18(var)
        {
            return Some(found);
        }
        let mut written = references().filter_map(|reference| {
            let target = query.sort_group(reference)?;
            (target.expr == *expr).then_some((reference, &target.expr))
        });
        written.next().filter(
            |(_, grouped)| !matches!(grouped, Expr::Var(var) if self.is_group_table(var.relation)),
        )
    }

    fn is_group_column(&self, expr: &Expr, wanted: &super::super::tree::Var) -> bool {
        matches!(expr, Expr::Var(var) if var.relation == wanted.relation
            && var.attribute == wanted.attribute && var.levels_up == 0)
    }

    pub(super) fn is_group_table(&self, relation: usize) -> bool {
        let table = self.query.table(relation);
        table.is_some_and(|table| matches!(table.kind, RteKind::Group(_)))
    }

    fn in_every_set(&self, reference: u32) -> bool {
        let sets = &self.query.grouping_sets;
        sets.is_empty() || sets.iter().any(|set| has(set, reference))
    }
}

/// Whether every set that this stands for has the column.
fn has(set: &GroupingSet, reference: u32) -> bool {
    match set {
        GroupingSet::Simple(columns) => columns.contains(&reference),
        GroupingSet::Sets(sets) => sets.iter().all(|set| has(set, reference)),
        GroupingSet::Empty | GroupingSet::Rollup(_) | GroupingSet::Cube(_) => false,
    }
}

fn left_out() -> Proof {
    nullable("a grouping set leaves it out")
}
