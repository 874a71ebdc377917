//! Functions and operators.

use super::Oid;

/// A row of `pg_proc`.
#[derive(Clone, Debug)]
pub struct Function {
    pub oid: Oid,
    pub schema: String,
    pub name: String,
    /// Any NULL argument makes the result NULL, without a call.
    pub strict: bool,
    pub volatility: Volatility,
    pub returns_set: bool,
    /// `prokind`: f, p, a, w.
    pub kind: char,
    pub return_type: Oid,
    pub arguments: Vec<Oid>,
    pub variadic: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volatility {
    Immutable,
    Stable,
    Volatile,
}

/// A row of `pg_operator`.
#[derive(Clone, Debug)]
pub struct Operator {
    pub oid: Oid,
    pub name: String,
    pub function: Oid,
    pub commutator: Oid,
    pub left: Oid,
    pub right: Oid,
    /// The index families in which it is equality.
    pub equal_in: Vec<Oid>,
    /// It, or its negation, orders or equates in some index family.
    pub compares: bool,
}
