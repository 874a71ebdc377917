//! What stands under conversions.

use super::super::tree::Expr;

/// The expression under changes of type.
pub fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Relabel { of, .. } | Expr::Convert { of, .. } | Expr::ToDomain { of, .. } => bare(of),
        Expr::Function { args, .. } => match &args[..] {
            [of, rest @ ..] if !rest.is_empty() && rest.iter().all(is_constant) => bare(of),
            _ => expr,
        },
        other => other,
    }
}

pub fn is_constant(expr: &Expr) -> bool {
    matches!(expr, Expr::Const { .. })
}

/// Casts are functions named like types; those of a length have the length as further arguments.
pub fn is_conversion(name: &str, args: &[Expr]) -> bool {
    const NAMES: &[&str] = &[
        "int2",
        "int4",
        "int8",
        "float4",
        "float8",
        "numeric",
        "text",
        "varchar",
        "bpchar",
        "name",
        "date",
        "time",
        "timetz",
        "timestamp",
        "timestamptz",
        "interval",
        "bit",
        "varbit",
        "money",
        "bool",
        "char",
        "cidr",
        "inet",
        "bytea",
    ];
    NAMES.contains(&name) && args.iter().skip(1).all(is_constant)
}
