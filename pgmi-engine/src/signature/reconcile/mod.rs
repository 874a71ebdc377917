//! What holds in the end: what was inferred, and what the user committed over it.
//!
//! - names and types must agree: a file that describes another query is *stale*;
//! - the user may relax anything: a reader of NULL loses nothing where none comes;
//! - the user may tighten what was not proven: he knows his data;
//! - a promise that is proven wrong is a *contradiction*, shown with the proof;
//! - what says less than what is proven is *loose*: no error, but worth a word, as the schema may have become
//!   stricter since. A comment on its line says that it is meant so.

mod fields;
mod types;
mod verdicts;

use std::ops::Range;

use super::file::{Committed, FileResult, SignatureFile, TypeFile, place_of, remark_of};
use super::{Cardinality, Signature, TypeDefinition, TypeKind};
use crate::diagnostic::{Code, Diagnostic};

/// What holds, and what is wrong with the committed file. It holds as far as it can where something is.
#[derive(Clone, Debug)]
pub struct Reconciled<T> {
    pub value: T,
    pub findings: Vec<Diagnostic>,
    /// What is proven, and the file does not say nor remark on: ``column `name` is never NULL``.
    pub loose: Vec<String>,
}

/// The signature that bindings are made from. `types` are those that the signature mentions.
pub fn reconcile(
    inferred: &Signature,
    committed: &Committed<SignatureFile>,
    types: &[TypeDefinition],
) -> Reconciled<Signature> {
    let file = &committed.content;
    let mut judge = Judge::new(committed, types, committed.stem().to_owned());
    let parameters =
        judge.fields("parameter", &["parameters"], &inferred.parameters, &file.parameters);
    let columns = match (inferred.cardinality.value, &file.result) {
        (Cardinality::None, None) => Vec::new(),
        (Cardinality::None, Some(_)) => {
            judge.differs(&["result"], "the query returns no rows");
            Vec::new()
        }
        (_, None) => {
            judge.differs(&[], "the query returns rows: `result` is missing");
            inferred.columns.clone()
        }
        (_, Some(FileResult { columns, .. })) => {
            judge.fields("column", &["result", "columns"], &inferred.columns, columns)
        }
    };
    let cardinality = match &file.result {
        Some(result) => judge.cardinality(&inferred.cardinality, result.cardinality),
        None => inferred.cardinality.clone(),
    };
    let (idempotent, batch) = (file.idempotent, inferred.batch.clone());
    let value = Signature { parameters, columns, cardinality, idempotent, batch };
    judge.close(value, "the query")
}

/// The type that bindings are made from.
pub fn reconcile_type(
    inferred: &TypeDefinition,
    committed: &Committed<TypeFile>,
    types: &[TypeDefinition],
) -> Reconciled<TypeDefinition> {
    let name = format!("{}.{}", inferred.name.schema, inferred.name.name);
    let mut judge = Judge::new(committed, types, name);
    let kind = match (&inferred.kind, &committed.content) {
        (TypeKind::Enum { labels }, TypeFile::Enum(written)) => {
            if labels != written {
                let text = format!("the labels are {}", labels.join(", "));
                judge.differs(&["enum"], &text);
            }
            inferred.kind.clone()
        }
        (TypeKind::Composite { fields }, TypeFile::Composite(written)) => {
            let fields = judge.fields("field", &["composite"], fields, written);
            TypeKind::Composite { fields }
        }
        (kind, _) => {
            judge.differs(&[], &format!("the type is {}", types::kind_name(kind)));
            kind.clone()
        }
    };
    judge.close(TypeDefinition { name: inferred.name.clone(), kind }, "the type")
}

/// Compares one file, and gathers what is wrong with it.
struct Judge<'a, T> {
    committed: &'a Committed<T>,
    types: &'a [TypeDefinition],
    /// What `--accept` calls it.
    name: String,
    differences: Vec<(Range<usize>, String)>,
    contradictions: Vec<Diagnostic>,
    loose: Vec<String>,
}

impl<'a, T> Judge<'a, T> {
    fn new(committed: &'a Committed<T>, types: &'a [TypeDefinition], name: String) -> Self {
        let (differences, contradictions, loose) = Default::default();
        Self { committed, types, name, differences, contradictions, loose }
    }

    fn differs(&mut self, path: &[&str], text: &str) {
        self.differences.push((self.place(path), text.to_owned()));
    }

    fn place(&self, path: &[&str]) -> Range<usize> {
        place_of(self.committed.source.text(), path)
    }

    fn is_remarked(&self, path: &[&str]) -> bool {
        remark_of(self.committed.source.text(), path).is_some()
    }

    fn close<V>(self, value: V, described: &str) -> Reconciled<V> {
        let mut findings = Vec::new();
        if !self.differences.is_empty() {
            findings.push(stale(self.committed, described, &self.name, self.differences));
        }
        findings.extend(self.contradictions);
        Reconciled { value, findings, loose: self.loose }
    }
}

/// One finding for a file, with all its differences.
fn stale<T>(
    committed: &Committed<T>,
    described: &str,
    name: &str,
    differences: Vec<(Range<usize>, String)>,
) -> Diagnostic {
    let message = format!("`{}` does not describe {described} any more", committed.source.name());
    let finding = Diagnostic::error(Code::SignatureStale, message)
        .help(format!("run `cargo pgmi generate --accept {name}`, or edit the file"));
    differences
        .into_iter()
        .fold(finding, |finding, (place, text)| finding.at(&committed.source, place, text))
}

#[cfg(test)]
mod tests;
