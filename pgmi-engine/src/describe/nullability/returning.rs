//! RETURNING: the row as it was, or as it has become.

use super::super::scope::{Proof, Scope, Stage, not_null, nullable};
use super::super::tree::{Command, Expr, MergeAction, Query, RteKind, Target, Var, VarReturning};
use super::attribute_of;
use crate::catalog::{Oid, TriggerEvent};
use crate::signature::Nullability;

impl<'a> Scope<'_, 'a> {
    /// Whether this is a column of the changed table after the change.
    pub(super) fn is_changed(&self, var: &Var) -> bool {
        self.query.command != Command::Select
            && var.levels_up == 0
            && var.relation == self.query.result_relation
    }

    pub(super) fn is_changed_column(&self, expr: &Expr) -> bool {
        expr.contains(|inner| matches!(inner, Expr::Var(var) if self.is_changed(var)))
    }

    pub(super) fn judge_changed(&self, var: &Var) -> Proof {
        if let Some(absent) = absent(self.query, var.returning) {
            return absent;
        }
        let Some((table, inherits)) = self.changed_table() else {
            return nullable("the changed table is not known");
        };
        match var.attribute {
            0 => return not_null("a row is there"),
            ..0 => return nullable("a changed row may have no system columns yet"),
            _ => {}
        }
        let stored = attribute_of(self.catalog(), table, var.attribute, inherits);
        if stored.value == Nullability::NotNull {
            return stored;
        }
        let old = var.returning == VarReturning::Old || self.query.command == Command::Delete;
        let known = match old {
            true => self.kept(var),
            false => self.assigned(table, var.attribute),
        };
        known.unwrap_or(stored)
    }

    fn changed_table(&self) -> Option<(Oid, bool)> {
        let table = self.query.table(self.query.result_relation)?;
        match table.kind {
            RteKind::Relation { oid, .. } => Some((oid, table.inherits)),
            _ => None,
        }
    }

    /// The row that was there before obeys WHERE.
    fn kept(&self, var: &Var) -> Option<Proof> {
        let before = Expr::Var(Var { returning: VarReturning::Default, ..*var });
        let known = self.query.command != Command::Merge && self.joins.facts.contains_key(&before);
        known.then(|| not_null("WHERE keeps no row where it is NULL"))
    }

    /// The value that the statement itself puts there, when nothing can change it on its way.
    fn assigned(&self, table: Oid, attribute: i32) -> Option<Proof> {
        let column = usize::try_from(attribute).ok()?;
        let generated = self.catalog().relation(table)?.column(attribute)?.generated;
        let diverted = |event| self.catalog().may_divert(table, event);
        let own = || self.target(&self.query.targets, column);
        match self.query.command {
            _ if generated => None,
            Command::Insert if !diverted(TriggerEvent::Insert) => match &self.query.on_conflict {
                None => own(),
                Some(conflict) if !conflict.updates => own(),
                Some(conflict) if !diverted(TriggerEvent::Update) => {
                    self.target(&conflict.targets, column)?;
                    own()
                }
                Some(_) => None,
            },
            Command::Update if !diverted(TriggerEvent::Update) => {
                match self.query.targets.iter().any(|target| target.number == column) {
                    true => own(),
                    // Not assigned: as it was.
                    false => self.kept_column(attribute),
                }
            }
            Command::Merge
                if !diverted(TriggerEvent::Insert) && !diverted(TriggerEvent::Update) =>
            {
                let mut actions =
                    self.query.merge_actions.iter().filter(|it| it.command != Command::Nothing);
                let assigned = |action: &'a MergeAction| self.target(&action.targets, column);
                let proof = assigned(actions.next()?)?;
                actions.all(|action| assigned(action).is_some()).then_some(proof)
            }
            _ => None,
        }
    }

    /// `excluded` of ON CONFLICT has what the statement wanted to insert.
    pub(super) fn judge_excluded(&self, var: &Var) -> Option<Proof> {
        let conflict = self.query.on_conflict.as_ref()?;
        let (table, _) = self.changed_table()?;
        let column = self.catalog().relation(table)?.column(var.attribute)?;
        let own = conflict.excluded == var.relation && !column.generated;
        match own && !self.catalog().may_divert(table, TriggerEvent::Insert) {
            true => self.target(&self.query.targets, usize::try_from(var.attribute).ok()?),
            false => None,
        }
    }

    fn kept_column(&self, attribute: i32) -> Option<Proof> {
        let own = |fact: &&Expr| {
            matches!(fact, Expr::Var(var)
                if self.is_changed(var) && var.attribute == attribute)
        };
        let known = self.joins.facts.keys().any(own);
        known.then(|| not_null("WHERE keeps no row where it is NULL"))
    }

    /// The proof that an assigned value is not NULL; nothing where it can be.
    fn target(&self, targets: &'a [Target], column: usize) -> Option<Proof> {
        let target = targets.iter().find(|target| target.number == column && !target.junk)?;
        let rows = Self { stage: Stage::Row, ..self.of_rows() };
        let proof = rows.judge(&target.expr);
        let proven = proof.value == Nullability::NotNull;
        proven.then(|| not_null("the statement puts something there that is never NULL"))
    }
}

/// A row that the change does not have: `old` of an insert, `new` of a delete.
fn absent(query: &Query, returning: VarReturning) -> Option<Proof> {
    match (query.command, returning) {
        (Command::Insert, VarReturning::Old) => {
            Some(nullable("a row that was inserted has no old values"))
        }
        (Command::Delete, VarReturning::New) => {
            Some(nullable("a row that was deleted has no new values").certain())
        }
        (Command::Merge, VarReturning::Old) if acts(query, Command::Insert) => {
            Some(nullable("a row that was inserted has no old values"))
        }
        (Command::Merge, VarReturning::New) if acts(query, Command::Delete) => {
            Some(nullable("a row that was deleted has no new values"))
        }
        _ => None,
    }
}

fn acts(query: &Query, command: Command) -> bool {
    query.merge_actions.iter().any(|action| action.command == command)
}
