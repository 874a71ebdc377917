//! `pgmi.lock`: what the last check proved, so that the next build needs no PostgreSQL.
//!
//! Text of one fact a line and one block a type or query, sorted, so that version control merges it:
//!
//! ```text
//! query select_album
//! sql 5e884898da28047151d0e56f8dc62927
//! rows zero_or_one "album_pkey (id) is bound"
//! parameter id int8 not_null "compared with album.id"
//! column tags text[] null "public.album.tags has no not null"
//! elements null
//! origin public album tags
//! ```
//!
//! A `!` behind a verdict says that nothing tighter can hold ([`Verdict::certain`](super::Verdict)).
//! What is committed in signature files is not repeated here: it is taken over this, at every use.

mod line;
mod read;
mod words;
mod write;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{Signature, TypeDefinition};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::query::Query;
use crate::{Error, Result};

/// The form of the file; a later one is not read.
const VERSION: u32 = 1;

/// Reasons to be out of date that are worth reading.
const SHOWN: usize = 10;

/// What the last check proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The major version of PostgreSQL it was proven on.
    pub postgres: u32,
    /// The hash of everything that shaped the database.
    pub schema: String,
    /// Every type that is not built in and that a query mentions.
    pub types: Vec<TypeDefinition>,
    pub queries: Vec<LockedQuery>,
}

/// What was inferred of one query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedQuery {
    /// None for an inline query, known by its fingerprint.
    pub name: Option<String>,
    /// [`Query::fingerprint`].
    pub sql: String,
    /// As it was inferred; `idempotent` is not kept, for only a signature file can say so.
    pub signature: Signature,
}

impl Lock {
    /// The text of a lock file, shown to the user as `shown`, for [`Lock::parse`].
    ///
    /// # Errors
    /// [`Code::LockMissing`] where there is none, [`Code::FileUnreadable`].
    pub fn source(path: &Path, shown: &str) -> Result<SourceText> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(SourceText::new(shown, crate::project::text_of(shown, bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(missing(shown)),
            Err(error) => {
                let message = format!("cannot read `{shown}`: {error}");
                Err(Diagnostic::error(Code::FileUnreadable, message).into())
            }
        }
    }

    /// Reads the text of a `pgmi.lock`; anything that [`Lock::to_text`] does not write is an error.
    ///
    /// # Errors
    /// [`Code::LockUnreadable`], at the line.
    pub fn parse(source: &SourceText) -> Result<Self> {
        read::lock(source)
    }

    /// The text of the file: the same for the same facts, in whatever order they are given.
    pub fn to_text(&self) -> String {
        write::lock(self)
    }

    /// Whether both are written as the same text.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let head = |lock: &Self| (lock.postgres, lock.schema.clone());
        head(self) == head(other)
            && write::types(self) == write::types(other)
            && write::queries(self) == write::queries(other)
    }

    /// What was proven of these queries as they are now; none for one that is new or was changed.
    pub fn find<'a>(&'a self, queries: &[Query]) -> Vec<Option<&'a LockedQuery>> {
        self.find_all(queries.iter())
    }

    pub(crate) fn find_all<'a, 'q>(
        &'a self,
        queries: impl Iterator<Item = &'q Query>,
    ) -> Vec<Option<&'a LockedQuery>> {
        let key = |one: &'a LockedQuery| (one.name.as_deref(), one.sql.as_str());
        let known: HashMap<_, _> = self.queries.iter().map(|one| (key(one), one)).collect();
        queries
            .map(|query| known.get(&(query.given_name(), query.fingerprint())).copied())
            .collect()
    }

    /// One finding for everything that the lock does not cover: another schema or PostgreSQL, queries that
    /// are new, changed or gone. `shown` is the lock's path as the user knows it.
    pub fn stale(
        &self,
        shown: &str,
        postgres: u32,
        schema: &str,
        queries: &[Query],
    ) -> Option<Diagnostic> {
        let mut why = Vec::new();
        let is_of_another = self.postgres != postgres;
        if is_of_another {
            why.push(format!("it is of PostgreSQL {}, not {postgres}", self.postgres));
        } else if self.schema != schema {
            why.push("a file that shapes the database, or a parameter, has changed".to_owned());
        }
        let found = queries.iter().zip(self.find(queries));
        let changed = found.filter(|(_, locked)| locked.is_none());
        why.extend(changed.map(|(query, _)| format!("`{}` is new or has changed", query.label())));
        let there: HashSet<&str> = queries.iter().filter_map(Query::given_name).collect();
        let named = self.queries.iter().filter_map(|one| one.name.as_deref());
        why.extend(named.filter(|name| !there.contains(name)).map(|it| format!("`{it}` is gone")));
        // Without being told, `generate` asks the PostgreSQL that the lock is of.
        let generate = match is_of_another {
            true => format!("cargo pgmi generate --postgres {postgres}"),
            false => "cargo pgmi generate".to_owned(),
        };
        (!why.is_empty()).then(|| out_of_date(shown, why, &generate))
    }
}

fn missing(shown: &str) -> Error {
    Diagnostic::error(Code::LockMissing, format!("`{shown}` is missing"))
        .help("run `cargo pgmi generate` where there is a PostgreSQL, and commit the file")
        .into()
}

fn out_of_date(shown: &str, mut why: Vec<String>, generate: &str) -> Diagnostic {
    let finding = Diagnostic::error(Code::LockStale, format!("`{shown}` is out of date"))
        .help(format!("run `{generate}`, and commit the file"));
    let rest = why.len().saturating_sub(SHOWN);
    why.truncate(SHOWN);
    why.extend((rest > 0).then(|| format!("and {rest} more")));
    why.into_iter().fold(finding, Diagnostic::note)
}

#[cfg(test)]
mod tests;
