//! Whether an element of an array can be NULL, whether or not the array itself can.

use super::super::scope::{Proof, Scope, not_null, nullable};
use super::super::tree::{
    Aggregate, Expr, Query, RteKind, SetOperation, SetOperator, SubLinkKind, Var,
};
use super::set_operation::keeps;
use super::stored::elements_of;
use crate::catalog::{Kind, Oid, is_built_in};
use crate::signature::Nullability;

/// Judges the elements of a result column, counted from 0.
pub fn result_elements(scope: &Scope<'_, '_>, index: usize) -> Proof {
    if let Some(operation) = &scope.query.set_operation {
        return combined(scope, operation, index);
    }
    match scope.query.visible().nth(index) {
        Some(target) if !target.expr.contains_set() => scope.judge_elements(&target.expr),
        _ => unknown(),
    }
}

fn combined(scope: &Scope<'_, '_>, operation: &SetOperation, index: usize) -> Proof {
    match operation {
        SetOperation::Leaf(number) => match i32::try_from(index + 1) {
            Ok(attribute) => scope.elements_of_column(*number, attribute),
            Err(_) => unknown(),
        },
        SetOperation::Node { operator, left, right, types, .. } => {
            let side = |side: &SetOperation| match keeps(scope, side, index, types) {
                true => combined(scope, side, index),
                false => nullable("it is converted to another type"),
            };
            match operator {
                SetOperator::Except => side(left),
                _ => worst([side(left), side(right)].into_iter()),
            }
        }
    }
}

