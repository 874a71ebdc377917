//! Relations: columns, keys, checks, triggers.

use super::{Catalog, Oid};
use crate::describe::tree::Expr;

/// A row of `pg_class`, with what hangs on it.
#[derive(Clone, Debug)]
pub struct Relation {
    pub oid: Oid,
    pub schema: String,
    pub name: String,
    pub relkind: char,
    pub row_security: bool,
    pub children: Vec<Oid>,
    /// `tgtype` of each user trigger that is enabled.
    pub triggers: Vec<i16>,
    /// Rules besides that of a view.
    pub has_rules: bool,
    pub columns: Vec<Column>,
    /// Unique indexes, the primary key first.
    pub keys: Vec<Key>,
    pub checks: Vec<Check>,
}

#[derive(Clone, Debug)]
pub struct Column {
    /// `attnum`
    pub number: i32,
    pub name: String,
    pub type_oid: Oid,
    pub dims: u8,
    /// NOT NULL, valid for all rows.
    pub not_null: bool,
    /// The database computes it, or can: GENERATED, IDENTITY, DEFAULT.
    pub generated: bool,
    pub identity: bool,
    pub has_default: bool,
}

/// A unique index.
#[derive(Clone, Debug)]
pub struct Key {
    pub name: String,
    pub parts: Vec<KeyPart>,
    /// Of a partial index: holds for the rows in it. Its columns are those of relation 1.
    pub predicate: Option<Expr>,
}

#[derive(Clone, Debug)]
pub struct KeyPart {
    /// A column, or an expression over columns of relation 1.
    pub expr: Expr,
    pub family: Oid,
    pub collation: Oid,
}

/// A CHECK that all rows obey. Its columns are those of relation 1.
#[derive(Clone, Debug)]
pub struct Check {
    pub name: String,
    pub expr: Expr,
    pub no_inherit: bool,
}

/// When a row trigger runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerEvent {
    Insert,
    Update,
    Delete,
}

impl Relation {
    pub fn column(&self, number: i32) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }

    pub fn column_named(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a trigger can change or drop a row before it is stored, or stores it elsewhere.
    pub fn may_divert(&self, event: TriggerEvent) -> bool {
        const ROW: i16 = 1;
        const BEFORE: i16 = 2;
        const INSTEAD: i16 = 64;
        let event = match event {
            TriggerEvent::Insert => 4,
            TriggerEvent::Delete => 8,
            TriggerEvent::Update => 16,
        };
        self.triggers
            .iter()
            .any(|kind| kind & ROW != 0 && kind & event != 0 && kind & (BEFORE | INSTEAD) != 0)
    }
}

impl Catalog {
    /// Whether a change of the relation, or of one that inherits from it, may be diverted.
    pub fn may_divert(&self, oid: Oid, event: TriggerEvent) -> bool {
        let family = self.family(oid);
        // A row that moves to another partition is inserted there.
        let moves = event == TriggerEvent::Update && family.iter().any(|it| it.relkind == 'p');
        family.is_empty()
            || family.iter().any(|relation| {
                relation.may_divert(event)
                    || moves && relation.may_divert(TriggerEvent::Insert)
                    || !matches!(relation.relkind, 'r' | 'p')
            })
    }
}
