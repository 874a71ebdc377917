//! What is committed, held against what was proven.

use super::files::{Files, shown};
use super::proof::{Proof, Proven};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::signature::{
    SignatureFile, TypeDefinition, TypeFile, diff, missing, reconcile, reconcile_type,
    type_file_path,
};

/// Everything that is wrong: queries first, then files that are unreadable, missing, stale or orphaned, and
/// the lock last. Empty when all is as it was committed.
pub fn compare(files: &Files, proof: &Proof) -> Vec<Diagnostic> {
    let mut findings = files.queries.findings.clone();
    findings.extend(proof.findings.iter().cloned());
    // A query that could not be described has no signature to miss or to keep.
    let all_described = findings.is_empty();
    findings.extend(files.signatures.findings.iter().cloned());
    findings.extend(files.types.findings.iter().cloned());
    for proven in &proof.queries {
        findings.extend(query_findings(files, proof, proven));
    }
    for definition in &proof.types {
        findings.extend(type_findings(files, proof, definition));
    }
    if all_described {
        let is_query = |name: &String| proof.queries.iter().any(|one| one.name() == name);
        findings.extend(files.signatures.orphaned(is_query));
        let is_type = |name: &crate::signature::TypeName| {
            proof.types.iter().any(|one| one.name == *name && TypeFile::of(&one.kind).is_some())
        };
        findings.extend(files.types.orphaned(is_type));
        findings.extend(lock_finding(files, proof));
    }
    // What PostgreSQL refuses comes before what only differs: it decides how the process ends.
    findings.sort_by_key(|finding| finding.code.outcome() == Outcome::Different);
    findings
}

fn query_findings(files: &Files, proof: &Proof, proven: &Proven) -> Vec<Diagnostic> {
    let name = proven.name().to_owned();
    match files.signatures.get(&name) {
        Some(committed) => {
            let new = SignatureFile::accepting(&proven.signature, Some(&committed.content));
            let difference = diff(committed.source.text(), &new.to_yaml());
            let found = reconcile(&proven.signature, committed, &proof.types).findings;
            with_difference(found, &difference)
        }
        None if files.signatures.contains(&name) => Vec::new(),
        None => {
            let path = files.queries_folder.join(format!("{name}.sig.yaml"));
            vec![missing(Some(&proven.query.source), &shown(&path))]
        }
    }
}

fn type_findings(files: &Files, proof: &Proof, definition: &TypeDefinition) -> Vec<Diagnostic> {
    let Some(file) = TypeFile::of(&definition.kind) else { return Vec::new() };
    match files.types.get(&definition.name) {
        Some(committed) => {
            let difference = diff(committed.source.text(), &file.to_yaml());
            let found = reconcile_type(definition, committed, &proof.types).findings;
            with_difference(found, &difference)
        }
        None if files.types.contains(&definition.name) => Vec::new(),
        None => {
            let path = files.types_folder.join(type_file_path(&definition.name));
            vec![missing(None, &shown(&path))]
        }
    }
}

/// The first finding about a file shows what accepting would change in it.
fn with_difference(mut findings: Vec<Diagnostic>, difference: &str) -> Vec<Diagnostic> {
    if let Some(first) = findings.first_mut() {
        first.notes.push(format!(
            "accepting what was inferred would change it so:\n{}",
            difference.trim_end()
        ));
    }
    findings
}

fn lock_finding(files: &Files, proof: &Proof) -> Option<Diagnostic> {
    let queries: Vec<_> = proof.queries.iter().map(|proven| proven.query.clone()).collect();
    match &files.lock {
        Err(error) => Some(error.primary().clone()),
        Ok(lock) => {
            let path = shown(&files.lock_path);
            let new = proof.lock();
            lock.stale(&path, proof.postgres, &proof.schema, &queries).or_else(|| {
                (lock.to_text() != new.to_text()).then(|| {
                    Diagnostic::error(
                        crate::diagnostic::Code::LockStale,
                        format!("`{path}` says something else than PostgreSQL"),
                    )
                    .note(diff(&lock.to_text(), &new.to_text()))
                    .help("run `cargo pgmi generate`, and commit the file")
                })
            })
        }
    }
}
