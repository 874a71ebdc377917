//! The files that `cargo pgmi generate` writes.

use std::path::PathBuf;

use super::files::Files;
use super::proof::{Proof, Proven};
use crate::signature::{Dialect, SignatureFile, TypeFile, type_file_path};

/// Which committed signatures may be replaced by what was inferred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accept {
    /// None: only what is missing is written.
    Nothing,
    /// Those of these queries or types (`schema.type`).
    These(Vec<String>),
    /// All of them.
    Everything,
}

/// A file that is written: its text before, if it had one, and its new text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    pub path: PathBuf,
    pub old: Option<String>,
    pub new: String,
}

/// What is missing, what is accepted, and the lock; nothing that is as it should be. A lock that would
/// leave a query out is not written.
pub fn changes(files: &Files, proof: &Proof, accept: &Accept) -> Vec<FileChange> {
    let mut changes: Vec<FileChange> =
        proof.queries.iter().filter_map(|proven| query_change(files, proven, accept)).collect();
    for definition in &proof.types {
        let committed = files.types.get(&definition.name).map(|one| &one.content);
        let Some(file) = TypeFile::accepting(&definition.kind, committed) else { continue };
        let name = format!("{}.{}", definition.name.schema, definition.name.name);
        let source = files.types.source(&definition.name);
        let is_changed = committed != Some(&file);
        if source.is_none() || (is_changed && accept.includes(&name)) {
            let below = match source {
                Some(source) => below(source.name()),
                None => type_file_path(&definition.name),
            };
            let path = files.types_folder.join(below);
            let old = source.map(|source| source.text().to_owned());
            let new = file.to_yaml_over(old.as_deref().unwrap_or_default());
            changes.push(FileChange { path, old, new });
        }
    }
    if files.queries.findings.is_empty() && proof.refused.is_empty() {
        let new = proof.lock_text();
        if !files.lock_is(new) {
            let old = files.lock_source.as_ref().map(|source| source.text().to_owned());
            let path = files.lock_path.clone();
            changes.push(FileChange { path, old, new: new.to_owned() });
        }
    }
    changes
}

/// The folder of its schema and the name of a type's file.
fn below(shown: &str) -> String {
    let mut parts = shown.rsplit('/');
    let (file, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!("{folder}/{file}")
}

fn query_change(files: &Files, proven: &Proven, accept: &Accept) -> Option<FileChange> {
    // What stands in Rust has no signature file.
    let name = proven.query.given_name()?.to_owned();
    if files.signatures.contains(&name) && !accept.includes(&name) {
        return None;
    }
    let committed = files.signatures.get(&name).map(|one| &one.content);
    let file = SignatureFile::accepting(&proven.signature, committed);
    if committed == Some(&file) {
        return None;
    }
    let source = files.signatures.source(&name);
    let name = match source {
        Some(source) => source.name().rsplit('/').next().unwrap_or_default().to_owned(),
        None => format!("{name}{}", Dialect::Pgmi.extension()),
    };
    let old = source.map(|source| source.text().to_owned());
    let new = file.to_yaml_over(old.as_deref().unwrap_or_default());
    Some(FileChange { path: files.queries_folder.join(name), old, new })
}

impl Accept {
    fn includes(&self, name: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::These(names) => names.iter().any(|one| one == name),
            Self::Everything => true,
        }
    }
}
