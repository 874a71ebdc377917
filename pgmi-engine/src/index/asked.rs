//! The columns on whose values plans depend: those of conditions, orders, groups and computations, and those of
//! indexes. What a query only hands out may be the same in every row.

use std::collections::HashSet;

use super::ground::{ExistingIndex, Ground};
use crate::catalog::Oid;
use crate::describe::tree::{Expr, Query, RteKind, Target, Var};

/// By relation and number.
pub(super) type Asked = HashSet<(Oid, i32)>;

/// None where not all is known that queries read: then it may be any column.
pub(super) fn asked(ground: &Ground<'_>, trees: &[Query]) -> Option<Asked> {
    let mut reader = Reader { ground, asked: Asked::new(), is_open: false };
    trees.iter().for_each(|tree| reader.statement(tree));
    ground.existing.iter().for_each(|index| reader.index(index));
    for policy in &ground.policies {
        reader.stored(policy.relation, &policy.condition);
    }
    (!reader.is_open).then_some(reader.asked)
}

struct Reader<'r> {
    ground: &'r Ground<'r>,
    asked: Asked,
    is_open: bool,
}

impl Reader<'_> {
    fn statement(&mut self, tree: &Query) {
        let mut around: Vec<&Query> = Vec::new();
        tree.visit_queries(0, &mut |query, depth| {
            around.truncate(depth);
            around.push(query);
            self.is_open |= reads_views(query);
            for expr in deciding(query, depth == 0) {
                self.expression(&around, expr);
            }
        });
    }

    /// An expression of the innermost of these queries.
    fn expression(&mut self, around: &[&Query], expr: &Expr) {
        for var in columns(expr) {
            self.column(around, var);
        }
    }

    fn column(&mut self, around: &[&Query], var: Var) {
        let Some(last) = around.len().checked_sub(1 + var.levels_up) else { return };
        let around = around.get(..=last).unwrap_or_default();
        let table = around.last().and_then(|query| query.table(var.relation));
        let place = usize::try_from(var.attribute).ok().and_then(|it| it.checked_sub(1));
        match (table.map(|it| &it.kind), place) {
            (Some(RteKind::Relation { oid, .. }), _) => self.add(*oid, var.attribute),
            (Some(RteKind::Join { columns, .. }), Some(place)) => {
                if let Some(Some(expr)) = columns.get(place) {
                    self.expression(around, expr);
                }
            }
            (Some(RteKind::Group(exprs)), Some(place)) => {
                if let Some(expr) = exprs.get(place) {
                    self.expression(around, expr);
                }
            }
            // All that a query inside hands out counts as asked for.
            _ => {}
        }
    }

    fn index(&mut self, index: &ExistingIndex) {
        if index.keys.is_empty() {
            self.add(index.relation, 0);
        }
        for expr in index.keys.iter().chain(&index.predicate) {
            self.stored(index.relation, expr);
        }
    }

    /// An expression over the columns of one relation.
    fn stored(&mut self, relation: Oid, expr: &Expr) {
        columns(expr).iter().for_each(|var| self.add(relation, var.attribute));
    }

    /// 0 is the whole row.
    fn add(&mut self, relation: Oid, column: i32) {
        let of = self.ground.catalog.relation(relation).filter(|_| column == 0);
        let all = of.into_iter().flat_map(|it| &it.columns).map(|it| (relation, it.number));
        self.asked.extend(all);
        self.asked.insert((relation, column));
    }
}

/// Of the query that an expression stands in, and of those around it.
fn columns(expr: &Expr) -> Vec<Var> {
    let mut all = Vec::new();
    expr.visit(0, &mut |inner, below| match inner {
        // Queries inside are looked at by themselves.
        Expr::Var(var) if below == 0 => all.push(*var),
        _ => {}
    });
    all
}

/// What a view is made of does not stand in the tree of a function; of a materialized one, nowhere.
fn reads_views(query: &Query) -> bool {
    let is_view = |number: &usize| {
        let table = query.table(*number);
        table.is_some_and(|it| matches!(it.kind, RteKind::Relation { relkind: 'v' | 'm', .. }))
    };
    query.from.tables().iter().any(is_view)
}

/// Without the columns that the whole statement hands out as they are.
fn deciding(query: &Query, is_outermost: bool) -> Vec<&Expr> {
    let is_handed_out = |target: &&Target| {
        let expr = target.expr.unlabelled();
        is_outermost
            && target.sort_group == 0
            && matches!(expr, Expr::Var(var) if var.attribute > 0)
    };
    let targets = query.targets.iter().chain(&query.returning);
    let handed_out: HashSet<*const Expr> =
        targets.filter(is_handed_out).map(|it| std::ptr::from_ref(&it.expr)).collect();
    let mut all = query.own_exprs();
    all.retain(|expr| !handed_out.contains(&std::ptr::from_ref(*expr)));
    all
}
