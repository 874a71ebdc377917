//! Which committed files there are, and which are missing, orphaned or there twice.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::path::decoded;
use super::{Committed, Dialect, SignatureFile, TypeFile};
use crate::Result;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::Texts;
use crate::signature::TypeName;

/// How many of many files are named.
const LISTED: usize = 10;

/// The signature files of a folder, by what they describe.
#[derive(Clone, Debug)]
pub struct CommittedFiles<K, T> {
    /// What could be read.
    files: BTreeMap<K, Committed<T>>,
    /// Every file's source, unreadable ones too.
    sources: BTreeMap<K, SourceText>,
    /// What is wrong with the others.
    pub findings: Vec<Diagnostic>,
}

impl CommittedFiles<String, SignatureFile> {
    /// Reads the signature files beside the queries of `folder`, shown to the user as `shown`.
    pub fn read_queries(folder: &Path, shown: &str, texts: Texts<'_>) -> Self {
        let mut read = Self::empty();
        read.add_folder(folder, shown, texts, SignatureFile::parse, |name| name.to_owned());
        read
    }
}

impl CommittedFiles<TypeName, TypeFile> {
    /// Reads `<folder>/<schema>/<type>.sig.yaml`, shown to the user below `shown`.
    pub fn read_types(folder: &Path, shown: &str, texts: Texts<'_>) -> Self {
        let mut read = Self::empty();
        match names(folder) {
            Ok(schemas) => {
                for directory in schemas.iter().filter(|name| folder.join(name).is_dir()) {
                    let schema = decoded(directory);
                    let below = format!("{shown}/{directory}");
                    let key = |name: &str| TypeName::new(schema.as_str(), decoded(name));
                    let folder = folder.join(directory);
                    read.add_folder(&folder, &below, texts, TypeFile::parse, key);
                }
            }
            Err(error) => read.findings.push(unreadable(shown, &error)),
        }
        read
    }
}

impl<K: Ord + Clone, T> CommittedFiles<K, T> {
    fn empty() -> Self {
        Self { files: BTreeMap::new(), sources: BTreeMap::new(), findings: Vec::new() }
    }

    /// What is committed for this query or type, if it could be read.
    pub fn get(&self, key: &K) -> Option<&Committed<T>> {
        self.files.get(key)
    }

    /// Whether there is a file, readable or not: only where there is none may one be written.
    pub fn contains(&self, key: &K) -> bool {
        self.sources.contains_key(key)
    }

    /// The text of a file, readable or not.
    pub fn source(&self, key: &K) -> Option<&SourceText> {
        self.sources.get(key)
    }

    /// One finding for each file that describes none of `present`.
    pub fn orphaned(&self, present: impl Fn(&K) -> bool) -> Vec<Diagnostic> {
        let gone = self.sources.iter().filter(|(key, _)| !present(key));
        gone.map(|(_, source)| orphaned(source)).collect()
    }

    fn add_folder(
        &mut self,
        folder: &Path,
        shown: &str,
        texts: Texts<'_>,
        parse: impl Fn(&SourceText) -> Result<T> + Sync,
        key: impl Fn(&str) -> K,
    ) where
        T: Send,
    {
        let names = match names(folder) {
            Ok(names) => names,
            Err(error) => return self.findings.push(unreadable(shown, &error)),
        };
        let file = |name: &String| {
            let dialect = Dialect::of(name)?;
            let shown = format!("{shown}/{name}");
            match texts.read(&folder.join(name), &shown) {
                Ok(text) => {
                    let source = SourceText::new(shown, text);
                    let content = parse(&source);
                    Some((dialect, source, content))
                }
                Err(finding) => Some((dialect, SourceText::new(shown, ""), Err(finding.into()))),
            }
        };
        let files: Vec<_> = names.par_iter().map(file).collect();
        for (name, file) in names.iter().zip(files) {
            if let Some((dialect, source, content)) = file {
                let stem = &name[..name.len() - dialect.extension().len()];
                self.add_file(key(stem), dialect, source, content);
            }
        }
    }

    fn add_file(&mut self, key: K, dialect: Dialect, source: SourceText, content: Result<T>) {
        if let Some(first) = self.sources.get(&key) {
            self.findings.push(duplicate(first, &source));
            return;
        }
        self.sources.insert(key.clone(), source.clone());
        match content {
            Ok(content) => drop(self.files.insert(key, Committed { content, source, dialect })),
            Err(error) => self.findings.extend_from_slice(error.diagnostics()),
        }
    }
}

/// What `check` says of a query or type (which `source` shows) without a file, which would be `shown`.
pub fn missing(source: Option<&SourceText>, shown: &str) -> Diagnostic {
    let finding = Diagnostic::error(Code::SignatureMissing, format!("`{shown}` is missing"))
        .help("run `cargo pgmi generate`, look at the file, and commit it");
    match source {
        Some(source) => finding.at(source, 0..0, "has no signature file"),
        None => finding,
    }
}

/// The same of many files at once: when a project meets `generate` for the first time.
pub fn many_missing(mut shown: Vec<&str>) -> Diagnostic {
    shown.sort_unstable();
    let message = format!("{} signature files are missing", shown.len());
    let finding = Diagnostic::error(Code::SignatureMissing, message)
        .help("run `cargo pgmi generate`, look at the files, and commit them");
    let (first, rest) = shown.split_at(shown.len().min(LISTED));
    let finding = first.iter().fold(finding, |finding, path| finding.note(*path));
    match rest.len() {
        0 => finding,
        rest => finding.note(format!("and {rest} more")),
    }
}

/// The names in a folder, sorted; none where it does not exist.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<Vec<_>>>()?;
    names.sort_unstable();
    Ok(names)
}

fn unreadable(shown: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::FileUnreadable, format!("cannot read `{shown}`: {error}"))
}

fn duplicate(first: &SourceText, second: &SourceText) -> Diagnostic {
    let message = format!("`{}` and `{}` describe the same", first.name(), second.name());
    Diagnostic::error(Code::SignatureDuplicate, message)
        .at(second, 0..0, "")
        .and_at(first, 0..0, "")
        .help("delete one of them")
}

fn orphaned(source: &SourceText) -> Diagnostic {
    let message = format!("`{}` describes nothing that is there", source.name());
    Diagnostic::error(Code::SignatureOrphaned, message)
        .at(source, 0..0, "")
        .help("delete it, or bring back what it describes")
}
