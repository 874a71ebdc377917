//! The joins of a query as they are after its conditions: which tables can be missing from a row.

use std::collections::HashMap;

use super::facts::{Facts, Seeker, union};
use super::tree::{Command, Expr, FromItem, Join, JoinType, Query, Var};
use crate::catalog::Catalog;

/// What FROM and WHERE say about each row that is left.
#[derive(Clone, Debug, Default)]
pub struct Joins<'a> {
    pub facts: Facts<'a>,
    /// For each table that can be missing: the joins that can make it so.
    pub missing: HashMap<usize, Vec<usize>>,
    /// What each join is after conditions further up took out the rows that it padded.
    pub types: HashMap<usize, JoinType>,
}

impl<'a> Joins<'a> {
    /// What is known of the rows that matter goes in as `known`.
    pub fn of(catalog: &'a Catalog, query: &'a Query, known: Facts<'a>) -> Self {
        let mut joins = Self::default();
        if query.command == Command::Merge {
            joins.merge(query);
            return joins;
        }
        let seeker = Seeker { catalog, query, of_groups: false, reason: "" };
        joins.facts = joins.walk(seeker, &query.from, &known);
        joins.facts.extend(known);
        joins
    }

    /// The condition of MERGE takes out no row; each action has the rows that it asks for.
    fn merge(&mut self, query: &Query) {
        if query.merge_actions.iter().any(|action| action.lacks_source) {
            let sources = (1..=query.tables.len()).filter(|it| *it != query.result_relation);
            self.missing.extend(sources.map(|table| (table, vec![0])));
        }
    }

    /// Goes down with what is known of the rows that survive, and comes back with what is known of
    /// them besides.
    fn walk(&mut self, seeker: Seeker<'a>, item: &'a FromItem, known: &Facts<'a>) -> Facts<'a> {
        match item {
            FromItem::Table(_) => Facts::new(),
            FromItem::List { items, condition } => {
                let own = when_true(seeker, "where", condition.as_ref());
                let known = merged(known, &own);
                let inner = items.iter().map(|item| self.walk(seeker, item, &known));
                union(inner.collect::<Vec<_>>().into_iter().chain([own]))
            }
            FromItem::Join(join) => self.walk_join(seeker, join, known),
        }
    }

    fn walk_join(&mut self, seeker: Seeker<'a>, join: &'a Join, known: &Facts<'a>) -> Facts<'a> {
        let own = when_true(seeker, "join", join.condition.as_ref());
        let join_type = reduced(join, known);
        self.types.insert(join.number, join_type);
        match join_type {
            JoinType::Inner => {
                let known = merged(known, &own);
                let left = self.walk(seeker, &join.left, &known);
                let right = self.walk(seeker, &join.right, &known);
                union([own, left, right].into_iter())
            }
            JoinType::Left => {
                let kept = self.walk(seeker, &join.left, known);
                self.walk(seeker, &join.right, &own);
                self.pad(join, &join.right);
                kept
            }
            JoinType::Right => {
                let kept = self.walk(seeker, &join.right, known);
                self.walk(seeker, &join.left, &own);
                self.pad(join, &join.left);
                kept
            }
            JoinType::Full | JoinType::Unknown => {
                self.walk(seeker, &join.left, &Facts::new());
                self.walk(seeker, &join.right, &Facts::new());
                self.pad(join, &join.left);
                self.pad(join, &join.right);
                Facts::new()
            }
        }
    }

    fn pad(&mut self, join: &Join, side: &FromItem) {
        for table in side.tables() {
            self.missing.entry(table).or_default().push(join.number);
        }
    }
}

fn when_true<'a>(
    seeker: Seeker<'a>,
    reason: &'static str,
    condition: Option<&'a Expr>,
) -> Facts<'a> {
    let seeker = Seeker { reason, ..seeker };
    condition.map_or_else(Facts::new, |condition| seeker.when_true(condition))
}

fn merged<'a>(one: &Facts<'a>, other: &Facts<'a>) -> Facts<'a> {
    let mut all = one.clone();
    all.extend(other);
    all
}

/// An outer join whose padded rows are taken out further up is not outer any more.
fn reduced(join: &Join, known: &Facts<'_>) -> JoinType {
    let proves = |side: &FromItem| {
        let tables = side.tables();
        known.keys().any(|fact| {
            matches!(fact, Expr::Var(Var { relation, levels_up: 0, .. }) if tables.contains(relation))
        })
    };
    match join.join_type {
        JoinType::Left if proves(&join.right) => JoinType::Inner,
        JoinType::Right if proves(&join.left) => JoinType::Inner,
        JoinType::Full | JoinType::Unknown => match (proves(&join.left), proves(&join.right)) {
            (true, true) => JoinType::Inner,
            (true, false) => JoinType::Left,
            (false, true) => JoinType::Right,
            (false, false) => join.join_type,
        },
        other => other,
    }
}
