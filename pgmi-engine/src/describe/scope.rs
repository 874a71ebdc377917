//! A query with all that is known around it while its expressions are judged.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::cardinality::{Rows, UniqueKey};
use super::facts::{Facts, Seeker};
use super::joins::Joins;
use super::tree::{CommonTable, Expr, Query, RteKind};
use crate::catalog::Catalog;
use crate::signature::{Nullability, Verdict};

/// Whether something can be NULL, and why.
pub type Proof = Verdict<Nullability>;

/// What holds for a whole statement.
pub struct Context<'a> {
    pub catalog: &'a Catalog,
    /// Parameters that a binding never sends as NULL.
    pub given: RefCell<HashSet<usize>>,
    /// Parameters whose elements a binding never sends as NULL.
    pub given_elements: RefCell<HashSet<usize>>,
    /// Columns of subqueries that were judged already.
    judged: RefCell<HashMap<(usize, usize), Proof>>,
    /// The unique keys of subqueries, and the bounds of their rows.
    keys: RefCell<HashMap<usize, Rc<Vec<UniqueKey>>>>,
    rows: RefCell<HashMap<usize, Rows>>,
    /// What is supposed of the columns of recursive queries while they are judged.
    supposed: RefCell<HashMap<usize, Vec<bool>>>,
    /// The recursive queries that are being judged.
    settling: RefCell<Vec<usize>>,
}

/// A query, seen from an expression in it.
pub struct Scope<'s, 'a> {
    pub context: &'a Context<'a>,
    pub query: &'a Query,
    pub around: Option<&'s Scope<'s, 'a>>,
    pub joins: Joins<'a>,
    /// What HAVING says of each group.
    pub having: Facts<'a>,
    /// What is known where an expression stands, of its own row only: in an arm of CASE.
    pub here: Facts<'a>,
    pub stage: Stage,
}

/// Which row an expression sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A row of FROM and WHERE.
    Row,
    /// What the query returns: a row of FROM, a group, or the new row of a change.
    Result,
}

impl<'a> Context<'a> {
    pub fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            given: RefCell::default(),
            given_elements: RefCell::default(),
            judged: RefCell::default(),
            keys: RefCell::default(),
            rows: RefCell::default(),
            supposed: RefCell::default(),
            settling: RefCell::default(),
        }
    }

    /// Judges a column of a subquery once.
    pub fn once(&self, query: &Query, column: usize, judge: impl FnOnce() -> Proof) -> Proof {
        let key = (address(query), column);
        if let Some(proof) = self.judged.borrow().get(&key) {
            return proof.clone();
        }
        let proof = judge();
        self.judged.borrow_mut().insert(key, proof.clone());
        proof
    }

    /// Finds the unique keys of a subquery once.
    pub fn keys_once(
        &self,
        query: &Query,
        find: impl FnOnce() -> Vec<UniqueKey>,
    ) -> Rc<Vec<UniqueKey>> {
        if let Some(keys) = self.keys.borrow().get(&address(query)) {
            return Rc::clone(keys);
        }
        let keys = Rc::new(find());
        self.keys.borrow_mut().insert(address(query), Rc::clone(&keys));
        keys
    }

    /// Bounds the rows of a query once.
    pub fn rows_once(&self, query: &Query, bound: impl FnOnce() -> Rows) -> Rows {
        if let Some(rows) = self.rows.borrow().get(&address(query)) {
            return rows.clone();
        }
        let rows = bound();
        self.rows.borrow_mut().insert(address(query), rows.clone());
        rows
    }

    /// What is supposed of a column of a recursive query that is being judged.
    pub fn supposed(&self, query: &Query, column: usize) -> Option<bool> {
        let supposed = self.supposed.borrow();
        supposed.get(&address(query)).map(|columns| columns.get(column).copied().unwrap_or(false))
    }

    /// Supposes of every column of a recursive query that it is never NULL, drops what turns out to be
    /// wrong, and begins again until nothing more falls.
    pub fn settle(&self, query: &Query, judge: impl Fn(usize) -> bool) {
        let columns = query.visible().count();
        let mut now = vec![true; columns];
        self.settling.borrow_mut().push(address(query));
        loop {
            self.suppose(query, &now);
            let next: Vec<_> = now.iter().enumerate().map(|(at, it)| *it && judge(at)).collect();
            if next == now {
                break;
            }
            now = next;
        }
        self.settling.borrow_mut().pop();
    }

    /// Forgets what was concluded from what was supposed before.
    fn suppose(&self, query: &Query, columns: &[bool]) {
        self.judged.borrow_mut().clear();
        let settling = self.settling.borrow();
        let mut supposed = self.supposed.borrow_mut();
        supposed.retain(|query, _| settling.contains(query));
        supposed.insert(address(query), columns.to_vec());
    }
}

