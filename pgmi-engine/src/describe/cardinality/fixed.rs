//! Which tables of FROM can give one row only: a unique key of theirs is compared with what is the same
//! in every row.
//!
//! A row of the result is told apart by the rows of the tables it is made of. Where conditions that hold
//! in each row fix a key of a table, that table always gives the same row; what it gives can fix the
//! keys of others.

use std::collections::{HashMap, HashSet};

use super::super::scope::Scope;
use super::super::tree::{Command, Expr, FromItem, Join, JoinType, RteKind, SortGroup, Var};
use super::key::{Equality, Part, equalities, unique_keys};
use super::read::table_rows;
use crate::catalog::Oid;

/// What is the same in every row of FROM.
pub struct Fixed<'s, 'c, 'a> {
    pub(super) scope: &'s Scope<'c, 'a>,
    tables: Vec<usize>,
    /// Tables of which there is one row at most.
    pub(super) single: HashSet<usize>,
    /// Columns that have one value, where their table has a row.
    columns: HashMap<(usize, i32), OneValue>,
    /// The tables of the side that an outer join keeps, where its condition decides the same each time.
    pub(super) kept: HashMap<usize, Vec<usize>>,
    reasons: Vec<String>,
    /// A full join may pad both sides.
    full: bool,
}

/// As equality of these operator families tells values apart.
struct OneValue {
    families: Vec<Oid>,
    /// Only under this collation, which takes different bytes for equal.
    collation: Option<Oid>,
}

/// A condition that holds in each row where the tables it may speak for have a row.
struct Condition<'a> {
    equality: Equality<'a>,
    /// The tables that it restricts.
    tables: Vec<usize>,
}

impl<'s, 'c, 'a> Fixed<'s, 'c, 'a> {
    pub fn of(scope: &'s Scope<'c, 'a>) -> Self {
        Self::supposing(scope, HashSet::new())
    }

    /// The same, supposing that some tables give one row.
    pub fn supposing(scope: &'s Scope<'c, 'a>, single: HashSet<usize>) -> Self {
        let mut tables = scope.query.from.tables();
        // FROM of MERGE has its source only.
        if scope.query.command == Command::Merge {
            tables.push(scope.query.result_relation);
        }
        let mut fixed = Self {
            scope,
            tables,
            single,
            columns: HashMap::new(),
            kept: HashMap::new(),
            reasons: Vec::new(),
            full: false,
        };
        let mut conditions = Vec::new();
        fixed.gather(&scope.query.from, &mut conditions);
        // The condition of MERGE chooses the row of the table that a row of the source is about.
        let target = [scope.query.result_relation];
        fixed.add(scope.query.merge_condition.as_ref(), &target, &mut conditions);
        while fixed.advance(&conditions) {}
        fixed
    }

    /// Whether every table gives one row at most, and so FROM.
    pub fn all(&self) -> bool {
        !self.full && self.tables.iter().all(|table| self.single.contains(table))
    }

    /// Whether a table gives one row at most.
    pub fn has(&self, table: usize) -> bool {
        self.single.contains(&table)
    }

    /// Whether what is grouped by, or made distinct, has one value in all rows.
    pub fn is_one(&self, group: SortGroup) -> bool {
        let operator = self.scope.catalog().operator(group.equality);
        let target = self.scope.query.sort_group(group.reference);
        let (Some(operator), Some(target)) = (operator, target) else { return false };
        self.has_one_value(&target.expr, &operator.equal_in)
    }

    fn has_one_value(&self, expr: &'a Expr, families: &[Oid]) -> bool {
        let Expr::Var(var) = expr else { return self.is_given(expr) };
        if let (0, Some(alias)) = (var.levels_up, self.scope.aliased(var.relation, var.attribute)) {
            return self.has_one_value(alias, families);
        }
        let known = self.columns.get(&(var.relation, var.attribute));
        let fixed = known.is_some_and(|known| {
            known.collation.is_none() && known.families.iter().any(|it| families.contains(it))
        });
        self.is_given(expr)
            || var.levels_up == 0 && fixed && self.is_everywhere_or_nowhere(var.relation)
    }

    pub fn reason(&self) -> String {
        let other = self.tables.iter().find(|table| !self.single.contains(table));
        match other.and_then(|table| self.scope.query.table(*table)) {
            Some(table) => format!("no unique key of {} is fixed", table.name),
            None if self.full => "a full join keeps the rows of both sides".to_owned(),
            None => self.reasons.join(", "),
        }
    }

    fn gather(&mut self, item: &'a FromItem, all: &mut Vec<Condition<'a>>) {
        match item {
            FromItem::Table(_) => {}
            FromItem::List { items, condition } => {
                items.iter().for_each(|item| self.gather(item, all));
                self.add(condition.as_ref(), &item.tables(), all);
            }
            FromItem::Join(join) => self.gather_join(join, item, all),
        }
    }

