//! One condition, seen from one table.

use super::super::block::{Block, Condition, Table, TableId, tables_of};
use super::super::ground::Ground;
use super::side::Side;
use super::{Key, Refused, Use, UseKind, Value};
use crate::catalog::Oid;
use crate::describe::tree::{BoolOp, BoolTest, Expr};

/// A table of a block.
#[derive(Clone, Copy)]
pub(super) struct View<'v> {
    pub ground: &'v Ground<'v>,
    pub block: &'v Block,
    /// Those of the whole statement.
    pub tables: &'v [Table],
    pub table: TableId,
    pub relation: Oid,
}

/// What a condition is to a table.
pub(super) enum Verdict {
    Use(Use),
    Refused(Refused),
    /// It is about other tables.
    Nothing,
}

const BOOL: Oid = 16;
pub(super) const BTREE: &str = "btree";

impl View<'_> {
    /// What the condition is to this table.
    pub fn condition(&self, condition: &Condition) -> Verdict {
        if !condition.restricts.contains(&self.table) {
            return Verdict::Nothing;
        }
        match self.verdict(&condition.expr) {
            Verdict::Use(found) => Verdict::Use(Use { is_policy: condition.is_policy, ..found }),
            other => other,
        }
    }

    fn verdict(&self, expr: &Expr) -> Verdict {
        if !self.mentions(expr) {
            return Verdict::Nothing;
        }
        match expr {
            Expr::Operator { oid, args, collation, .. } => match &args[..] {
                [left, right] => self.comparison(expr, *oid, left, right, *collation),
                _ => Verdict::Nothing,
            },
            Expr::ScalarArray { operator, any, args, collation, .. } => match &args[..] {
                [left, right] => self.any_of(expr, (*operator, *any), left, right, *collation),
                _ => Verdict::Nothing,
            },
            Expr::NullTest { of, is_null, row: false } => self.null_test(expr, of, *is_null),
            Expr::BoolTest { of, test: BoolTest::True } => self.boolean(expr, of, true),
            Expr::BoolTest { of, test: BoolTest::False } => self.boolean(expr, of, false),
            Expr::Bool { op: BoolOp::Not, args } => match args.first() {
                Some(of @ Expr::Var(_)) => self.boolean(expr, of, false),
                Some(Expr::Distinct { args, .. }) => {
                    Verdict::Refused(self.not_distinct(expr, args))
                }
                _ => Verdict::Refused(self.negation(expr)),
            },
            Expr::Bool { op: BoolOp::Or, args } => self.alternatives(expr, args),
            Expr::Var(_) => self.boolean(expr, expr, true),
            Expr::RowCompare { operators, left, right } => self.rows(expr, operators, left, right),
            Expr::Distinct { .. } => Verdict::Refused(self.distinct(expr)),
            _ => self.called(expr),
        }
    }

    pub fn mentions(&self, expr: &Expr) -> bool {
        tables_of(expr).contains(&self.table)
    }

    fn comparison(
        &self,
        expr: &Expr,
        operator: Oid,
        left: &Expr,
        right: &Expr,
        collation: Oid,
    ) -> Verdict {
        let flipped = self.ground.catalog.operator(operator).map_or(0, |it| it.commutator);
        match (self.side(left, collation), self.side(right, collation)) {
            (Side::Key(key), Side::Value(value)) => {
                self.compared(expr, operator, key, value, right)
            }
            (Side::Value(value), Side::Key(key)) if flipped != 0 => {
                self.compared(expr, flipped, key, value, left)
            }
            (Side::Unusable(refused), _) | (_, Side::Unusable(refused)) => {
                Verdict::Refused(self.optional(expr).unwrap_or(refused))
            }
            (Side::Key(_), Side::Key(_)) => match self.optional(expr) {
                Some(refused) => Verdict::Refused(refused),
                None => Verdict::Nothing,
            },
            _ => Verdict::Nothing,
        }
    }

    /// `key operator value`
    fn compared(
        &self,
        condition: &Expr,
        operator: Oid,
        key: Key,
        value: Value,
        other: &Expr,
    ) -> Verdict {
        let found = |kind, key, value| {
            let condition = self.over_one(condition);
            Verdict::Use(Use::new(kind, key, value, condition))
        };
        if let Some(refused) = self.hidden_by_cast(&key) {
            return Verdict::Refused(refused);
        }
        if let Some((class, strategy)) = self.btree(operator, key.type_oid) {
            let kind = if strategy == 3 { UseKind::Equal } else { UseKind::Range };
            return found(kind, Key { class, ..key }, value);
        }
        if let Some(verdict) = self.pattern(condition, operator, &key, &value, other) {
            return verdict;
        }
        let classes = self.special(operator, key.type_oid);
        if !classes.is_empty() {
            return found(UseKind::Special(classes), key, value);
        }
        match value {
            Value::Literal => found(UseKind::Predicate, key, value),
            _ => Verdict::Refused(self.unindexable(operator, &key)),
        }
    }

    /// The class of a B-tree that has the operator, 0 for the default, and its strategy.
    pub fn btree(&self, operator: Oid, type_oid: Oid) -> Option<(Oid, i32)> {
        let default = self.ground.default_class(BTREE, type_oid);
        if let Some(default) = default
            && let Some(strategy) = self.ground.strategy(operator, default.family)
        {
            return Some((0, strategy));
        }
        let mut others = self.ground.classes_for(BTREE, type_oid);
        others.find_map(|it| Some((it.oid, self.ground.strategy(operator, it.family)?)))
    }

    fn any_of(
        &self,
        condition: &Expr,
        (operator, any): (Oid, bool),
        left: &Expr,
        right: &Expr,
        collation: Oid,
    ) -> Verdict {
        let (left, array) = (self.side(left, collation), self.side(right, collation));
        let (key, value) = match (left, array) {
            (Side::Key(key), Side::Value(value)) => (key, value),
            (Side::Value(_), Side::Key(key)) => return Verdict::Refused(self.inside(&key, any)),
            (Side::Unusable(refused), _) => return Verdict::Refused(refused),
            _ => return Verdict::Nothing,
        };
        let condition = self.over_one(condition);
        let found = |kind, key| {
            let (value, condition) = (value.clone(), condition.clone());
            Verdict::Use(Use::new(kind, key, value, condition))
        };
        match self.btree(operator, key.type_oid) {
            Some((class, 3)) if any => found(UseKind::AnyOf, Key { class, ..key }),
            Some((class, _)) if any => found(UseKind::Range, Key { class, ..key }),
            None if any && !self.special(operator, key.type_oid).is_empty() => {
                found(UseKind::Special(self.special(operator, key.type_oid)), key)
            }
            _ if matches!(value, Value::Literal) => found(UseKind::Predicate, key),
            _ => Verdict::Refused(self.none_of(&key)),
        }
    }

    fn null_test(&self, condition: &Expr, of: &Expr, is_null: bool) -> Verdict {
        match self.side(of, 0) {
            Side::Key(key) => {
                let kind = if is_null { UseKind::IsNull } else { UseKind::IsNotNull };
                let condition = self.over_one(condition);
                Verdict::Use(Use::new(kind, key, Value::Literal, condition))
            }
            Side::Unusable(refused) => Verdict::Refused(refused),
            Side::Value(_) => Verdict::Nothing,
        }
    }

    fn boolean(&self, condition: &Expr, of: &Expr, wanted: bool) -> Verdict {
        match self.side(of, 0) {
            Side::Key(key) if key.type_oid == BOOL => {
                let (kind, condition) = (UseKind::Bool(wanted), self.over_one(condition));
                Verdict::Use(Use::new(kind, key, Value::Literal, condition))
            }
            _ => Verdict::Nothing,
        }
    }

    fn alternatives(&self, condition: &Expr, args: &[Expr]) -> Verdict {
        if let Some(refused) = self.optional(condition) {
            return Verdict::Refused(refused);
        }
        let mut arms = Vec::new();
        for arg in args {
            let mut uses = Vec::new();
            let mut why = None;
            for conjunct in arg.conjuncts() {
                match self.verdict(conjunct) {
                    Verdict::Use(found) => uses.push(found),
                    Verdict::Refused(refused) => why = Some(refused),
                    Verdict::Nothing => {}
                }
            }
            let helps = |it: &Use| {
                !matches!(it.kind, UseKind::Predicate | UseKind::IsNotNull) && it.is_given()
            };
            if !uses.iter().any(helps) {
                return Verdict::Refused(self.open_alternative(condition, arg, why));
            }
            arms.push(uses);
        }
        let Some(first) = arms.first().and_then(|arm| arm.first()) else { return Verdict::Nothing };
        let is_literal = arms.iter().flatten().all(|it| it.value == Value::Literal);
        let value = if is_literal { Value::Literal } else { Value::Given };
        let (key, condition) = (first.key.clone(), self.over_one(condition));
        Verdict::Use(Use::new(UseKind::Or(arms), key, value, condition))
    }

    fn rows(&self, condition: &Expr, operators: &[Oid], left: &[Expr], right: &[Expr]) -> Verdict {
        let mut keys = Vec::new();
        let mut value = Value::Literal;
        for ((left, right), operator) in left.iter().zip(right).zip(operators) {
            let sides = (self.side(left, 0), self.side(right, 0));
            let ((Side::Key(key), Side::Value(given)) | (Side::Value(given), Side::Key(key))) =
                sides
            else {
                break;
            };
            let Some((class, _)) = self.btree(*operator, key.type_oid) else { break };
            keys.push(Key { class, ..key });
            if given != Value::Literal {
                value = given;
            }
        }
        let Some(key) = keys.first().cloned() else { return Verdict::Nothing };
        let (kind, condition) = (UseKind::Rows(keys), self.over_one(condition));
        Verdict::Use(Use::new(kind, key, value, condition))
    }
}