fn address(query: &Query) -> usize {
    std::ptr::from_ref(query).addr()
}

impl<'s, 'a> Scope<'s, 'a> {
    pub fn new(
        context: &'a Context<'a>,
        query: &'a Query,
        around: Option<&'s Scope<'s, 'a>>,
    ) -> Self {
        Self::knowing_rows(context, query, around, Facts::new())
    }

    /// The same, where only rows matter of which something is known.
    pub fn knowing_rows(
        context: &'a Context<'a>,
        query: &'a Query,
        around: Option<&'s Scope<'s, 'a>>,
        known: Facts<'a>,
    ) -> Self {
        let catalog = context.catalog;
        let seeker = Seeker { catalog, query, of_groups: true, reason: "having" };
        let having = query.having.as_ref().map_or_else(Facts::new, |it| seeker.when_true(it));
        let joins = Joins::of(catalog, query, known);
        let (here, stage) = (Facts::new(), Stage::Result);
        Self { context, query, around, joins, having, here, stage }
    }

    pub fn catalog(&self) -> &'a Catalog {
        self.context.catalog
    }

    pub fn seeker(&self, reason: &'static str) -> Seeker<'a> {
        let of_groups = self.stage == Stage::Result && self.query.is_grouped();
        Seeker { catalog: self.context.catalog, query: self.query, of_groups, reason }
    }

    /// The same, for expressions that see rows of FROM.
    pub fn of_rows(&self) -> Self {
        Self { stage: Stage::Row, ..self.copy() }
    }

    /// The same, where more is known of the row at hand.
    pub fn knowing(&self, facts: Facts<'a>) -> Self {
        let mut scope = self.copy();
        scope.here.extend(facts);
        scope
    }

    /// The same, for expressions that see other rows too: arguments of aggregates and of window functions.
    pub fn everywhere(&self) -> Self {
        Self { here: Facts::new(), ..self.copy() }
    }

    fn copy(&self) -> Self {
        Self {
            joins: self.joins.clone(),
            having: self.having.clone(),
            here: self.here.clone(),
            ..*self
        }
    }

    /// The scope that a column `levels` queries further out belongs to.
    pub fn outer(&self, levels: usize) -> Option<&Scope<'s, 'a>> {
        (0..levels).try_fold(self, |scope, _| scope.around)
    }

    /// A WITH query, and the scope in which it stands.
    pub fn common_table(
        &self,
        name: &str,
        levels: usize,
    ) -> Option<(&'a CommonTable, &Scope<'s, 'a>)> {
        let scope = self.outer(levels)?;
        let table = scope.query.common_tables.iter().find(|table| table.name == name)?;
        Some((table, scope))
    }

    /// The expression that a column of a join, or of the groups of PostgreSQL 18, stands for.
    pub fn aliased(&self, relation: usize, attribute: i32) -> Option<&'a Expr> {
        let index = usize::try_from(attribute).ok()?.checked_sub(1)?;
        match &self.query.table(relation)?.kind {
            RteKind::Join { columns, .. } => columns.get(index)?.as_ref(),
            RteKind::Group(exprs) => exprs.get(index),
            _ => None,
        }
    }
}

pub fn not_null(reason: impl Into<String>) -> Proof {
    Verdict::of(Nullability::NotNull).because(reason)
}

pub fn nullable(reason: impl Into<String>) -> Proof {
    Verdict::of(Nullability::Nullable).because(reason)
}
