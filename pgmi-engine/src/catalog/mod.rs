//! `pg_catalog`, read once: what inference has to know about types, relations, keys, checks, functions
//! and operators. All of it, or only what is asked for. Names are PostgreSQL's own.

mod function;
mod known;
mod read;
mod relation;
mod rows;
mod types;

use std::collections::HashSet;

pub use function::{Function, Operator, Volatility};
pub use relation::{Check, Column, Key, KeyPart, Relation, TriggerEvent};
pub use types::{Kind, Type};

use known::Known;

/// PostgreSQL's number for an object of the catalog; differs from database to database.
pub type Oid = u32;

/// The catalog of one database at one moment.
#[derive(Debug, Default)]
pub struct Catalog {
    /// `server_version_num`
    pub version: u32,
    types: Known<Type>,
    relations: Known<Relation>,
    functions: Known<Function>,
    operators: Known<Operator>,
    /// Collations under which different bytes may be equal.
    nondeterministic: HashSet<Oid>,
}

impl Catalog {
    pub fn major(&self) -> u32 {
        self.version / 10_000
    }

    pub fn type_of(&self, oid: Oid) -> Option<&Type> {
        self.types.get(oid)
    }

    pub fn relation(&self, oid: Oid) -> Option<&Relation> {
        self.relations.get(oid)
    }

    pub fn function(&self, oid: Oid) -> Option<&Function> {
        self.functions.get(oid)
    }

    pub fn operator(&self, oid: Oid) -> Option<&Operator> {
        self.operators.get(oid)
    }

    pub fn is_deterministic(&self, collation: Oid) -> bool {
        !self.nondeterministic.contains(&collation)
    }

    /// The relation and all that inherit from it, itself first.
    pub fn family(&self, oid: Oid) -> Vec<&Relation> {
        let mut all: Vec<&Relation> = self.relation(oid).into_iter().collect();
        let mut at = 0;
        while let Some(relation) = all.get(at) {
            at += 1;
            for child in relation.children.iter().filter_map(|child| self.relation(*child)) {
                if !all.iter().any(|known| known.oid == child.oid) {
                    all.push(child);
                }
            }
        }
        all
    }
}

/// Whether an object was made by `initdb`: its behaviour is known and the same everywhere.
pub fn is_built_in(oid: Oid) -> bool {
    const FIRST_NORMAL_OBJECT_ID: Oid = 16_384;
    oid < FIRST_NORMAL_OBJECT_ID
}
