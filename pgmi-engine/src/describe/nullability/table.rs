//! Columns of what stands in FROM, when its row is there.

use super::super::facts::{Facts, Seeker};
use super::super::scope::{Proof, Scope, not_null, nullable};
use super::super::tree::{Expr, Query, RangeTableEntry, RteKind, TableFunction};
use super::{Behaviour, attribute_of, behaviour, result, uncertain};
use crate::catalog::Kind;
use crate::signature::Nullability;

impl<'a> Scope<'_, 'a> {
    pub(super) fn judge_column(&self, table: &'a RangeTableEntry, attribute: i32) -> Proof {
        let Ok(number) = usize::try_from(attribute) else {
            return judge_system(table);
        };
        let Some(index) = number.checked_sub(1) else {
            return not_null("a row is there");
        };
        match &table.kind {
            RteKind::Relation { oid, .. } => {
                attribute_of(self.catalog(), *oid, attribute, table.inherits)
            }
            RteKind::Subquery(query) => self.judge_subquery(table, query, index),
            RteKind::CommonTable { name, levels_up, .. } => {
                self.judge_common_table(name, *levels_up, index)
            }
            RteKind::Values(rows) => self.judge_values(rows, index),
            RteKind::Functions { functions, ordinality } => {
                self.judge_table_function(functions, *ordinality, number)
            }
            _ => nullable("what the table gives is not known"),
        }
    }

    fn judge_subquery(&self, table: &RangeTableEntry, query: &'a Query, index: usize) -> Proof {
        self.context.once(query, index, || {
            let known = self.known_columns(table, query);
            result(&Scope::knowing_rows(self.context, query, Some(self), known), index)
        })
    }

    /// What conditions on a subquery's columns say about the rows inside it.
    fn known_columns(&self, table: &RangeTableEntry, query: &'a Query) -> Facts<'a> {
        let mut all = Facts::new();
        // Groups and windows put together rows of which nothing is said.
        let puts_together = query.is_grouped() || !query.windows.is_empty();
        if puts_together || query.set_operation.is_some() || query.has_target_sets {
            return all;
        }
        let catalog = self.catalog();
        for fact in self.joins.facts.keys() {
            let Expr::Var(var) = fact else { continue };
            let own = var.levels_up == 0
                && self.query.table(var.relation).is_some_and(|it| std::ptr::eq(it, table));
            let target = usize::try_from(var.attribute)
                .ok()
                .and_then(|number| query.visible().find(|target| target.number == number));
            if let (true, Some(target)) = (own, target) {
                let reason = "a condition further out keeps no row where it is NULL";
                all.extend(
                    Seeker { catalog, query, of_groups: false, reason }.when_not_null(&target.expr),
                );
            }
        }
        all
    }

    fn judge_common_table(&self, name: &str, levels_up: usize, index: usize) -> Proof {
        let Some((table, scope)) = self.common_table(name, levels_up) else {
            return nullable(format!("the WITH query {name} is not known"));
        };
        if let Some(supposed) = self.context.supposed(&table.query, index) {
            return match supposed {
                true => not_null(format!("no part of {name} gives NULL")),
                false => nullable(format!("{name} can give NULL")),
            };
        }
        let judge = |index| result(&Scope::new(self.context, &table.query, Some(scope)), index);
        if table.recursive {
            let settled = |index| judge(index).value == Nullability::NotNull;
            self.context.settle(&table.query, settled);
            return self.judge_common_table(name, levels_up, index);
        }
        self.context.once(&table.query, index, || judge(index))
    }

    fn judge_values(&self, rows: &'a [Vec<Expr>], index: usize) -> Proof {
        let scope = self.of_rows();
        for row in rows {
            match row.get(index).map(|expr| scope.judge(expr)) {
                Some(proof) if proof.value == Nullability::NotNull => {}
                // Other rows may be the ones that are kept.
                Some(proof) if rows.len() > 1 => return uncertain(proof),
                Some(proof) => return proof,
                None => return nullable("a row of VALUES is shorter"),
            }
        }
        not_null("no row of VALUES has NULL there")
    }

    fn judge_table_function(
        &self,
        functions: &'a [TableFunction],
        ordinality: bool,
        number: usize,
    ) -> Proof {
        let columns: usize = functions.iter().map(|function| function.columns).sum();
        match functions {
            _ if ordinality && number == columns + 1 => not_null("WITH ORDINALITY counts"),
            [function] => self.judge_set(&function.call, number),
            _ => nullable("ROWS FROM pads the shorter with NULL"),
        }
    }

    fn judge_set(&self, call: &'a Expr, number: usize) -> Proof {
        match call {
            Expr::Function { oid, args, returns_set: true, .. } => {
                match behaviour(self.catalog(), *oid, args) {
                    Behaviour::SetNotNull => not_null("the function's rows have no NULL"),
                    Behaviour::SetFirstNotNull if number == 1 => {
                        not_null("the function's first column is never NULL")
                    }
                    _ => nullable("the function's rows may have NULL"),
                }
            }
            call if self.is_composite(call) => nullable("fields of composite values can be NULL"),
            call => self.of_rows().judge(call),
        }
    }

    /// Its fields become columns, even if it has one only.
    fn is_composite(&self, expr: &Expr) -> bool {
        let base = expr.type_oid().map(|it| self.catalog().base_type(it));
        let kind = base.and_then(|it| self.catalog().type_of(it)).map(|it| &it.kind);
        !matches!(
            kind,
            Some(
                Kind::Base
                    | Kind::Array { .. }
                    | Kind::Enum { .. }
                    | Kind::Range { .. }
                    | Kind::Multirange { .. }
            )
        )
    }
}

/// `ctid`, `tableoid`, `xmin`, …
fn judge_system(table: &RangeTableEntry) -> Proof {
    match table.kind {
        RteKind::Relation { relkind: 'r' | 'p' | 'm', .. } => {
            not_null("every stored row has its system columns")
        }
        _ => nullable("only stored rows have system columns"),
    }
}
