//! Functions and operators.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::scope::{Proof, Scope, not_null, nullable};
use super::super::tree::{Expr, RangeTableEntry, RteKind};
use super::uncertain;
use crate::catalog::{Catalog, Function, Oid, is_built_in};
use crate::signature::Nullability;

/// What is known about the result of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Not NULL where no argument is.
    Strict,
    /// Never NULL, whatever the arguments.
    Never,
    /// Not NULL where the first argument is not.
    First,
    /// Not NULL where the first two arguments are not.
    FirstTwo,
    /// Not NULL where any argument is not.
    Any,
    /// No row of the set has NULL in any column.
    SetNotNull,
    /// No row of the set has NULL in its first column.
    SetFirstNotNull,
    Unknown,
}

/// Names of strict functions that, built in, give no NULL for arguments that are not NULL. Left out: what
/// looks something up (`to_regclass`), searches (`array_position`), takes apart (`->`), or is NULL for
/// infinity (`extract`).
static STRICT: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("strict.txt").lines().collect());

/// Looks a function up in what was vetted; user functions are never believed.
pub fn behaviour(catalog: &Catalog, oid: Oid, args: &[Expr]) -> Behaviour {
    match catalog.function(oid) {
        Some(function) if is_built_in(oid) && function.schema == "pg_catalog" => {
            of_built_in(function, args)
        }
        _ => Behaviour::Unknown,
    }
}

fn of_built_in(function: &Function, args: &[Expr]) -> Behaviour {
    const TEXT: Oid = 25;
    const JSONB: Oid = 3802;
    let first = function.arguments.first().copied().unwrap_or_default();
    let second = function.arguments.get(1).copied();
    match function.name.as_str() {
        _ if function.returns_set => of_set(&function.name),
        // The bounds of an unbounded range are NULL.
        "lower" | "upper" if first != TEXT => Behaviour::Unknown,
        // By pattern: NULL where nothing matches.
        "substring" if second == Some(TEXT) => Behaviour::Unknown,
        "current_setting" if args.len() == 2 => Behaviour::Unknown,
        // NULL for infinity.
        "time" | "timetz" if matches!(first, 1114 | 1184) => Behaviour::Unknown,
        // From 18 on the JSON null becomes NULL.
        "bool" | "int2" | "int4" | "int8" | "float4" | "float8" | "numeric" if first == JSONB => {
            Behaviour::Unknown
        }
        "array_cat" => Behaviour::Any,
        "array_append" | "array_prepend" | "concat" | "num_nulls" | "num_nonnulls"
        | "json_build_array" | "jsonb_build_array" | "json_build_object" | "jsonb_build_object"
        | "quote_nullable" | "int4range" | "int8range" | "numrange" | "daterange" | "tsrange"
        | "tstzrange" | "set_config" | "pg_typeof" | "enum_first" | "enum_last" | "enum_range" => {
            Behaviour::Never
        }
        "concat_ws" | "format" | "array_remove" | "array_replace" | "array_positions"
        | "string_to_array" => Behaviour::First,
        "array_to_string" if args.len() == 3 => Behaviour::FirstTwo,
        // Of what is infinite, these are infinite; others NULL.
        "extract" | "date_part" if is_unbounded(args.first()) => Behaviour::Strict,
        name if function.strict && STRICT.contains(name) => Behaviour::Strict,
        _ => Behaviour::Unknown,
    }
}

/// The fields of date and time that go on for ever.
fn is_unbounded(field: Option<&Expr>) -> bool {
    const FIELDS: &[&str] =
        &["epoch", "julian", "year", "isoyear", "decade", "century", "millennium"];
    field.and_then(Expr::text_constant).is_some_and(|it| FIELDS.contains(&it))
}

fn of_set(name: &str) -> Behaviour {
    match name {
        "generate_series"
        | "generate_subscripts"
        | "jsonb_object_keys"
        | "json_object_keys"
        | "regexp_split_to_table"
        | "regexp_matches"
        | "jsonb_array_elements"
        | "json_array_elements"
        | "jsonb_each"
        | "json_each"
        | "jsonb_path_query" => Behaviour::SetNotNull,
        "jsonb_each_text" | "json_each_text" => Behaviour::SetFirstNotNull,
        _ => Behaviour::Unknown,
    }
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn judge_call(&self, expr: &'a Expr) -> Proof {
        let (function, args, variadic) = match expr {
            Expr::Function { oid, args, variadic, .. } => (*oid, args, *variadic),
            Expr::Operator { oid, function, args, .. } => {
                let operator = self.catalog().operator(*oid);
                if operator.is_some_and(|it| it.compares) && is_built_in(*oid) {
                    return self.all(args);
                }
                (*function, args, false)
            }
            _ => return nullable("it is no call"),
        };
        let name = self.catalog().function(function).map_or("the function", |it| it.name.as_str());
        let of_first = |count: usize| self.all(args.get(..count).unwrap_or(args));
        match behaviour(self.catalog(), function, args) {
            _ if variadic => nullable(format!("{name} may get NULL for all its arguments")),
            Behaviour::Never => not_null(format!("{name} never gives NULL")),
            // Whichever it is that is NULL.
            Behaviour::Strict => self.all(args.iter().map(Expr::argument)),
            Behaviour::First => of_first(1),
            Behaviour::FirstTwo => of_first(2),
            Behaviour::Any => self.any(args, "one of its arguments is never NULL"),
            _ => nullable(format!("{name} is not known to give no NULL")),
        }
    }

    /// `x = ANY (array)`: NULL where x, the array or an element is.
    pub(super) fn judge_scalar_array(&self, args: &'a [Expr]) -> Proof {
        let [left, array] = args else { return nullable("the comparison may meet NULL") };
        let left = self.judge(left);
        if left.value == Nullability::Nullable {
            return uncertain(left);
        }
        match array.unlabelled() {
            Expr::Array { elements, nested: false, .. } => self.all(elements),
            _ => nullable("an element of the array may be NULL"),
        }
    }

    /// A function in the target list that gives many rows.
    pub(super) fn judge_set_target(&self, expr: &'a Expr) -> Proof {
        // Those that ORDER BY or DISTINCT ON asks for go in step too.
        let sets = self.query.targets.iter().filter(|target| target.expr.contains_set()).count();
        match expr {
            Expr::Function { oid, args, returns_set: true, .. } if sets == 1 => {
                match behaviour(self.catalog(), *oid, args) {
                    Behaviour::SetNotNull if self.is_scalar(*oid) => {
                        not_null("the function's rows have no NULL")
                    }
                    _ => nullable("the function's rows may have NULL"),
                }
            }
            _ => nullable("the shorter of several functions is padded with NULL"),
        }
    }

    fn is_scalar(&self, function: Oid) -> bool {
        const RECORD: Oid = 2249;
        self.catalog().function(function).is_some_and(|it| it.return_type != RECORD)
    }

    /// A side of a set operation.
    pub(super) fn judge_leaf(&self, table: &'a RangeTableEntry, index: usize) -> Proof {
        match (&table.kind, i32::try_from(index + 1)) {
            (RteKind::Subquery(_), Ok(attribute)) => self.judge_column(table, attribute),
            _ => nullable("a side of the set operation is not known"),
        }
    }
}

impl Expr {
    /// Whether it gives several rows for one.
    pub fn contains_set(&self) -> bool {
        matches!(self, Self::Function { returns_set: true, .. })
            || self.children().into_iter().any(Self::contains_set)
    }
}
