//! What is committed, held against what was proven.

use std::collections::HashSet;

use super::files::{Files, shown};
use super::proof::{Proof, Proven};
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::signature::{
    SignatureFile, TypeDefinition, TypeFile, TypeName, diff, many_missing, missing, reconcile,
    reconcile_type, type_file_path,
};

/// How many missing files are worth a finding each.
const SINGLE: usize = 10;

/// Everything that is wrong: with queries and files first, then what only differs from what is committed,
/// each ordered by file and place; the lock last. Empty when all is as it was committed.
pub fn compare(files: &Files, proof: &Proof) -> Vec<Diagnostic> {
    let mut findings = files.queries.findings.clone();
    findings.extend(proof.findings().cloned());
    // A query that could not be described has no signature to miss or to keep.
    let all_described = findings.is_empty();
    findings.extend(files.signatures.findings.iter().cloned());
    findings.extend(files.types.findings.iter().cloned());
    findings.extend(missing_files(files, proof));
    for proven in &proof.queries {
        findings.extend(query_findings(files, proof, proven));
    }
    for definition in &proof.types {
        findings.extend(type_findings(files, proof, definition));
    }
    if all_described {
        findings.extend(orphaned(files, proof));
        findings.extend(lock_finding(files, proof));
    }
    findings.sort_by_cached_key(order);
    findings
}

/// What is wrong with files, and can be seen where PostgreSQL cannot be asked; ordered by file and place.
pub fn unasked(files: &Files) -> Vec<Diagnostic> {
    let mut findings = files.queries.findings.clone();
    findings.extend(files.signatures.findings.iter().cloned());
    findings.extend(files.types.findings.iter().cloned());
    let lock = files.lock.as_ref().err().map(|error| error.primary().clone());
    findings.extend(lock.filter(|finding| finding.code == Code::LockUnreadable));
    findings.sort_by_cached_key(order);
    findings
}

/// How a process that met these findings ends: what is wrong comes before what PostgreSQL refuses, and
/// that before what only differs.
pub fn outcome(findings: &[Diagnostic]) -> Outcome {
    let worst =
        findings.iter().map(|finding| finding.code.outcome()).min_by_key(|outcome| match outcome {
            Outcome::Different => 2,
            Outcome::Sql => 1,
            _ => 0,
        });
    worst.unwrap_or(Outcome::Success)
}

/// Whether a finding is about what is not committed yet, or no longer of use: nothing that keeps bindings
/// from being made of what was proven.
pub fn is_about_committed_files(finding: &Diagnostic) -> bool {
    matches!(
        finding.code,
        Code::SignatureMissing | Code::SignatureOrphaned | Code::LockMissing | Code::LockStale
    )
}

fn order(finding: &Diagnostic) -> (bool, bool, String, usize) {
    let is_different = finding.code.outcome() == Outcome::Different;
    let place = finding.place();
    let file = place.map_or_else(String::new, |place| place.source.name().to_owned());
    let start = place.map_or(0, |place| place.span.start);
    (is_different, place.is_none(), file, start)
}

/// A finding for each file that is missing; one for all of them where they would hide everything else.
fn missing_files(files: &Files, proof: &Proof) -> Vec<Diagnostic> {
    let of_queries = proof.queries.iter().filter_map(|proven| {
        // What stands in Rust has no signature file.
        let name = proven.query.given_name()?.to_owned();
        let path = files.queries_folder.join(format!("{name}.sig.yaml"));
        let is_missing = !files.signatures.contains(&name);
        is_missing.then(|| (Some(&proven.query.source), shown(&path)))
    });
    let of_types = proof.types.iter().filter_map(|definition| {
        let path = files.types_folder.join(type_file_path(&definition.name));
        let has_file = TypeFile::of(&definition.kind).is_some();
        (has_file && !files.types.contains(&definition.name)).then(|| (None, shown(&path)))
    });
    let all: Vec<_> = of_queries.chain(of_types).collect();
    if all.len() > SINGLE {
        return vec![many_missing(all.iter().map(|(_, path)| path.as_str()).collect())];
    }
    all.into_iter().map(|(source, path)| missing(source, &path)).collect()
}

fn query_findings(files: &Files, proof: &Proof, proven: &Proven) -> Vec<Diagnostic> {
    let name = proven.query.given_name().map(str::to_owned);
    let Some(committed) = name.and_then(|name| files.signatures.get(&name)) else {
        return Vec::new();
    };
    let found = reconcile(&proven.signature, committed, &proof.types).findings;
    with_difference(found, || {
        let new = SignatureFile::accepting(&proven.signature, Some(&committed.content));
        diff(committed.source.text(), &new.to_yaml_over(committed.source.text()))
    })
}

fn type_findings(files: &Files, proof: &Proof, definition: &TypeDefinition) -> Vec<Diagnostic> {
    let Some(committed) = files.types.get(&definition.name) else { return Vec::new() };
    let file = TypeFile::accepting(&definition.kind, Some(&committed.content));
    let Some(file) = file else { return Vec::new() };
    let found = reconcile_type(definition, committed, &proof.types).findings;
    let text = committed.source.text();
    with_difference(found, || diff(text, &file.to_yaml_over(text)))
}

/// The first finding about a file shows what accepting would change in it.
fn with_difference(
    mut findings: Vec<Diagnostic>,
    difference: impl FnOnce() -> String,
) -> Vec<Diagnostic> {
    if let Some(first) = findings.first_mut() {
        let difference = difference();
        first.notes.push(format!(
            "accepting what was inferred would change it so:\n{}",
            difference.trim_end()
        ));
    }
    findings
}

fn orphaned(files: &Files, proof: &Proof) -> Vec<Diagnostic> {
    let queries: HashSet<&str> =
        proof.queries.iter().filter_map(|one| one.query.given_name()).collect();
    let has_file = |one: &&TypeDefinition| TypeFile::of(&one.kind).is_some();
    let types: HashSet<&TypeName> =
        proof.types.iter().filter(has_file).map(|it| &it.name).collect();
    let mut findings = files.signatures.orphaned(|name| queries.contains(name.as_str()));
    findings.extend(files.types.orphaned(|name| types.contains(name)));
    findings
}

fn lock_finding(files: &Files, proof: &Proof) -> Option<Diagnostic> {
    if files.lock_is(proof.lock_text()) {
        return None;
    }
    let lock = match &files.lock {
        // Who has no queries has nothing to lock.
        Err(error) if error.code() == Code::LockMissing && proof.queries.is_empty() => return None,
        Err(error) => return Some(error.primary().clone()),
        Ok(lock) => lock,
    };
    let (path, new) = (files.lock_shown(), proof.lock());
    let queries = &files.queries.queries;
    lock.stale(&path, proof.postgres, &proof.schema, queries).or_else(|| {
        (!lock.says_the_same(&new)).then(|| {
            Diagnostic::error(
                Code::LockStale,
                format!("`{path}` says something else than PostgreSQL"),
            )
            .note(diff(&lock.to_text(), proof.lock_text()))
            .help("run `cargo pgmi generate`, and commit the file")
        })
    })
}
