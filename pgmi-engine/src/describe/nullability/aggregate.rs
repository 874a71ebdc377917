//! Aggregates: what they give for a group, and for no rows at all.

use super::super::scope::{Proof, Scope, not_null, nullable};
use super::super::tree::{Aggregate, Expr, GroupingSet, Query};
use crate::catalog::is_built_in;

/// When an aggregate is not NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OverRows {
    /// Even over no rows.
    Always,
    /// Over at least one row.
    OfRows,
    /// Over at least one row whose arguments are not NULL.
    OfValues,
    Unknown,
}

/// What is known about the aggregates that are built in.
pub(super) fn over_rows(name: &str) -> OverRows {
    match name {
        "count" | "regr_count" | "rank" | "dense_rank" | "percent_rank" | "cume_dist" => {
            OverRows::Always
        }
        "array_agg"
        | "json_agg"
        | "jsonb_agg"
        | "json_agg_strict"
        | "jsonb_agg_strict"
        | "json_object_agg"
        | "jsonb_object_agg"
        | "json_object_agg_strict"
        | "jsonb_object_agg_strict"
        | "json_object_agg_unique"
        | "jsonb_object_agg_unique"
        | "json_object_agg_unique_strict"
        | "jsonb_object_agg_unique_strict" => OverRows::OfRows,
        "sum" | "avg" | "min" | "max" | "string_agg" | "bool_and" | "bool_or" | "every"
        | "bit_and" | "bit_or" | "bit_xor" | "any_value" | "range_agg" | "mode" | "stddev_pop"
        | "var_pop" | "percentile_disc" | "percentile_cont" => OverRows::OfValues,
        _ => OverRows::Unknown,
    }
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn judge_aggregate(&self, call: &'a Aggregate) -> Proof {
        if call.levels_up > 0 {
            return nullable("it belongs to a query further out");
        }
        let function = self.catalog().function(call.function);
        let Some(function) = function.filter(|it| is_built_in(it.oid)) else {
            return nullable("nothing is known about this aggregate");
        };
        let name = &function.name;
        let needs = over_rows(name);
        if needs == OverRows::Always {
            return not_null(format!("{name} gives a number even for no rows"));
        }
        if needs == OverRows::Unknown {
            return nullable(format!("{name} can be NULL"));
        }
        if call.filter.is_some() {
            return nullable(format!("FILTER may leave {name} no row"));
        }
        if may_be_empty(self.query) && !self.having_needs_rows() {
            return nullable(format!("{name} is NULL when there are no rows"));
        }
        let rows = self.of_rows().everywhere();
        let args = call.args.iter().take(1).chain(&call.direct);
        match needs == OverRows::OfRows || args.into_iter().all(|arg| rows.never_null(arg)) {
            true => not_null(format!("{name} has a value in every group")),
            false => nullable(format!("{name} is NULL when all values of a group are")),
        }
    }
}

impl Scope<'_, '_> {
    /// Whether HAVING keeps no group without rows.
    fn having_needs_rows(&self) -> bool {
        let name = |call: &Aggregate| {
            let function = self.catalog().function(call.function);
            function.filter(|it| is_built_in(it.oid) && call.levels_up == 0).map(|it| &*it.name)
        };
        let has_value = |fact: &Expr| match fact {
            Expr::Aggregate(call) => {
                let needs = name(call).map(over_rows);
                matches!(needs, Some(OverRows::OfRows | OverRows::OfValues))
            }
            _ => false,
        };
        let counts = |conjunct: &Expr| {
            let Expr::Operator { oid, args, .. } = conjunct else { return false };
            let operator = self.catalog().operator(*oid).filter(|it| is_built_in(it.oid));
            let (Some(operator), [Expr::Aggregate(call), least]) = (operator, &args[..]) else {
                return false;
            };
            let least = least.integer_constant();
            name(call) == Some("count")
                && match operator.name.as_str() {
                    ">" => least >= Some(0),
                    ">=" | "=" => least >= Some(1),
                    "<>" => least == Some(0),
                    _ => false,
                }
        };
        let having = self.query.having.iter().flat_map(Expr::conjuncts);
        self.having.keys().any(|fact| has_value(fact)) || having.into_iter().any(counts)
    }
}

/// Whether a group can stand for no rows: the only one, or the grand total.
pub fn may_be_empty(query: &Query) -> bool {
    match query.grouping_sets.as_slice() {
        [] => query.group.is_empty(),
        sets => sets.iter().all(has_empty),
    }
}

/// `GROUP BY a, ROLLUP (b)` combines each set of one with each of the other: empty needs all.
fn has_empty(set: &GroupingSet) -> bool {
    match set {
        GroupingSet::Empty | GroupingSet::Rollup(_) | GroupingSet::Cube(_) => true,
        GroupingSet::Simple(columns) => columns.is_empty(),
        GroupingSet::Sets(sets) => sets.iter().any(has_empty),
    }
}
