//! Columns: of tables, of what a join padded, of subqueries.

use super::super::scope::{Proof, Scope, Stage, not_null, nullable};
use super::super::tree::{Expr, JoinType, RteKind, Var};
use crate::signature::Nullability;

impl<'a> Scope<'_, 'a> {
    pub(super) fn judge_variable(&self, var: &'a Var) -> Proof {
        if var.levels_up > 0 {
            return self.judge_outer(var);
        }
        if self.stage == Stage::Result && self.is_changed(var) {
            return self.judge_changed(var);
        }
        if self.stage == Stage::Result
            && self.query.is_grouped()
            && !self.is_group_table(var.relation)
        {
            // It depends on what is grouped by: the primary key is.
            return self.of_rows().judge_by_value(*var);
        }
        let Some(table) = self.query.table(var.relation) else {
            return nullable("its table is not known");
        };
        if let Some(join) = self.joins.missing.get(&var.relation).and_then(|joins| joins.first())
            && !self.is_there(var.relation)
        {
            return nullable(self.padded(*join, &table.name));
        }
        match &table.kind {
            RteKind::Join { .. } => self.judge_joined(var),
            RteKind::Group(_) => match self.aliased(var.relation, var.attribute) {
                Some(expr) => self.of_rows().judge(expr),
                None => nullable("its group is not known"),
            },
            _ => {
                self.judge_excluded(var).unwrap_or_else(|| self.judge_column(table, var.attribute))
            }
        }
    }

    /// Whether something in a row of this table is known not to be NULL, where the expression stands.
    fn is_there(&self, relation: usize) -> bool {
        let mut facts = self.here.keys();
        facts.any(
            |fact| matches!(fact, Expr::Var(var) if var.relation == relation && var.levels_up == 0),
        )
    }

    fn padded(&self, join: usize, table: &str) -> String {
        let kind = match self.joins.types.get(&join) {
            Some(JoinType::Left) => "left join",
            Some(JoinType::Right) => "right join",
            _ => "full join",
        };
        format!("{kind} gives NULL where no row of {table} matches")
    }

    /// A column of a query further out has the value it has there.
    fn judge_outer(&self, var: &Var) -> Proof {
        let Some(outer) = self.outer(var.levels_up) else {
            return nullable("it belongs to no query that is known");
        };
        outer.judge_by_value(Var { levels_up: 0, ..*var })
    }

    /// The same for a variable that stands in no tree.
    fn judge_by_value(&self, var: Var) -> Proof {
        let facts = match self.stage {
            Stage::Result if self.query.is_grouped() => &self.having,
            _ => &self.joins.facts,
        };
        let expr = Expr::Var(var);
        let changed = self.stage == Stage::Result && self.is_changed(&var);
        if self.here.contains_key(&expr) || !changed && facts.contains_key(&expr) {
            return not_null("a condition keeps no row where it is NULL");
        }
        if let Some(proof) = self.rolled_up_by_value(&expr) {
            return proof;
        }
        match self.stage {
            Stage::Result if self.query.is_grouped() && !self.is_group_table(var.relation) => {
                self.of_rows().judge_by_value(var)
            }
            _ => self.judge_bare(&var),
        }
    }

    fn judge_bare(&self, var: &Var) -> Proof {
        if self.stage == Stage::Result && self.is_changed(var) {
            return self.judge_changed(var);
        }
        match self.query.table(var.relation) {
            Some(_) if self.joins.missing.contains_key(&var.relation) => {
                nullable("an outer join may have no row")
            }
            Some(table) => match (&table.kind, self.aliased(var.relation, var.attribute)) {
                (RteKind::Join { .. }, _) => self.judge_joined(var),
                (RteKind::Group(_), Some(expr)) => self.of_rows().judge(expr),
                (RteKind::Group(_), None) => nullable("its group is not known"),
                _ => self.judge_column(table, var.attribute),
            },
            None => nullable("its table is not known"),
        }
    }

    /// A column that USING merged, or a column under the alias of a join.
    fn judge_joined(&self, var: &Var) -> Proof {
        let Some(expr) = self.aliased(var.relation, var.attribute) else {
            return nullable("the join's column is not known");
        };
        match (expr, self.joins.types.get(&var.relation)) {
            // Of a full join each row has one of its sides.
            (Expr::Coalesce { args, .. }, Some(JoinType::Full)) => {
                let both = self.within_join(var.relation);
                match args.iter().all(|arg| both.judge(arg).value == Nullability::NotNull) {
                    true => not_null("each side of the full join has it, and no row lacks both"),
                    false => nullable("a side of the full join may have NULL"),
                }
            }
            _ => self.judge(expr),
        }
    }

    /// The scope as it is inside a join, before the join pads rows.
    fn within_join(&self, join: usize) -> Self {
        let mut scope = self.of_rows();
        for joins in scope.joins.missing.values_mut() {
            joins.retain(|it| *it != join);
        }
        scope.joins.missing.retain(|_, joins| !joins.is_empty());
        scope
    }
}
