//! The order that rows are wanted in, and whether all of them are.

use super::super::deparse::literal;
use super::super::ground::Ground;
use super::lower::Lowering;
use super::{Block, SortKey};
use crate::catalog::Oid;
use crate::describe::tree::{Expr, Query, SortGroup, Target};

impl Lowering<'_, '_> {
    pub(super) fn sort(&mut self, block: &mut Block, scope: usize) {
        let query = self.scopes[scope].query;
        block.aggregates = query.is_grouped();
        let is_limit = |limit: &Expr| !limit.is_null_constant();
        block.of_each = is_distinct_on(query);
        block.locks = query.locks_rows;
        block.limited = query.limit.as_ref().is_some_and(is_limit);
        block.first = query.limit.as_ref().and_then(|it| number(self.ground, it));
        if !query.is_grouped() && query.windows.is_empty() {
            let sort = if query.sort.is_empty() { &query.distinct } else { &query.sort };
            block.order = self.sort_keys(scope, sort);
        } else if query.group.is_empty() && query.grouping_sets.is_empty() {
            block.extremes = self.extremes(scope);
        }
    }

    fn sort_keys(&self, scope: usize, groups: &[SortGroup]) -> Vec<SortKey> {
        let query = self.scopes[scope].query;
        let key = |group: &SortGroup| {
            let target = query.sort_group(group.reference)?;
            Some(self.sort_key(scope, &target.expr, group.ordering, group.nulls_first))
        };
        groups.iter().map(key).collect::<Option<_>>().unwrap_or_default()
    }

    fn sort_key(&self, scope: usize, expr: &Expr, operator: Oid, nulls_first: bool) -> SortKey {
        let name = self.ground.catalog.operator(operator).map_or("", |it| &*it.name);
        let descending = name.contains('>');
        SortKey { expr: self.resolve(scope, expr), operator, descending, nulls_first }
    }

    /// `select max(a)`: the last row by `a`, when nothing else is asked for.
    fn extremes(&self, scope: usize) -> Vec<SortKey> {
        let query = self.scopes[scope].query;
        let extreme = |target: &Target| {
            let Expr::Aggregate(call) = &target.expr else { return None };
            let function = self.ground.catalog.function(call.function)?;
            let descending = match (&*function.schema, &*function.name) {
                ("pg_catalog", "min") => false,
                ("pg_catalog", "max") => true,
                _ => return None,
            };
            let [arg] = &call.args[..] else { return None };
            let class = self.ground.default_class("btree", arg.type_oid()?)?;
            // `<` is 1, `>` is 5.
            let strategy = if descending { 5 } else { 1 };
            let operator = self.ground.operator_of(class.family, class.input, strategy)?;
            let expr = self.resolve(scope, arg);
            Some(SortKey { expr, operator, descending, nulls_first: descending })
        };
        let visible = query.visible().map(extreme);
        visible.collect::<Option<_>>().unwrap_or_default()
    }
}

/// DISTINCT has all that is handed out, DISTINCT ON may leave out some.
fn is_distinct_on(query: &Query) -> bool {
    let is_told_apart = |target: &Target| {
        let mut groups = query.distinct.iter();
        target.sort_group != 0 && groups.any(|it| it.reference == target.sort_group)
    };
    !query.distinct.is_empty() && !query.visible().all(is_told_apart)
}

/// A number that is written out, whatever it is cast to.
fn number(ground: &Ground<'_>, expr: &Expr) -> Option<u64> {
    match expr.unlabelled() {
        Expr::Function { args, .. } => match &args[..] {
            [only] => number(ground, only),
            _ => None,
        },
        constant => literal(ground, constant)?.parse().ok(),
    }
}
