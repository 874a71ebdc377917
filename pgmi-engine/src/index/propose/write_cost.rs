//! What keeping an index costs the statements that write.

use std::collections::HashMap;

use super::super::block::{Change, Statement};
use super::super::ground::Ground;
use super::Sketch;
use crate::catalog::Oid;
use crate::describe::tree::{Command, Expr};

/// How often the workload writes to each table. One statement counts one, whatever it does.
#[derive(Debug, Default)]
pub(in crate::index) struct WriteCost {
    inserts: HashMap<Oid, u32>,
    /// The columns that each UPDATE assigns.
    updates: HashMap<Oid, Vec<Vec<i32>>>,
}

/// Several entries for each row.
const GIN: u32 = 4;

impl WriteCost {
    pub fn new<'s>(statements: impl Iterator<Item = &'s Statement>) -> Self {
        let mut cost = Self::default();
        for change in statements.flat_map(|statement| &statement.changes) {
            cost.add(change);
        }
        cost
    }

    fn add(&mut self, change: &Change) {
        match change.command {
            Command::Insert => *self.inserts.entry(change.relation).or_default() += 1,
            Command::Update => {
                self.updates.entry(change.relation).or_default().push(change.columns.clone());
            }
            _ => {}
        }
    }

    /// Whether some UPDATE assigns the column.
    pub fn is_updated(&self, relation: Oid, column: i32) -> bool {
        let updates = self.updates.get(&relation).map_or(&[][..], Vec::as_slice);
        updates.iter().any(|columns| columns.contains(&column))
    }

    /// An UPDATE of a column of the index writes to every index of the table, because the row moves.
    pub fn of(&self, sketch: &Sketch, ground: &Ground<'_>) -> u32 {
        let _ = ground;
        let columns = columns(sketch);
        let updates = self.updates.get(&sketch.relation).map_or(&[][..], Vec::as_slice);
        let touching = updates.iter().filter(|set| set.iter().any(|it| columns.contains(it)));
        let touching = u32::try_from(touching.count()).unwrap_or(u32::MAX);
        let writes = self.inserts.get(&sketch.relation).copied().unwrap_or_default() + touching;
        writes.saturating_mul(if sketch.method == "gin" { GIN } else { 1 })
    }
}

/// Every column that it depends on.
fn columns(sketch: &Sketch) -> Vec<i32> {
    let mut columns = sketch.include.clone();
    for expr in sketch.keys().map(|key| &key.expr).chain(&sketch.predicate) {
        expr.visit(0, &mut |inner, _| {
            if let Expr::Var(var) = inner {
                columns.push(var.attribute);
            }
        });
    }
    columns
}
