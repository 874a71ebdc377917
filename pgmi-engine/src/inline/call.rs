//! What is found in one file.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Which macro it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// `query!("select …")`
    Query,
    /// `query_file!("path.sql")`
    File,
    /// `include_queries!()`
    Bindings,
}

/// One `query!` or `query_file!` with a string literal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Call {
    pub kind: Kind,
    /// The bytes of the literal, quotes included.
    pub literal: Range<usize>,
}

/// What one file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Scan {
    pub calls: Vec<Call>,
    /// The modules of this file in which `include_queries!()` stands.
    pub bindings: Vec<Vec<String>>,
}

impl Kind {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "query" => Some(Self::Query),
            "query_file" => Some(Self::File),
            "include_queries" => Some(Self::Bindings),
            _ => None,
        }
    }
}
