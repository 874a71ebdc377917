//! The prepared statements of one connection, the least recently used thrown out.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio_postgres::Statement;

use crate::Column;

/// Statements by their SQL. Dropping one closes it on the server.
pub struct Statements {
    capacity: usize,
    kept: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    of: HashMap<&'static str, Entry, BuildHasherDefault<SqlHasher>>,
    /// How often a statement was asked for.
    uses: u64,
}

struct Entry {
    statement: Statement,
    /// The columns that it was held against, by where they are in the program.
    verified: usize,
    last_use: u64,
}

impl Statements {
    pub fn new(capacity: usize) -> Self {
        Self { capacity: capacity.max(1), kept: Mutex::default() }
    }

    pub fn len(&self) -> usize {
        self.entries().of.len()
    }

    pub fn clear(&self) {
        let old = std::mem::take(&mut *self.entries());
        // Closing sends messages; the lock is free by now.
        drop(old);
    }

    /// The statement, if it is kept and its columns are known to be these.
    pub fn get(&self, sql: &'static str, columns: &'static [Column]) -> Option<Statement> {
        let mut entries = self.entries();
        entries.uses += 1;
        let uses = entries.uses;
        let entry = entries.of.get_mut(sql).filter(|it| it.verified == address(columns))?;
        entry.last_use = uses;
        Some(entry.statement.clone())
    }

    /// Keeps a statement whose columns are these.
    pub fn keep(&self, sql: &'static str, columns: &'static [Column], statement: Statement) {
        let mut entries = self.entries();
        let last_use = entries.uses;
        let evicted = match entries.of.len() >= self.capacity && !entries.of.contains_key(sql) {
            true => entries.evict(),
            false => None,
        };
        let entry = Entry { statement, verified: address(columns), last_use };
        let old = entries.of.insert(sql, entry);
        drop(entries);
        drop((old, evicted));
    }

    pub fn forget(&self, sql: &str) {
        let old = self.entries().of.remove(sql);
        drop(old);
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    /// Looks at all of them: what follows is a round trip, beside which this is nothing.
    fn evict(&mut self) -> Option<Entry> {
        let oldest = self.of.iter().min_by_key(|(_, entry)| entry.last_use);
        let oldest = oldest.map(|(sql, _)| *sql)?;
        self.of.remove(oldest)
    }
}

/// Eight bytes at a time. What is hashed stands in the program, so that nobody chooses it in order to collide, and the
/// hash that is safe from that costs more than the rest of the search.
#[derive(Default)]
struct SqlHasher(u64);

impl Hasher for SqlHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let last = rest.iter().fold(0, |last, byte| last << 8 | u64::from(*byte));
        self.add(last);
    }

    /// The upper half decides as well as the lower one.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

impl SqlHasher {
    /// As FxHash does it.
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

fn address(columns: &'static [Column]) -> usize {
    columns.as_ptr().addr()
}
