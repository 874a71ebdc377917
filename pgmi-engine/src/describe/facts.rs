//! What must be non-NULL when a condition is TRUE, FALSE, or an expression is not NULL.
//!
//! A fact is an expression that is known to be non-NULL in every row that is left.

use std::collections::HashMap;

use super::tree::{BoolOp, BoolTest, Expr, Query, RteKind, SubLinkKind};
use crate::catalog::{Catalog, Volatility};

/// Expressions known to be non-NULL, each with the reason.
pub type Facts<'a> = HashMap<&'a Expr, &'static str>;

/// Where facts are looked for: the columns of joins and of groups stand for expressions of `query`.
#[derive(Clone, Copy)]
pub struct Seeker<'a> {
    pub catalog: &'a Catalog,
    pub query: &'a Query,
    /// Groups are looked at, not rows: grouping sets put NULL in the place of what they leave out.
    pub of_groups: bool,
    pub reason: &'static str,
}

impl<'a> Seeker<'a> {
    /// What is non-NULL where `condition` is TRUE.
    pub fn when_true(self, condition: &'a Expr) -> Facts<'a> {
        match condition {
            Expr::Bool { op, args } => match op {
                BoolOp::And => union(args.iter().map(|arg| self.when_true(arg))),
                BoolOp::Or => intersection(args.iter().map(|arg| self.when_true(arg))),
                BoolOp::Not => args.first().map_or_else(Facts::new, |arg| self.when_false(arg)),
            },
            Expr::NullTest { of, is_null: false, row } => match &**of {
                // `(a, b) IS NOT NULL`: none of them is.
                Expr::Row { args, .. } if *row => {
                    union(args.iter().map(|arg| self.when_not_null(arg)))
                }
                of => self.when_not_null(of),
            },
            Expr::NullTest { .. } | Expr::Distinct { .. } => Facts::new(),
            Expr::BoolTest { of, test } => match test {
                BoolTest::True => self.when_true(of),
                BoolTest::False => self.when_false(of),
                BoolTest::NotUnknown => self.when_not_null(of),
                BoolTest::NotTrue | BoolTest::NotFalse | BoolTest::Unknown => Facts::new(),
            },
            Expr::ScalarArray { any: true, args, .. } if self.is_strict(condition) => {
                union(args.iter().map(|arg| self.when_not_null(arg)))
            }
            Expr::ScalarArray { any: false, args, .. } if self.compares_with_some(condition) => {
                args.first().map_or_else(Facts::new, |left| self.when_not_null(left))
            }
            Expr::SubLink { kind: SubLinkKind::Any, test: Some(test), .. } => self.when_true(test),
            Expr::RowCompare { left, right, .. } => union(
                left.iter().take(1).chain(right.iter().take(1)).map(|it| self.when_not_null(it)),
            ),
            Expr::Coalesce { args, .. } => {
                let possible = args
                    .iter()
                    .filter(|arg| !arg.is_null_constant() && arg.bool_constant() != Some(false));
                intersection(possible.map(|arg| self.when_true(arg)))
            }
            Expr::Case { of: None, arms, otherwise, .. } => {
                let untrue = |it: &Expr| it.is_null_constant() || it.bool_constant() == Some(false);
                let arms = arms
                    .iter()
                    .filter(|(_, result)| !untrue(result))
                    .map(|arm| union([self.when_true(&arm.0), self.when_true(&arm.1)].into_iter()));
                let otherwise = otherwise.iter().filter(|it| !untrue(it));
                intersection(arms.chain(otherwise.map(|it| self.when_true(it))))
            }
            other => self.when_not_null(other),
        }
    }

    /// What is non-NULL where `condition` is FALSE.
    pub fn when_false(self, condition: &'a Expr) -> Facts<'a> {
        match condition {
            Expr::Bool { op, args } => match op {
                BoolOp::And => intersection(args.iter().map(|arg| self.when_false(arg))),
                BoolOp::Or => union(args.iter().map(|arg| self.when_false(arg))),
                BoolOp::Not => args.first().map_or_else(Facts::new, |arg| self.when_true(arg)),
            },
            // Of a row: some field is not NULL, and so is the row.
            Expr::NullTest { of, is_null: true, .. } => self.when_not_null(of),
            Expr::NullTest { .. } | Expr::Distinct { .. } | Expr::Coalesce { .. } => Facts::new(),
            Expr::BoolTest { of, test } => match test {
                BoolTest::NotTrue => self.when_true(of),
                BoolTest::NotFalse => self.when_false(of),
                BoolTest::Unknown => self.when_not_null(of),
                BoolTest::True | BoolTest::False | BoolTest::NotUnknown => Facts::new(),
            },
            Expr::ScalarArray { any: false, args, .. } if self.is_strict(condition) => {
                union(args.iter().map(|arg| self.when_not_null(arg)))
            }
            Expr::ScalarArray { any: true, args, .. } if self.compares_with_some(condition) => {
                args.first().map_or_else(Facts::new, |left| self.when_not_null(left))
            }
            Expr::SubLink { kind: SubLinkKind::All, test: Some(test), .. } => self.when_false(test),
            other => self.when_not_null(other),
        }
    }

    /// What is non-NULL where `expr` is non-NULL: itself, and what it strictly depends on.
    pub fn when_not_null(self, expr: &'a Expr) -> Facts<'a> {
        let mut facts = match self.is_left_out(expr) {
            true => Facts::new(),
            false => self.causes(expr),
        };
        if self.is_repeatable(expr) {
            facts.insert(expr, self.reason);
        }
        facts
    }

    /// Before PostgreSQL 18 what is grouped by stands there as it was written; the parts of it may be
    /// grouped by in another set, and be NULL where the whole is not.
    fn is_left_out(self, expr: &Expr) -> bool {
        let query = self.query;
        let mut written = query.group.iter().filter_map(|group| query.sort_group(group.reference));
        self.of_groups
            && !query.grouping_sets.is_empty()
            && !matches!(expr, Expr::Var(_))
            && written.any(|target| target.expr == *expr)
    }

    fn causes(self, expr: &'a Expr) -> Facts<'a> {
        match expr {
            Expr::Var(var) if var.levels_up == 0 => self.alias(var.relation, var.attribute),
            Expr::Function { args, returns_set: false, variadic: false, .. }
            | Expr::Operator { args, .. }
                if self.is_strict(expr) =>
            {
                union(args.iter().map(|arg| self.when_not_null(arg)))
            }
            Expr::Bool { op: BoolOp::Not, args } => {
                union(args.iter().map(|arg| self.when_not_null(arg)))
            }
            Expr::Bool { args, .. } | Expr::MinMax { args, .. } => {
                intersection(args.iter().map(|arg| self.when_not_null(arg)))
            }
            Expr::Coalesce { args, .. } => {
                let possible = args.iter().filter(|arg| !arg.is_null_constant());
                intersection(possible.map(|arg| self.when_not_null(arg)))
            }
            Expr::Case { of: None, arms, otherwise, .. } => {
                let arm = |(condition, result): &'a (Expr, Expr)| {
                    union([self.when_true(condition), self.when_not_null(result)].into_iter())
                };
                let mut all: Vec<_> =
                    arms.iter().filter(|(_, result)| !result.is_null_constant()).map(arm).collect();
                if let Some(otherwise) = otherwise
                    && !otherwise.is_null_constant()
                {
                    all.push(self.when_not_null(otherwise));
                }
                intersection(all.into_iter())
            }
            // `x = ANY (array)` is false, not NULL, for an empty array.
            Expr::ScalarArray { args, .. } if self.is_strict(expr) => {
                args.get(1).map_or_else(Facts::new, |array| self.when_not_null(array))
            }
            Expr::NullIf { args, .. } => {
                args.first().map_or_else(Facts::new, |arg| self.when_not_null(arg))
            }
            Expr::Subscript { container, indexes, assigned: None, .. } => {
                let parts = std::iter::once(&**container).chain(indexes);
                union(parts.map(|part| self.when_not_null(part)))
            }
            Expr::Field { of, .. }
            | Expr::Relabel { of, .. }
            | Expr::Convert { of, .. }
            | Expr::ToDomain { of, .. } => self.when_not_null(of),
            _ => Facts::new(),
        }
    }

    /// The column of a join or of a group is the expression it stands for.
    fn alias(self, relation: usize, attribute: i32) -> Facts<'a> {
        let Some(table) = self.query.table(relation) else { return Facts::new() };
        let index = usize::try_from(attribute).ok().and_then(|it| it.checked_sub(1));
        let expr = match (&table.kind, index) {
            (RteKind::Join { columns, .. }, Some(index)) => {
                columns.get(index).and_then(Option::as_ref)
            }
            (RteKind::Group(exprs), Some(index)) => exprs.get(index),
            _ => None,
        };
        expr.map_or_else(Facts::new, |expr| self.when_not_null(expr))
    }

    fn is_strict(self, expr: &Expr) -> bool {
        let (Expr::Function { oid: function, .. }
        | Expr::Operator { function, .. }
        | Expr::ScalarArray { function, .. }) = expr
        else {
            return false;
        };
        self.catalog.function(*function).is_some_and(|it| it.strict && !it.returns_set)
    }

    /// `x NOT IN (1, 2)`: a strict comparison with at least one element.
    fn compares_with_some(self, expr: &Expr) -> bool {
        let Expr::ScalarArray { args, .. } = expr else { return false };
        let elements = match args.get(1).map(Expr::unlabelled) {
            Some(Expr::Array { elements, nested: false, .. }) => elements.len(),
            _ => 0,
        };
        elements > 0 && self.is_strict(expr)
    }

    /// Whether computing it again in the same row gives the same.
    pub fn is_repeatable(self, expr: &Expr) -> bool {
        match expr {
            Expr::Var(_) | Expr::Param { .. } => true,
            Expr::Const { .. } => false,
            other => !other.contains(|inner| self.changes(inner)),
        }
    }

    fn changes(self, expr: &Expr) -> bool {
        let function = match expr {
            Expr::Function { oid: function, .. }
            | Expr::Operator { function, .. }
            | Expr::ScalarArray { function, .. } => *function,
            // What the last of these stand for depends on where they are.
            Expr::SubLink { .. }
            | Expr::Other { .. }
            | Expr::NextValue { .. }
            | Expr::CaseValue { .. }
            | Expr::DomainValue
            | Expr::SubLinkColumn { .. } => return true,
            _ => return false,
        };
        let function = self.catalog.function(function);
        function.is_none_or(|it| it.returns_set || it.volatility == Volatility::Volatile)
    }
}

/// All facts of all.
pub fn union<'a>(all: impl Iterator<Item = Facts<'a>>) -> Facts<'a> {
    all.reduce(|mut one, other| {
        one.extend(other);
        one
    })
    .unwrap_or_default()
}

/// The facts that all share; none of nothing.
fn intersection<'a>(all: impl Iterator<Item = Facts<'a>>) -> Facts<'a> {
    all.reduce(|mut one, other| {
        one.retain(|expr, _| other.contains_key(*expr));
        one
    })
    .unwrap_or_default()
}
