//! Joins: which tables a condition may speak for.

use std::collections::HashMap;

use super::condition::Place;
use super::lower::{Apart, Lowering, Source};
use super::{Block, Condition, FIRST, TableId};
use crate::describe::joins::Joins;
use crate::describe::tree::{BoolOp, Command, Expr, FromItem, Join, JoinType};

/// The tables of a part of FROM.
#[derive(Default)]
struct Tables {
    all: Vec<TableId>,
    /// Those of which no outer join below pads rows.
    kept: Vec<TableId>,
}

impl<'a> Lowering<'_, 'a> {
    /// Adds what FROM and WHERE of a scope have.
    pub(super) fn from(&mut self, block: &mut Block, scope: usize, apart: &mut Vec<Apart<'a>>) {
        let kept = self.walk_scope(block, scope, apart);
        self.having(block, scope, &kept, apart);
        let query = self.scopes[scope].query;
        if query.command == Command::Merge
            && let Some(index) = query.result_relation.checked_sub(1)
            && let Some(Source::Table(table)) = self.scopes[scope].sources.get(index).copied()
        {
            let mut tables = Tables { all: vec![table], kept: vec![table] };
            tables.kept.extend(&block.tables);
            if !block.tables.contains(&table) {
                block.tables.push(table);
            }
            // Before PostgreSQL 17 the condition is that of FROM, which lacks the table itself.
            let of_from = match &query.from {
                FromItem::List { condition, .. } => condition.as_ref(),
                _ => None,
            };
            let condition = query.merge_condition.as_ref().or(of_from);
            self.add(block, scope, condition, &tables.kept, apart);
        }
    }

    /// What HAVING says of the groups alone is checked before there are groups, as the planner does
    /// (`subquery_planner`).
    fn having(
        &mut self,
        block: &mut Block,
        scope: usize,
        restricts: &[TableId],
        apart: &mut Vec<Apart<'a>>,
    ) {
        let query = self.scopes[scope].query;
        if query.group.is_empty() || !query.grouping_sets.is_empty() {
            return;
        }
        let stays =
            |it: &Expr| matches!(it, Expr::Aggregate(_) | Expr::Window(_) | Expr::SubLink { .. });
        for conjunct in query.having.iter().flat_map(Expr::conjuncts) {
            if !conjunct.contains(stays) && !self.ground.is_volatile(conjunct) {
                self.condition(block, &Place { scope, restricts }, conjunct, apart);
            }
        }
    }

    fn walk_scope(
        &mut self,
        block: &mut Block,
        scope: usize,
        apart: &mut Vec<Apart<'a>>,
    ) -> Vec<TableId> {
        let query = self.scopes[scope].query;
        let joins = Joins::of(self.ground.catalog, query, Default::default()).types;
        self.walk(block, scope, &query.from, &joins, apart).kept
    }

    /// Adds a subquery of an `EXISTS` or `IN`; gives its tables.
    pub(super) fn join_in(
        &mut self,
        block: &mut Block,
        scope: usize,
        apart: &mut Vec<Apart<'a>>,
        around: &[TableId],
    ) -> Vec<TableId> {
        let before = block.conditions.len();
        let kept = self.walk_scope(block, scope, apart);
        // What the subquery asks of its rows may also be asked of those around it.
        for condition in block.conditions.iter_mut().skip(before) {
            condition.restricts.extend(around);
        }
        kept
    }

    fn walk(
        &mut self,
        block: &mut Block,
        scope: usize,
        item: &'a FromItem,
        joins: &HashMap<usize, JoinType>,
        apart: &mut Vec<Apart<'a>>,
    ) -> Tables {
        match item {
            FromItem::Table(number) => self.walk_table(block, scope, *number, apart),
            FromItem::List { items, condition } => {
                let mut tables = Tables::default();
                for item in items {
                    let inner = self.walk(block, scope, item, joins, apart);
                    tables.all.extend(inner.all);
                    tables.kept.extend(inner.kept);
                }
                self.add(block, scope, condition.as_ref(), &tables.kept, apart);
                tables
            }
            FromItem::Join(join) => self.walk_join(block, scope, join, joins, apart),
        }
    }

    fn walk_table(
        &mut self,
        block: &mut Block,
        scope: usize,
        number: usize,
        apart: &mut Vec<Apart<'a>>,
    ) -> Tables {
        let source = number.checked_sub(1).and_then(|at| self.scopes[scope].sources.get(at));
        match source.copied() {
            Some(Source::Table(table)) => {
                block.tables.push(table);
                Tables { all: vec![table], kept: vec![table] }
            }
            Some(Source::Merged(inner)) => {
                let before = block.tables.len();
                let kept = self.walk_scope(block, inner, apart);
                Tables { all: block.tables[before..].to_vec(), kept }
            }
            _ => Tables::default(),
        }
    }

    fn walk_join(
        &mut self,
        block: &mut Block,
        scope: usize,
        join: &'a Join,
        joins: &HashMap<usize, JoinType>,
        apart: &mut Vec<Apart<'a>>,
    ) -> Tables {
        let left = self.walk(block, scope, &join.left, joins, apart);
        let right = self.walk(block, scope, &join.right, joins, apart);
        let join_type = joins.get(&join.number).copied().unwrap_or(join.join_type);
        let both = [left.kept.clone(), right.kept.clone()].concat();
        let (restricts, kept) = match join_type {
            JoinType::Inner => (both.clone(), both),
            JoinType::Left => (right.kept, left.kept),
            JoinType::Right => (left.kept, right.kept),
            JoinType::Full | JoinType::Unknown => (Vec::new(), Vec::new()),
        };
        self.add(block, scope, join.condition.as_ref(), &restricts, apart);
        Tables { all: [left.all, right.all].concat(), kept }
    }

    fn add(
        &mut self,
        block: &mut Block,
        scope: usize,
        condition: Option<&'a Expr>,
        restricts: &[TableId],
        apart: &mut Vec<Apart<'a>>,
    ) {
        for conjunct in condition.into_iter().flat_map(Expr::conjuncts) {
            self.condition(block, &Place { scope, restricts }, conjunct, apart);
        }
    }

    /// What row security adds for roles that are subject to it.
    pub(super) fn policies(&self, block: &mut Block) {
        for table in block.tables.clone() {
            let Some(relation) = self.statement.tables[table].relation else { continue };
            let of = |permissive| {
                let policies = self.ground.policies.iter();
                policies.filter(move |it| it.relation == relation && it.permissive == permissive)
            };
            let mut conditions: Vec<Expr> = of(false).map(|it| it.condition.clone()).collect();
            let mut alternatives: Vec<Expr> = of(true).map(|it| it.condition.clone()).collect();
            if alternatives.len() == 1 {
                conditions.append(&mut alternatives);
            } else if !alternatives.is_empty() {
                conditions.push(Expr::Bool { op: BoolOp::Or, args: alternatives });
            }
            for condition in conditions.iter().flat_map(Expr::conjuncts) {
                let expr = moved(condition, table);
                block.conditions.push(Condition { expr, restricts: vec![table], is_policy: true });
            }
        }
    }
}

/// A policy's condition, which is over relation 1, over a table of the statement.
fn moved(condition: &Expr, table: TableId) -> Expr {
    let mut copy = condition.clone();
    copy.change(0, &mut |inner, depth| {
        if let Expr::Var(var) = inner
            && var.levels_up == depth
        {
            (var.relation, var.levels_up) = (FIRST + table, 0);
        }
    });
    copy
}
