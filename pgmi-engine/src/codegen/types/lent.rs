//! What rows can borrow, as generic parameters of their structs.

use std::collections::BTreeSet;
use std::fmt::Write;

/// What a row can borrow from what was received: a generic parameter of its struct, so that one struct is both rows
/// that own it and rows that borrow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::codegen) enum Lent {
    Text,
    Bytes,
}

impl Lent {
    /// The generic parameter.
    pub fn generic(self) -> &'static str {
        match self {
            Self::Text => "S",
            Self::Bytes => "B",
        }
    }

    /// What every row of it is made from.
    pub fn bound(self) -> &'static str {
        match self {
            Self::Text => "::pgmi::types::FromText<'r>",
            Self::Bytes => "::pgmi::types::FromBytes<'r>",
        }
    }

    /// What is said of it; `borrowed` is the name of the rows that borrow.
    pub fn said(self, borrowed: &str) -> String {
        match self {
            Self::Text => format!("Its text is `S`: a `String`, or a `&str` in [`{borrowed}`]."),
            Self::Bytes => {
                format!("Its bytes are `B`: a `Vec<u8>`, or a `&[u8]` in [`{borrowed}`].")
            }
        }
    }

    pub fn owned(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Bytes => "Vec<u8>",
        }
    }

    /// `'_` stands for the lifetime.
    pub fn borrowed(self) -> &'static str {
        match self {
            Self::Text => "&'_ str",
            Self::Bytes => "&'_ [u8]",
        }
    }
}

/// Generic parameters, each with what it is unless it is said.
pub(in crate::codegen) fn declared(lent: &BTreeSet<Lent>) -> String {
    in_brackets(listed(lent, |it| format!("{} = {}", it.generic(), it.owned())))
}

/// The same where the struct is mentioned.
pub(in crate::codegen) fn arguments(lent: &BTreeSet<Lent>) -> String {
    in_brackets(listed(lent, |it| it.generic().to_owned()))
}

/// The same with what each is made from.
pub(in crate::codegen) fn bounded(lent: &BTreeSet<Lent>) -> String {
    listed(lent, |it| format!("{}: {}", it.generic(), it.bound()))
}

/// The name of a struct where it borrows.
pub(in crate::codegen) fn alias(out: &mut String, alias: &str, name: &str, lent: &BTreeSet<Lent>) {
    let borrowed = in_brackets(listed(lent, |it| it.borrowed().replace("'_", "'r")));
    _ = writeln!(out, "pub type {alias}<'r> = {name}{borrowed};");
}

fn listed(lent: &BTreeSet<Lent>, written: fn(Lent) -> String) -> String {
    lent.iter().map(|it| written(*it)).collect::<Vec<_>>().join(", ")
}

fn in_brackets(list: String) -> String {
    if list.is_empty() { list } else { format!("<{list}>") }
}
