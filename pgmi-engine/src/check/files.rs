//! What a project says about its queries: the queries, their signatures, the lock.

use std::path::{Path, PathBuf};

use super::Proof;
use crate::Result;
use crate::diagnostic::SourceText;
use crate::project::Texts;
use crate::query::{QueryFolder, read_folder};
use crate::signature::{CommittedFiles, Lock, SignatureFile, TypeFile, TypeName};

/// Everything that is read from disk for a check.
#[derive(Debug)]
pub struct Files {
    /// Folder of the queries and their signature files.
    pub queries_folder: PathBuf,
    /// Folder of the types' files, one folder for each schema.
    pub types_folder: PathBuf,
    pub lock_path: PathBuf,
    /// Those of the folder, then the inline ones.
    pub queries: QueryFolder,
    pub signatures: CommittedFiles<String, SignatureFile>,
    pub types: CommittedFiles<TypeName, TypeFile>,
    /// The lock, or why there is none.
    pub lock: Result<Lock>,
    /// Its file, where it could be read.
    pub lock_source: Option<SourceText>,
}

impl Files {
    /// Reads what belongs to the project in `root`; its queries are in `queries` unless they are elsewhere,
    /// or `inline`. Nothing that is wrong ends it: each part keeps its own findings.
    pub fn read(
        root: &Path,
        queries: Option<&Path>,
        inline: QueryFolder,
        texts: Texts<'_>,
    ) -> Self {
        let queries_folder = queries.map_or_else(|| root.join("queries"), Path::to_owned);
        let (types_folder, lock_path) = (root.join("types"), root.join("pgmi.lock"));
        let shown_queries = shown(&queries_folder);
        let ((mut queries, signatures), (types, (lock_source, lock))) = rayon::join(
            || {
                rayon::join(
                    || read_folder(&queries_folder, &shown_queries, texts),
                    || CommittedFiles::read_queries(&queries_folder, &shown_queries, texts),
                )
            },
            || {
                let shown_types = shown(&types_folder);
                let types = CommittedFiles::read_types(&types_folder, &shown_types, texts);
                (types, read_lock(&lock_path))
            },
        );
        queries.queries.extend(inline.queries);
        queries.findings.extend(inline.findings);
        Self {
            queries_folder,
            types_folder,
            lock_path,
            queries,
            signatures,
            types,
            lock,
            lock_source,
        }
    }
}

impl Files {
    /// Takes the lock of a proof as it was just written.
    pub fn take_lock(&mut self, proof: &Proof) {
        self.lock_source = Some(SourceText::new(shown(&self.lock_path), proof.lock_text()));
        self.lock = Ok(proof.lock());
    }

    /// Whether the committed lock is this text.
    pub(crate) fn lock_is(&self, text: &str) -> bool {
        self.lock_source.as_ref().is_some_and(|source| source.text() == text)
    }

    pub(super) fn lock_shown(&self) -> String {
        shown(&self.lock_path)
    }
}

fn read_lock(path: &Path) -> (Option<SourceText>, Result<Lock>) {
    match Lock::source(path, &shown(path)) {
        Ok(source) => {
            let lock = Lock::parse(&source);
            (Some(source), lock)
        }
        Err(error) => (None, Err(error)),
    }
}

/// A path as the user can click on it.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}
