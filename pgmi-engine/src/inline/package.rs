//! The Rust sources of a package.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::call::{Call, Kind, Scan};
use super::literal::{Decoded, decode};
use super::memory::{Memory, Stamp};
use super::tokens::scan;
use super::{Inline, InlineQuery, Place, key};
use crate::diagnostic::{Code, Diagnostic, SourceText};

/// Where Cargo looks for the sources of a package.
const USUAL: &[&str] = &["src", "tests", "examples", "benches"];

/// A package as far as its sources matter.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// The folder of its `Cargo.toml`.
    pub root: PathBuf,
    /// How findings name that folder; empty for none.
    pub shown: String,
    /// What is compiled, build scripts left out.
    pub targets: Vec<Target>,
    /// What the crate `pgmi` is called in it.
    pub crates: Vec<String>,
    /// Folders and files with queries, from the root; those of the targets where nobody said.
    pub sources: Option<Vec<PathBuf>>,
}

/// A library, a program, a test …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub kind: TargetKind,
    /// The name of its crate.
    pub name: String,
    /// Its root file.
    pub path: PathBuf,
}

/// What matters about a target: whether others can use it, and whether Cargo calls it a binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetKind {
    Library,
    /// Programs, and examples.
    Binary,
    /// Tests and benchmarks.
    Other,
}

/// A file with what it holds.
struct Scanned {
    path: PathBuf,
    stamp: Option<Stamp>,
    scan: Scan,
    queries: Vec<InlineQuery>,
}

impl Package {
    /// The folders and files that are read, each once. Those that do not exist are left out.
    pub fn places(&self) -> Vec<PathBuf> {
        let places: BTreeSet<PathBuf> = match &self.sources {
            Some(sources) => sources.iter().map(|it| self.root.join(it)).collect(),
            None => {
                let usual = USUAL.iter().map(|it| self.root.join(it));
                usual.chain(self.targets.iter().map(|it| self.place_of(&it.path))).collect()
            }
        };
        let below_other = |it: &Path| it.ancestors().skip(1).any(|above| places.contains(above));
        places.iter().filter(|it| it.exists() && !below_other(it)).cloned().collect()
    }

    /// A target's folder; its file alone where that is the package's folder, which holds everything.
    fn place_of(&self, file: &Path) -> PathBuf {
        let file = self.root.join(file);
        match file.parent() {
            Some(folder) if !self.root.starts_with(folder) => folder.to_owned(),
            _ => file,
        }
    }

    /// Reads all of it. What was found is kept in the file `memory`, so that the next scan reads only what has
    /// changed since.
    pub fn scan(&self, memory: Option<&Path>) -> Inline {
        let before = Memory::read(memory, &self.crates);
        let mut files = Vec::new();
        for place in self.places() {
            rust_files(&place, &mut files);
        }
        let scanned: Vec<_> = files.par_iter().map(|path| self.file(path, &before)).collect();
        if let Some(file) = memory {
            let mut now = Memory::of(&self.crates);
            let stamped = scanned.iter().filter_map(|it| Some((it, it.stamp?)));
            stamped.for_each(|(it, stamp)| now.keep(&it.path, stamp, it.scan.clone()));
            now.write(file, &before);
        }
        self.inline(scanned)
    }

    fn inline(&self, scanned: Vec<Scanned>) -> Inline {
        let mut modules = Vec::new();
        for it in &scanned {
            let found = it.scan.bindings.iter();
            modules.extend(found.filter_map(|inner| self.bindings_module(&it.path, inner)));
        }
        let queries: Vec<_> = scanned.into_iter().flat_map(|it| it.queries).collect();
        let named = queries.iter().filter(|it| it.place.positions.is_none()).map(InlineQuery::file);
        let files: BTreeSet<_> = named.flatten().map(|it| self.root.join(it)).collect();
        Inline { files: files.into_iter().collect(), queries, modules }
    }

    fn file(&self, path: &Path, memory: &Memory) -> Scanned {
        let stamp = fs::metadata(path).ok().and_then(|it| Stamp::of(&it));
        let nothing = |scan| Scanned { path: path.to_owned(), stamp, scan, queries: Vec::new() };
        let known = memory.find(path, stamp);
        match known {
            Some(scan) if scan.calls.is_empty() => return nothing(scan.clone()),
            _ => {}
        }
        let Ok(text) = fs::read_to_string(path) else { return nothing(Scan::default()) };
        let scan = known.cloned().unwrap_or_else(|| scan(&text, &self.crates));
        if scan.calls.is_empty() {
            return nothing(scan);
        }
        let source = SourceText::new(self.shown(path), text);
        let queries = scan.calls.iter().filter_map(|call| self.query(&source, call)).collect();
        Scanned { queries, ..nothing(scan) }
    }

    fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        Path::new(&self.shown).join(path).display().to_string().replace('\\', "/")
    }

    fn query(&self, file: &SourceText, call: &Call) -> Option<InlineQuery> {
        let literal = file.text().get(call.literal.clone())?;
        let Decoded { text, positions } = decode(literal)?;
        let positions = (call.kind == Kind::Query).then_some(positions);
        let place = Place { file: file.clone(), literal: call.literal.clone(), positions };
        if call.kind == Kind::Query {
            return Some(InlineQuery::of(Ok(SourceText::new(place.shown(), text)), place));
        }
        let path = self.root.join(&text);
        let shown = self.shown(&path);
        let read = fs::read(&path).map_err(|error| unreadable(&place, &shown, &error));
        let text = read.and_then(|bytes| crate::project::text_of(&shown, bytes));
        Some(InlineQuery::of(text.map(|text| SourceText::new(shown, text)), place))
    }
}

impl InlineQuery {
    fn of(sql: Result<SourceText, Diagnostic>, place: Place) -> Self {
        let key = key(sql.as_ref().map_or("", SourceText::text));
        Self { key, place, sql, parsed: OnceLock::new() }
    }

    /// The path that a `query_file!` has.
    fn file(&self) -> Option<String> {
        let literal = self.place.file.text().get(self.place.literal.clone())?;
        decode(literal).map(|it| it.text)
    }
}

fn unreadable(place: &Place, shown: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(Code::FileUnreadable, format!("cannot read `{shown}`: {error}"))
        .at(&place.file, place.literal.clone(), "")
        .help("the path starts at the folder of Cargo.toml")
}

/// Every `.rs` file of a place, in order. Folders of other packages are theirs, and hidden ones nobody's.
fn rust_files(place: &Path, found: &mut Vec<PathBuf>) {
    let is_rust = |path: &Path| path.extension().is_some_and(|it| it == "rs");
    let Ok(entries) = fs::read_dir(place) else {
        found.extend(is_rust(place).then(|| place.to_owned()));
        return;
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, is_hidden) = (entry.path(), entry.file_name().as_encoded_bytes()[0] == b'.');
        let is_folder = entry.file_type().is_ok_and(|it| it.is_dir());
        if is_folder && !is_hidden && !path.join("Cargo.toml").exists() {
            rust_files(&path, found);
        } else if !is_folder && is_rust(&path) {
            found.push(path);
        }
    }
}
