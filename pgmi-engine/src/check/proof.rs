//! What PostgreSQL and inference say of every query.

use std::sync::OnceLock;

use super::Subject;
use crate::Result;
use crate::diagnostic::Diagnostic;
use crate::project::SchemaHash;
use crate::query::Query;
use crate::signature::{Lock, LockedQuery, Signature, TypeDefinition, mentioned};

/// The signatures of all queries over one schema.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The major version of the server that was asked.
    pub postgres: u32,
    /// [`crate::project::SchemaHash`]
    pub schema: String,
    /// Queries that have a signature, in the order they came in.
    pub queries: Vec<Proven>,
    /// Every type that is not built in and that a query mentions, ordered by name.
    pub types: Vec<TypeDefinition>,
    /// The others.
    pub refused: Vec<Refused>,
    /// [`Proof::lock_text`], once somebody asked.
    lock_text: OnceLock<String>,
}

/// A query and what was inferred of it.
#[derive(Clone, Debug)]
pub struct Proven {
    pub query: Query,
    pub signature: Signature,
}

/// A query that PostgreSQL refuses, or whose result nobody could name.
#[derive(Clone, Debug)]
pub struct Refused {
    pub query: Query,
    /// Never empty.
    pub findings: Vec<Diagnostic>,
}

impl Proof {
    /// A proof of queries that nothing is wrong with. `types` may have more than they mention.
    pub(crate) fn new(
        major: u16,
        schema: &SchemaHash,
        queries: Vec<Proven>,
        types: &[TypeDefinition],
    ) -> Self {
        let types = mentioned(queries.iter().map(|one| &one.signature), types);
        Self::of(major.into(), schema.to_string(), queries, types)
    }

    /// One that refuses no query.
    pub fn of(
        postgres: u32,
        schema: String,
        queries: Vec<Proven>,
        types: Vec<TypeDefinition>,
    ) -> Self {
        let (refused, lock_text) = (Vec::new(), OnceLock::new());
        Self { postgres, schema, queries, types, refused, lock_text }
    }

    /// What the committed lock proves. No PostgreSQL is asked.
    ///
    /// # Errors
    /// [`Code::LockMissing`], [`Code::LockUnreadable`], and [`Code::LockStale`] with everything that the
    /// lock does not cover.
    ///
    /// [`Code::LockMissing`]: crate::diagnostic::Code::LockMissing
    /// [`Code::LockUnreadable`]: crate::diagnostic::Code::LockUnreadable
    /// [`Code::LockStale`]: crate::diagnostic::Code::LockStale
    pub fn of_lock(subject: &Subject) -> Result<Self> {
        let files = &subject.files;
        let lock = files.lock.as_ref().map_err(|error| error.primary().clone())?;
        let major = u16::try_from(lock.postgres).unwrap_or_default();
        let wanted = subject.major.map_or(lock.postgres, u32::from);
        let (schema, queries) = (subject.schema(major), &files.queries.queries);
        if let Some(stale) = lock.stale(&files.lock_shown(), wanted, schema.as_str(), queries) {
            return Err(stale.into());
        }
        let found = queries.iter().zip(lock.find(queries));
        let proven = found.filter_map(|(query, locked)| {
            let signature = locked?.signature.clone();
            Some(Proven { query: query.clone(), signature })
        });
        let queries = proven.collect();
        Ok(Self::new(major, &schema, queries, &lock.types))
    }

    /// What is wrong with the queries themselves.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.refused.iter().flat_map(|refused| &refused.findings)
    }

    /// The text of [`Proof::lock`].
    pub fn lock_text(&self) -> &str {
        self.lock_text.get_or_init(|| self.lock().to_text())
    }

    /// Whether it is what a lock says, no more and no less, given that it was made from that.
    #[cfg(feature = "postgres")]
    pub(crate) fn is_all_of(&self, lock: &Lock) -> bool {
        let found = lock.find_all(self.queries.iter().map(|one| &one.query));
        self.types.len() == lock.types.len()
            && self.queries.len() == lock.queries.len()
            && found.iter().all(Option::is_some)
    }

    /// Spares [`Proof::lock_text`] the work where it is known beforehand.
    #[cfg(feature = "postgres")]
    pub(crate) fn with_lock_text(self, text: &str) -> Self {
        let _ = self.lock_text.set(text.to_owned());
        self
    }

    /// The proof as the lock keeps it.
    pub fn lock(&self) -> Lock {
        Lock {
            postgres: self.postgres,
            schema: self.schema.clone(),
            types: self.types.clone(),
            queries: self.queries.iter().map(Proven::locked).collect(),
        }
    }
}

impl Proven {
    fn locked(&self) -> LockedQuery {
        LockedQuery {
            name: self.query.given_name().map(str::to_owned),
            sql: self.query.fingerprint().to_owned(),
            signature: self.signature.clone(),
        }
    }
}
