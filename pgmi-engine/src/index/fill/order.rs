//! Which tables to fill, and in which order.

use std::collections::HashSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::insert::{Begun, Counts, Filling};
use super::table::Table;
use super::{FillRequest, Filled, FilledTable};
use crate::catalog::Oid;

/// The tables that are asked for and all that they refer to; every table where a materialized view is among
/// them, since what it reads from is not known here.
pub(super) fn wanted(tables: &[Table], request: &FillRequest<'_>) -> HashSet<Oid> {
    let view = |oid: &Oid| request.catalog.relation(*oid).is_some_and(|it| it.relkind == 'm');
    if request.tables.is_empty() || request.tables.iter().any(view) {
        return tables.iter().map(|table| table.oid).collect();
    }
    let mut wanted = family(tables, request);
    loop {
        let referred = tables.iter().filter(|table| wanted.contains(&table.oid));
        let parents = referred.flat_map(|table| table.foreign_keys.iter().map(|it| it.parent));
        let new: Vec<Oid> = parents.filter(|oid| !wanted.contains(oid)).collect();
        if new.is_empty() {
            return wanted;
        }
        wanted.extend(new);
    }
}

/// With the partitions and children of the tables that are asked for, and the partitioned tables of partitions.
fn family(tables: &[Table], request: &FillRequest<'_>) -> HashSet<Oid> {
    let mut all = request.tables.clone();
    for table in tables {
        let family = request.catalog.family(table.oid);
        if family.iter().any(|it| request.tables.contains(&it.oid)) {
            all.extend(family.iter().map(|it| it.oid));
        }
    }
    all
}

/// What is to be done for a table.
pub(super) enum Job<'a> {
    /// Its first rows, with what others have.
    Begin(&'a Table, Counts),
    /// All the others.
    Finish(&'a Table, Begun),
    Look(&'a Table),
}

/// The tables that are to be filled, each behind the ones it refers to, for several workers. Where tables refer to each
/// other, the first by name is first.
pub(super) struct Queue<'a> {
    state: Mutex<State<'a>>,
    changed: Condvar,
}

struct State<'a> {
    filling: &'a Filling<'a>,
    waiting: Vec<&'a Table>,
    /// Those somebody works on.
    running: Vec<Oid>,
    begun: Vec<(&'a Table, Begun)>,
    unseen: Vec<&'a Table>,
    counts: Counts,
    filled: Filled,
}

impl<'a> Queue<'a> {
    pub(super) fn new(
        filling: &'a Filling<'a>,
        tables: &'a [Table],
        wanted: &HashSet<Oid>,
    ) -> Self {
        let state = State {
            filling,
            waiting: tables.iter().filter(|it| wanted.contains(&it.oid)).collect(),
            running: Vec::new(),
            begun: Vec::new(),
            unseen: Vec::new(),
            counts: Counts::default(),
            filled: Filled::default(),
        };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The next thing to do; waits for one. None when all is begun.
    pub(super) fn next(&self) -> Option<Job<'a>> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.job() {
                return Some(job);
            }
            if state.waiting.is_empty() && state.running.is_empty() {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn begun(&self, table: &'a Table, begun: Begun) {
        let mut state = self.lock();
        state.running.retain(|it| *it != table.oid);
        state.counts.first.insert(table.oid, begun.rows);
        state.begun.push((table, begun));
        self.changed.notify_all();
    }

    pub(super) fn finished(&self, table: &'a Table, filled: FilledTable) {
        let mut state = self.lock();
        state.running.retain(|it| *it != table.oid);
        state.counts.all.insert(table.oid, filled.rows);
        if filled.rows > 0 {
            state.unseen.push(table);
        }
        state.filled.tables.push(filled);
        self.changed.notify_all();
    }

    /// A worker gives up: the others are to do so, too.
    pub(super) fn abandon(&self) {
        let mut state = self.lock();
        state.waiting.clear();
        state.running.clear();
        state.begun.clear();
        self.changed.notify_all();
    }

    /// By name.
    pub(super) fn filled(self) -> Filled {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut filled = state.filled;
        filled.tables.sort_by(|a, b| (&a.schema, &a.table).cmp(&(&b.schema, &b.table)));
        filled
    }

    fn lock(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> State<'a> {
    /// Others wait for what begins; nobody waits for a look.
    fn job(&mut self) -> Option<Job<'a>> {
        if let Some(at) = self.free() {
            return Some(self.begin(at));
        }
        if !self.begun.is_empty() {
            let (table, begun) = self.begun.remove(0);
            self.running.push(table.oid);
            return Some(Job::Finish(table, begun));
        }
        if let Some(table) = self.unseen.pop() {
            return Some(Job::Look(table));
        }
        // They all wait for each other.
        let stuck = self.running.is_empty() && !self.waiting.is_empty();
        stuck.then(|| self.begin(0))
    }

    fn begin(&mut self, at: usize) -> Job<'a> {
        let table = self.waiting.remove(at);
        self.running.push(table.oid);
        Job::Begin(table, self.counts.clone())
    }

    /// A table whose parents have the rows that it refers to.
    fn free(&self) -> Option<usize> {
        let is_missing = |oid: Oid, all: bool| {
            let counts = if all { &self.counts.all } else { &self.counts.first };
            let is_coming = self.waiting.iter().any(|it| it.oid == oid)
                || self.running.contains(&oid)
                || self.begun.iter().any(|(it, _)| it.oid == oid);
            is_coming && !counts.contains_key(&oid)
        };
        let is_free = |table: &&Table| {
            table.foreign_keys.iter().all(|key| {
                let needs_all = self.filling.needs_all(table, key);
                key.parent == table.oid || !is_missing(key.parent, needs_all)
            })
        };
        self.waiting.iter().position(is_free)
    }
}
