//! From the blocks of a statement to what it asks of each table.

use std::collections::BTreeSet;

use super::super::QueryId;
use super::super::block::{SortKey, Statement, tables_of};
use super::super::ground::Ground;
use super::classes::complete;
use super::classify::{Verdict, View};
use super::side::Side;
use super::{Key, Need, Use, UseKind};
use crate::catalog::Key as UniqueKey;
use crate::describe::tree::Expr;

/// What a statement asks of each of its tables.
pub(in crate::index) fn needs(
    ground: &Ground<'_>,
    query: QueryId,
    statement: &mut Statement,
) -> Vec<Need> {
    let mut needs = Vec::new();
    for block in &mut statement.blocks {
        complete(ground, block);
        for table in block.tables.clone() {
            let Some(found) = statement.tables.get(table) else { continue };
            let Some(relation) = found.relation else { continue };
            let view = View { ground, block, tables: &statement.tables, table, relation };
            let changes = statement.changes.iter().any(|it| it.relation == relation);
            needs.push(Need { changes, ..view.need(query, &found.reads) });
        }
    }
    needs
}

impl View<'_> {
    fn need(&self, query: QueryId, reads: &BTreeSet<i32>) -> Need {
        let mut uses: Vec<Use> = Vec::new();
        let mut refused = Vec::new();
        for condition in &self.block.conditions {
            match self.condition(condition) {
                Verdict::Use(found) if !uses.contains(&found) => uses.push(found),
                Verdict::Refused(found) if !refused.contains(&found) => refused.push(found),
                _ => {}
            }
        }
        let order = self.order(&self.block.order, &uses);
        let extremes = match &self.block.extremes[..] {
            [only] => self.order(std::slice::from_ref(only), &uses),
            _ => Vec::new(),
        };
        if let Some(found) = self.first_of_each(&order, &uses) {
            refused.push(found);
        }
        Need {
            query,
            relation: self.relation,
            is_unique: self.is_unique(&uses),
            uses,
            order,
            limited: self.block.limited,
            first: self.block.first,
            of_each: self.block.of_each,
            extremes,
            aggregates: self.block.aggregates,
            reads: (!reads.contains(&0)).then(|| reads.iter().copied().collect()),
            refused,
            takes_some: self.block.limited && self.block.locks,
            changes: false,
        }
    }

    /// The leading sort keys that are of this table. What is fixed to one value sorts nothing.
    fn order(&self, order: &[SortKey], uses: &[Use]) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for sort in order {
            if !self.mentions(&sort.expr) && self.is_fixed_elsewhere(&sort.expr) {
                continue;
            }
            let Some(key) = self.sort_key(sort, keys.is_empty()) else { break };
            let is_fixed =
                uses.iter().any(|it| it.is_equality() && it.is_given() && it.key.expr == key.expr);
            if !is_fixed && !keys.iter().any(|it| it.expr == key.expr) {
                keys.push(key);
            }
        }
        keys
    }

    /// A constant, or a column of a table that a condition fixes.
    fn is_fixed_elsewhere(&self, expr: &Expr) -> bool {
        let tables = tables_of(expr);
        let of_block = |table: &usize| self.block.tables.contains(table);
        !tables.iter().any(of_block)
    }

    fn sort_key(&self, sort: &SortKey, is_first: bool) -> Option<Key> {
        let (collation, expr) = match &sort.expr {
            Expr::Relabel { of, collation, .. } if *collation != 0 => (*collation, &**of),
            other => (0, other),
        };
        if is_first && let Some(key) = self.distance(expr) {
            return Some(key);
        }
        let Side::Key(key) = self.side(expr, 0) else { return None };
        // The order of the column's own collation, unless COLLATE says another.
        let key = Key { collation, ..key };
        let (class, _) = self.btree(sort.operator, key.type_oid)?;
        Some(Key { class, descending: sort.descending, nulls_first: sort.nulls_first, ..key })
    }

    /// `order by place <-> $1`
    fn distance(&self, expr: &Expr) -> Option<Key> {
        let Expr::Operator { oid, args, collation, .. } = expr else { return None };
        let [left, right] = &args[..] else { return None };
        let (key, operator) = match (self.side(left, *collation), self.side(right, *collation)) {
            (Side::Key(key), Side::Value(_)) => (key, *oid),
            (Side::Value(_), Side::Key(key)) => {
                (key, self.ground.catalog.operator(*oid)?.commutator)
            }
            _ => return None,
        };
        let class = *self.nearest(operator, key.type_oid).first()?;
        Some(Key { class, collation: 0, ..key })
    }

    /// Whether conditions fix a unique key: there is one row at most, and an index that finds it.
    fn is_unique(&self, uses: &[Use]) -> bool {
        let Some(relation) = self.ground.catalog.relation(self.relation) else { return false };
        let is_fixed = |key: &UniqueKey| {
            let fixes = |expr: &Expr, family: u32| {
                uses.iter().any(|it| {
                    matches!(it.kind, UseKind::Equal)
                        && it.is_given()
                        && !it.is_policy
                        && it.key.expr == *expr
                        && self.ground.family_of(&it.key) == Some(family)
                })
            };
            let said = |predicate: &Expr| {
                predicate
                    .conjuncts()
                    .iter()
                    .all(|it| uses.iter().any(|use_| use_.condition == **it))
            };
            key.parts.iter().all(|part| fixes(&part.expr, part.family))
                && key.predicate.iter().all(said)
        };
        relation.keys.iter().any(is_fixed)
    }
}

impl Ground<'_> {
    /// The operator family that a B-tree key belongs to.
    pub(in crate::index) fn family_of(&self, key: &Key) -> Option<u32> {
        match key.class {
            0 => self.default_class("btree", key.type_oid).map(|it| it.family),
            class => {
                let mut classes = self.classes.iter().filter(|it| it.method == "btree");
                classes.find(|it| it.oid == class).map(|it| it.family)
            }
        }
    }
}
