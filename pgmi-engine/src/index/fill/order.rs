//! Which tables to fill, and in which order.

use std::collections::HashSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::insert::Counts;
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
    /// With the rows of those that are done.
    Fill(&'a Table, Counts),
    Look(&'a Table),
}

/// The tables that are to be filled, each behind the ones it refers to, and looked at then, for several workers. Where
/// tables refer to each other, the first by name is first.
pub(super) struct Queue<'a> {
    state: Mutex<State<'a>>,
    changed: Condvar,
}

struct State<'a> {
    waiting: Vec<&'a Table>,
    running: Vec<Oid>,
    /// Others need not wait for these.
    unseen: Vec<&'a Table>,
    counts: Counts,
    filled: Filled,
}

impl<'a> Queue<'a> {
    pub(super) fn new(tables: &'a [Table], wanted: &HashSet<Oid>) -> Self {
        let state = State {
            waiting: tables.iter().filter(|it| wanted.contains(&it.oid)).collect(),
            running: Vec::new(),
            unseen: Vec::new(),
            counts: Counts::new(),
            filled: Filled::default(),
        };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The next thing to do; waits for one. None when all is begun.
    pub(super) fn next(&self) -> Option<Job<'a>> {
        let mut state = self.lock();
        loop {
            if let Some(at) = state.free() {
                let table = state.waiting.remove(at);
                state.running.push(table.oid);
                return Some(Job::Fill(table, state.counts.clone()));
            }
            if let Some(table) = state.unseen.pop() {
                return Some(Job::Look(table));
            }
            if state.waiting.is_empty() {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A worker came to the end of a table; with nothing where it gives up.
    pub(super) fn done(&self, table: &'a Table, filled: Option<FilledTable>) {
        let mut state = self.lock();
        state.running.retain(|it| *it != table.oid);
        state.counts.insert(table.oid, filled.as_ref().map_or(0, |it| it.rows));
        if let Some(filled) = filled {
            if filled.rows > 0 {
                state.unseen.push(table);
            }
            state.filled.tables.push(filled);
        }
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

impl State<'_> {
    /// A table whose parents are done; where there is none and nobody works, any.
    fn free(&self) -> Option<usize> {
        let unfinished: HashSet<Oid> =
            self.waiting.iter().map(|it| it.oid).chain(self.running.iter().copied()).collect();
        let is_free = |table: &&Table| {
            let mut parents = table.foreign_keys.iter().map(|it| it.parent);
            parents.all(|parent| parent == table.oid || !unfinished.contains(&parent))
        };
        let free = self.waiting.iter().position(is_free);
        let any = self.running.is_empty() && !self.waiting.is_empty();
        free.or_else(|| any.then_some(0))
    }
}
