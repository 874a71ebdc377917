//! What PostgreSQL said of queries before, so that it need not be asked again.
//!
//! One file for each schema, in the form of the lock, with every query under its fingerprint alone: a query
//! that is renamed or found in another crate is known. A file is trusted when its head says that a build of the
//! same sources wrote it and its sum is right; any other is as good as none.

mod attested;
mod build;
mod file;
mod memory;
mod sweep;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Proof, Proven, Subject};
use crate::project::SchemaHash;
use crate::query::Query;
use crate::signature::{Lock, LockedQuery, Signature, TypeDefinition};

/// How many queries that nobody asked for this time stay in a file: those of other branches and crates.
const SPARE: usize = 1000;

/// A folder of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
    /// Who writes and reads it.
    program: String,
}

/// What is known of the queries over one schema.
#[derive(Clone, Debug, Default)]
pub struct Known {
    signatures: HashMap<String, Signature>,
    types: Vec<TypeDefinition>,
}

impl Cache {
    /// The folder is made when there is something to keep. It is shared by builds of the same sources; where those
    /// may change without a word, nobody but `program`, the file that runs, reads what it wrote.
    pub fn new(folder: impl Into<PathBuf>, program: Option<&Path>) -> Self {
        Self::of(folder, &build::described(program))
    }

    fn of(folder: impl Into<PathBuf>, program: &str) -> Self {
        let program = format!("pgmi {} {program}", env!("CARGO_PKG_VERSION"));
        Self { folder: folder.into(), program }
    }

    /// The proof of a subject whose schema was deployed before and whose queries are all known.
    pub fn proof(&self, subject: &Subject, major: u16) -> Option<Proof> {
        let schema = subject.schema(major);
        self.known(&schema)?.proof(subject, major, &schema)
    }

    /// What is known of queries over a schema; none where it was never deployed.
    pub fn known(&self, schema: &SchemaHash) -> Option<Known> {
        let schema = schema.as_str();
        let lock = file::read(&self.file(schema), &self.program)?;
        if lock.schema != schema {
            return None;
        }
        let signatures = lock.queries.into_iter().map(|one| (one.sql, one.signature));
        Some(Known { signatures: signatures.collect(), types: lock.types })
    }

    /// Keeps a proof, and of what was known before as much as there is room for. That it cannot be kept is no
    /// reason to fail: it is found out again the next time.
    pub fn keep(&self, proof: &Proof, known: Known) {
        let mut lock = proof.lock();
        for query in &mut lock.queries {
            query.name = None;
        }
        // Two builds that write at once lose some of each other's answers, and no more.
        add_spare(&mut lock, known);
        if file::write(&self.file(&proof.schema), &self.program, &lock).is_ok() {
            sweep::sweep(&self.folder);
        }
    }

    fn file(&self, schema: &str) -> PathBuf {
        self.path("lock", schema)
    }

    /// The file of something, apart from those of other programs.
    fn path(&self, kind: &str, of: &str) -> PathBuf {
        let name = file::hash(&format!("{}\n{of}", self.program));
        self.folder.join(format!("{}.{kind}", &name[..32]))
    }
}

/// Adds what the lock does not have, within limits.
fn add_spare(lock: &mut Lock, known: Known) {
    lock.queries.sort_by(|a, b| a.sql.cmp(&b.sql));
    lock.queries.dedup_by(|a, b| a.sql == b.sql);
    let is_new = |(sql, _): &(String, Signature)| {
        lock.queries.binary_search_by(|one| one.sql.cmp(sql)).is_err()
    };
    let spare: Vec<_> = known.signatures.into_iter().filter(is_new).take(SPARE).collect();
    let spare =
        spare.into_iter().map(|(sql, signature)| LockedQuery { name: None, sql, signature });
    lock.queries.extend(spare);
    lock.types.extend(known.types);
    lock.types.sort_by(|a, b| a.name.cmp(&b.name));
    lock.types.dedup_by(|a, b| a.name == b.name);
}

impl Known {
    /// What a lock says, where this program proved it.
    pub fn of_lock(lock: &Lock) -> Self {
        let of = |one: &LockedQuery| (one.sql.clone(), one.signature.clone());
        Self { signatures: lock.queries.iter().map(of).collect(), types: lock.types.clone() }
    }

    /// What was inferred of a query.
    pub fn signature(&self, query: &Query) -> Option<&Signature> {
        self.signatures.get(query.fingerprint())
    }

    /// The proof of a subject with this schema whose queries are all known.
    pub fn proof(&self, subject: &Subject, major: u16, schema: &SchemaHash) -> Option<Proof> {
        let proven = |query: &Query| {
            let signature = self.signature(query)?.clone();
            Some(Proven { query: query.clone(), signature })
        };
        let queries = &subject.files.queries.queries;
        let queries = queries.iter().map(proven).collect::<Option<Vec<_>>>()?;
        Some(Proof::new(major, schema, queries, &self.types))
    }

    /// Every type that any of them mentions.
    pub fn types(&self) -> &[TypeDefinition] {
        &self.types
    }
}

#[cfg(test)]
mod tests;