impl<'a> Scope<'_, 'a> {
    /// Judges the elements of an expression that gives an array.
    pub(super) fn judge_elements(&self, expr: &'a Expr) -> Proof {
        match expr {
            Expr::Const { value: None, .. } => not_null("NULL has no elements"),
            Expr::Const { value: Some(bytes), .. } => constant(bytes),
            Expr::Param { number, .. } => {
                match self.context.given_elements.borrow().contains(number) {
                    true => not_null(format!("an element of ${number} is never NULL")),
                    false => nullable(format!("an element of ${number} can be NULL")),
                }
            }
            Expr::Var(var) => self.elements_of_variable(*var),
            Expr::Array { elements, nested: false, .. } => self.all(elements),
            Expr::Array { elements: args, .. }
            | Expr::Coalesce { args, .. }
            | Expr::MinMax { args, .. } => self.elements_of_all(args),
            Expr::NullIf { args, .. } => self.elements_of_all(args.get(..1).unwrap_or(args)),
            Expr::Case { arms, otherwise, .. } => {
                let results = arms.iter().map(|(_, result)| result).chain(otherwise.as_deref());
                worst(results.map(|result| self.judge_elements(result)))
            }
            Expr::SubLink { kind, query, .. } => self.elements_of_sub_link(*kind, query),
            Expr::Relabel { of, .. } | Expr::ToDomain { of, .. } => self.judge_elements(of),
            Expr::Convert { type_oid, of } if self.converts_elements(*type_oid, of) => {
                self.judge_elements(of)
            }
            Expr::Subscript { container, slice: true, assigned: None, .. } => {
                self.judge_elements(container)
            }
            Expr::Aggregate(call) => self.elements_of_aggregate(call),
            Expr::Function { oid: function, args, variadic: false, .. }
            | Expr::Operator { function, args, .. } => self.elements_of_call(*function, args),
            _ => unknown(),
        }
    }

    fn elements_of_all(&self, args: &'a [Expr]) -> Proof {
        worst(args.iter().map(|arg| self.judge_elements(arg)))
    }

    fn elements_of_variable(&self, var: Var) -> Proof {
        if var.levels_up > 0 {
            let outer = self.outer(var.levels_up);
            let own = Var { levels_up: 0, ..var };
            return outer.map_or_else(unknown, |outer| outer.elements_of_variable(own));
        }
        if self.query.on_conflict.as_ref().is_some_and(|it| it.excluded == var.relation) {
            return nullable("the row is not stored yet");
        }
        match self.aliased(var.relation, var.attribute) {
            Some(expr) => self.of_rows().judge_elements(expr),
            None => self.elements_of_column(var.relation, var.attribute),
        }
    }

    fn elements_of_column(&self, table: usize, attribute: i32) -> Proof {
        let index = usize::try_from(attribute).ok().and_then(|it| it.checked_sub(1));
        let (Some(table), Some(index)) = (self.query.table(table), index) else { return unknown() };
        match &table.kind {
            RteKind::Relation { oid, .. } => {
                elements_of(self.catalog(), *oid, attribute, table.inherits)
            }
            RteKind::Subquery(query) => self.elements_of_query(query, index, self),
            RteKind::CommonTable { name, levels_up, .. } => {
                match self.common_table(name, *levels_up) {
                    Some((common, around)) if !common.recursive => {
                        self.elements_of_query(&common.query, index, around)
                    }
                    _ => unknown(),
                }
            }
            RteKind::Values(rows) => {
                let scope = self.of_rows();
                worst(
                    rows.iter().filter_map(|row| row.get(index)).map(|it| scope.judge_elements(it)),
                )
            }
            _ => unknown(),
        }
    }

    fn elements_of_query(&self, query: &'a Query, index: usize, around: &Scope<'_, 'a>) -> Proof {
        result_elements(&Scope::new(self.context, query, Some(around)), index)
    }

    fn elements_of_sub_link(&self, kind: SubLinkKind, query: &'a Query) -> Proof {
        let scope = Scope::new(self.context, query, Some(self));
        match kind {
            SubLinkKind::Scalar => result_elements(&scope, 0),
            SubLinkKind::Array => match query.visible().next() {
                Some(target) if self.gives_array(&target.expr) => result_elements(&scope, 0),
                Some(_) => super::result(&scope, 0),
                None => unknown(),
            },
            _ => unknown(),
        }
    }

    fn elements_of_aggregate(&self, call: &'a Aggregate) -> Proof {
        let function = self.catalog().function(call.function).filter(|it| is_built_in(it.oid));
        let rows = self.of_rows().everywhere();
        match (function.map(|it| it.name.as_str()), &call.args[..], &call.direct[..]) {
            _ if call.levels_up > 0 => unknown(),
            (Some("array_agg"), [arg], _) => match self.gives_array(arg) {
                true => rows.judge_elements(arg),
                false => rows.judge(arg),
            },
            (Some("percentile_cont" | "percentile_disc"), _, [parts]) => self.judge_elements(parts),
            _ => unknown(),
        }
    }

    fn elements_of_call(&self, function: Oid, args: &'a [Expr]) -> Proof {
        let function = self.catalog().function(function).filter(|it| is_built_in(it.oid));
        let Some(function) = function.filter(|it| it.schema == "pg_catalog") else {
            return unknown();
        };
        let with = |array: &'a Expr, element: &'a Expr| {
            worst([self.judge_elements(array), self.judge(element)].into_iter())
        };
        match (function.name.as_str(), args) {
            ("array_append", [array, element]) | ("array_prepend", [element, array]) => {
                with(array, element)
            }
            ("array_cat", args) => self.elements_of_all(args),
            ("array_remove", [_, removed]) if removed.is_null_constant() => {
                not_null("NULL was removed")
            }
            ("array_replace", [array, _, by]) => with(array, by),
            ("array_fill", [element, ..]) => self.judge(element),
            (
                "array_remove" | "trim_array" | "array_reverse" | "array_sort" | "array_sample"
                | "array_shuffle",
                [array, ..],
            ) => self.judge_elements(array),
            ("string_to_array", [_, _])
            | (
                "regexp_split_to_array"
                | "array_positions"
                | "tsvector_to_array"
                | "parse_ident"
                | "current_schemas"
                | "enum_range",
                _,
            ) => not_null(format!("{} gives no NULL elements", function.name)),
            _ => unknown(),
        }
    }

    fn gives_array(&self, expr: &Expr) -> bool {
        expr.type_oid().is_some_and(|it| self.element_type(it).is_some())
    }

    fn element_type(&self, type_oid: Oid) -> Option<Oid> {
        match self.catalog().type_of(self.catalog().base_type(type_oid))?.kind {
            Kind::Array { element } => Some(element),
            _ => None,
        }
    }

    /// Whether the elements are converted one by one, by conversions that are known to keep them.
    fn converts_elements(&self, to: Oid, of: &Expr) -> bool {
        let from = of.type_oid().and_then(|it| self.element_type(it));
        let known = |element: Option<Oid>| element.is_some_and(is_built_in);
        known(from) && known(self.element_type(to))
    }
}

/// `ArrayType` in memory: length, dimensions, and where the data begins if NULLs are marked before it.
fn constant(bytes: &[u8]) -> Proof {
    match bytes.get(8..12) == Some(&[0, 0, 0, 0]) {
        true => not_null("the constant has no NULL element"),
        false => nullable("the constant has a NULL element"),
    }
}

fn worst(mut proofs: impl Iterator<Item = Proof>) -> Proof {
    let bad = proofs.find(|proof| proof.value == Nullability::Nullable);
    bad.map_or_else(|| not_null("nothing that it is made of has NULL elements"), super::uncertain)
}

fn unknown() -> Proof {
    nullable("an element may be NULL")
}
