//! Queries that stand in Rust sources: `pgmi::query!("…")` and `pgmi::query_file!("…")`.
//!
//! ```text
//! Package ──scan──► Inline ─┬─ queries   described with those of the project's folder
//!                           ├─ key       what the macro finds the answer by: a hash of the SQL as it stands
//!                           └─ located   a finding about SQL, shown in the Rust file
//! ```
//!
//! Nothing is expanded and nothing is compiled: a file is read as tokens, so that what stands in comments and
//! strings is no query, and what stands in the arguments of other macros is one. A query that another macro
//! puts together cannot be seen; the macro says so where it is.

mod call;
mod call_path;
mod imports;
pub mod left;
mod literal;
mod memory;
mod metadata;
mod module;
mod package;
mod place;
mod tokens;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, SourceText};
use crate::query::{Query, QueryFolder};

pub use literal::{Decoded, decode};
pub use module::BindingsModule;
pub use package::{Package, Target, TargetKind};
pub use place::Place;

/// What the Rust sources of a package hold.
#[derive(Clone, Debug, Default)]
pub struct Inline {
    /// Ordered by file and place.
    pub queries: Vec<InlineQuery>,
    /// Where `include_queries!()` stands.
    pub modules: Vec<BindingsModule>,
    /// The files that `query_file!` names, whether they are there or not.
    pub files: Vec<PathBuf>,
}

/// One `query!` or `query_file!`.
#[derive(Clone, Debug)]
pub struct InlineQuery {
    /// [`key`] of its SQL.
    pub key: String,
    pub place: Place,
    /// The SQL; of `query_file!` there may be none.
    sql: Result<SourceText, Diagnostic>,
    parsed: OnceLock<Result<Query, Vec<Diagnostic>>>,
}

/// What tells one SQL text from another. Not the fingerprint: a text that is no query has none, and the macro
/// must find what is wrong with it.
pub fn key(sql: &str) -> String {
    Sha256::digest(sql).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

impl Inline {
    /// Adds what another package holds.
    pub fn extend(&mut self, other: Self) {
        self.queries.extend(other.queries);
        self.modules.extend(other.modules);
        self.files.extend(other.files);
    }

    /// As they are checked: one of those that differ in nothing but their formatting, and all that is wrong.
    pub fn folder(&self) -> QueryFolder {
        let (mut folder, mut seen) = (QueryFolder::default(), HashSet::new());
        for one in &self.queries {
            match one.parsed() {
                Ok(query) if seen.insert(query.fingerprint()) => folder.queries.push(query.clone()),
                Ok(_) => {}
                Err(findings) => folder.findings.extend_from_slice(findings),
            }
        }
        folder
    }

    /// The finding, shown in the Rust file where it is about SQL of one.
    pub fn located(&self, finding: Diagnostic) -> Diagnostic {
        let is_about = |one: &&InlineQuery| {
            let source = one.parsed().as_ref().ok().map(|query| &query.source);
            source.is_some_and(|source| finding.labels.iter().any(|label| label.source == *source))
        };
        match self.queries.iter().find(is_about) {
            Some(one) => one.located(finding),
            None => finding,
        }
    }
}

impl InlineQuery {
    /// The query, or what is wrong with it; findings are [`located`](Place::located) already. Read when it is asked
    /// for: a build in which nothing has changed does not.
    pub fn parsed(&self) -> &Result<Query, Vec<Diagnostic>> {
        self.parsed.get_or_init(|| {
            let sql = self.sql.as_ref().map_err(|finding| vec![finding.clone()])?;
            Query::parse(None, sql.clone()).map_err(|error| {
                let findings = error.diagnostics().iter().cloned();
                findings.map(|it| self.place.located(sql, it)).collect()
            })
        })
    }

    /// As [`Inline::located`], of this query.
    pub fn located(&self, finding: Diagnostic) -> Diagnostic {
        match self.parsed() {
            Ok(query) => self.place.located(&query.source, finding),
            Err(_) => finding,
        }
    }
}

#[cfg(test)]
mod tests;