    fn gather_join(&mut self, join: &'a Join, item: &FromItem, all: &mut Vec<Condition<'a>>) {
        self.gather(&join.left, all);
        self.gather(&join.right, all);
        let (tables, kept) = match self.scope.joins.types.get(&join.number) {
            Some(JoinType::Inner) => (item.tables(), None),
            Some(JoinType::Left) => (join.right.tables(), Some(&join.left)),
            Some(JoinType::Right) => (join.left.tables(), Some(&join.right)),
            _ => {
                self.full = true;
                (Vec::new(), None)
            }
        };
        if let Some(kept) = kept
            && join.condition.iter().all(|it| self.repeats(it))
        {
            self.kept.insert(join.number, kept.tables());
        }
        self.add(join.condition.as_ref(), &tables, all);
    }

    fn add(&self, condition: Option<&'a Expr>, tables: &[usize], all: &mut Vec<Condition<'a>>) {
        for conjunct in condition.into_iter().flat_map(Expr::conjuncts) {
            for equality in equalities(self.scope, conjunct) {
                all.push(Condition { equality, tables: tables.to_vec() });
            }
        }
    }

    /// One round; whether anything new was found.
    fn advance(&mut self, conditions: &[Condition<'a>]) -> bool {
        let mut news = false;
        for condition in conditions {
            news |= self.fix_column(condition);
        }
        for table in self.tables.clone() {
            if !self.single.contains(&table)
                && let Some(reason) = self.why_single(table, conditions)
            {
                news |= self.single.insert(table);
                self.reasons.push(reason);
            }
        }
        news
    }

    fn fix_column(&mut self, condition: &Condition<'a>) -> bool {
        let equality = &condition.equality;
        let Expr::Var(var) = equality.left else { return false };
        let Some(var) = self.own(var) else { return false };
        let families = self.shared(equality);
        if !condition.tables.contains(&var.relation) || families.is_empty() {
            return false;
        }
        let place = (var.relation, var.attribute);
        let collation = (!equality.is_deterministic).then_some(equality.collation);
        let news = match self.columns.get(&place) {
            None => true,
            Some(known) => known.collation.is_some() && collation.is_none(),
        };
        if news {
            self.columns.insert(place, OneValue { families, collation });
        }
        news
    }

    /// The column itself under the columns of joins.
    pub(super) fn own(&self, var: &Var) -> Option<Var> {
        if var.levels_up > 0 {
            return None;
        }
        match self.scope.aliased(var.relation, var.attribute) {
            Some(Expr::Var(inner)) => self.own(inner),
            Some(_) => None,
            None => Some(*var),
        }
    }

    /// The families in which the right side of an equality has one value, wherever it is equal.
    fn shared(&self, equality: &Equality<'a>) -> Vec<Oid> {
        if self.is_given_unless_null(equality.right) {
            return equality.families.clone();
        }
        let Expr::Var(var) = equality.right.unlabelled() else { return Vec::new() };
        let Some(var) = self.own(var) else { return Vec::new() };
        let known = self.columns.get(&(var.relation, var.attribute));
        let known = known.filter(|it| it.collation.is_none_or(|it| it == equality.collation));
        let both = |known: &OneValue| {
            equality.families.iter().filter(|it| known.families.contains(it)).copied().collect()
        };
        known.map(both).unwrap_or_default()
    }

    fn why_single(&self, table: usize, conditions: &[Condition<'a>]) -> Option<String> {
        let entry = self.scope.query.table(table)?;
        let restricting = || conditions.iter().filter(|it| it.tables.contains(&table));
        if !matches!(entry.kind, RteKind::Relation { .. }) && self.sees_single(table) {
            let rows = table_rows(self.scope, table);
            if rows.at_most_one() {
                return Some(rows.reason);
            }
        }
        let fixes = |part: &Part, condition: &Condition<'a>| {
            part.is_equated(&condition.equality, table)
                && part.has_any(&self.shared(&condition.equality))
        };
        let keys = unique_keys(self.scope, table);
        let key = keys.iter().find(|key| {
            key.parts.iter().all(|part| restricting().any(|condition| fixes(part, condition)))
        })?;
        Some(format!("{} is unique and fixed", key.name))
    }

    /// Whether a lateral subquery refers to nothing but rows that are the same each time.
    fn sees_single(&self, table: usize) -> bool {
        let Some(entry) = self.scope.query.table(table) else { return false };
        let mut all = true;
        let mut see = |expr: &Expr, depth: usize| {
            if let Expr::Var(var) = expr
                && var.levels_up == depth
            {
                let own = self.own(&Var { levels_up: 0, ..*var });
                all &= own.is_some_and(|own| self.is_one_row_beside(own.relation, table));
            }
        };
        match &entry.kind {
            RteKind::Subquery(query) => query.visit(1, &mut see),
            RteKind::Functions { functions, .. } => {
                functions.iter().for_each(|function| function.call.visit(0, &mut see));
            }
            RteKind::Values(rows) => rows.iter().flatten().for_each(|expr| expr.visit(0, &mut see)),
            _ => {}
        }
        all
    }
}
