//! From what queries ask to the indexes that could answer.

mod foreign_keys;
mod include;
mod merge;
mod naming;
mod partial;
mod prefer;
mod sketches;
mod write_cost;

use std::collections::BTreeSet;

pub(super) use foreign_keys::{referring, unserved};
pub(super) use include::covering;
pub(super) use merge::merged;
pub(super) use naming::Names;
pub(super) use partial::{is_outdone, several};
pub(super) use prefer::{answers, is_akin};
pub(super) use sketches::sketches;
pub(super) use write_cost::WriteCost;

use super::ground::{Ground, NameKind};
use super::need::Key;
use super::{Candidate, CandidateKind, IndexDefinition, KeyExpression, KeyPart, QueryId};
use crate::catalog::Oid;
use crate::describe::tree::Expr;

/// An index whose leading keys may stand in any order yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    pub relation: Oid,
    pub method: String,
    /// Compared by equality: any order serves.
    pub free: Vec<Key>,
    /// In this order, behind them.
    pub tail: Vec<Key>,
    pub include: Vec<i32>,
    /// Conjuncts, over relation 1.
    pub predicate: Vec<Expr>,
    pub serves: BTreeSet<QueryId>,
    pub kind: CandidateKind,
    /// Else it only says which keys stand in front of others.
    pub is_asked: bool,
    pub reason: String,
}

impl Sketch {
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.free.iter().chain(&self.tail)
    }

    /// The index, named; none where it cannot be written.
    pub fn candidate(&self, ground: &Ground<'_>, cost: &WriteCost) -> Option<Candidate> {
        let index = self.definition(ground)?;
        let write_cost = cost.of(self, ground);
        // Of a partial index whose keys no condition is about, its own condition is all there is to say.
        let said = Some(&self.reason).filter(|it| !it.is_empty());
        let reason = said.or(index.predicate.as_ref()).cloned().unwrap_or_default();
        Some(Candidate {
            index,
            serves: self.serves.iter().copied().collect(),
            kind: self.kind,
            reason,
            write_cost,
        })
    }

    pub fn definition(&self, ground: &Ground<'_>) -> Option<IndexDefinition> {
        let relation = ground.catalog.relation(self.relation)?;
        let keys = self.keys().map(|key| self.part(ground, key)).collect::<Option<Vec<_>>>()?;
        let column = |number: &i32| Some(relation.column(*number)?.name.clone());
        let predicate = match &self.predicate[..] {
            [] => None,
            [only] => Some(ground.sql(self.relation, only)?),
            several => {
                let args = several.to_vec();
                let op = crate::describe::tree::BoolOp::And;
                Some(ground.sql(self.relation, &Expr::Bool { op, args })?)
            }
        };
        Some(IndexDefinition {
            schema: relation.schema.clone(),
            table: relation.name.clone(),
            name: String::new(),
            unique: false,
            method: self.method.clone(),
            keys,
            include: self.include.iter().map(column).collect::<Option<_>>()?,
            predicate,
            nulls_not_distinct: false,
        })
    }

    fn part(&self, ground: &Ground<'_>, key: &Key) -> Option<KeyPart> {
        let expression = match key.column() {
            Some(number) => {
                let column = ground.catalog.relation(self.relation)?.column(number)?;
                KeyExpression::Column(column.name.clone())
            }
            None => KeyExpression::Expression(ground.sql(self.relation, &key.expr)?),
        };
        let class = ground.classes.iter().find(|it| it.oid == key.class);
        let default = ground.default_class(&self.method, key.type_oid);
        let is_default =
            class.is_none() || class.map(|it| it.oid) == default.map(|default| default.oid);
        let is_btree = self.method == "btree";
        Some(KeyPart {
            expression,
            collation: match key.collation {
                0 => None,
                other => ground.name(NameKind::Collation, other).map(short_collation),
            },
            opclass: class.filter(|_| !is_default).map(super::ground::OpClass::sql),
            descending: is_btree && key.descending,
            nulls_first: is_btree && key.nulls_first,
        })
    }
}

fn short_collation(name: &str) -> String {
    name.strip_prefix("pg_catalog.").unwrap_or(name).to_owned()
}
