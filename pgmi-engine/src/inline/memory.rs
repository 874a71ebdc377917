//! What was found in files that have not changed since: reading a file as tokens takes longer than everything
//! else that a build does when no query has changed.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::call::Scan;

/// What the last scan found.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Memory {
    /// Who found it: another program may look for other things.
    program: String,
    /// The names that it looked for.
    crates: Vec<String>,
    files: BTreeMap<PathBuf, Remembered>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Remembered {
    stamp: Stamp,
    scan: Scan,
}

/// What Cargo, too, tells a changed file by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    length: u64,
    modified: u64,
}

impl Stamp {
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let modified = u64::try_from(modified.as_nanos()).ok()?;
        Some(Self { length: metadata.len(), modified })
    }
}

impl Memory {
    /// What is remembered in a file; nothing where there is none to be trusted.
    pub fn read(file: Option<&Path>, crates: &[String]) -> Self {
        let text = file.and_then(|file| std::fs::read(file).ok());
        let memory = text.and_then(|text| serde_json::from_slice(&text).ok());
        let fits = |it: &Self| it.program == program() && it.crates == crates;
        memory.filter(fits).unwrap_or_else(|| Self::of(crates))
    }

    pub fn of(crates: &[String]) -> Self {
        Self { program: program(), crates: crates.to_vec(), files: BTreeMap::new() }
    }

    /// What was found in the file as it is now.
    pub fn find(&self, file: &Path, stamp: Option<Stamp>) -> Option<&Scan> {
        let known = self.files.get(file)?;
        (Some(known.stamp) == stamp).then_some(&known.scan)
    }

    pub fn keep(&mut self, file: &Path, stamp: Stamp, scan: Scan) {
        self.files.insert(file.to_owned(), Remembered { stamp, scan });
    }

    /// Writes it where that changes something. That it cannot be written is no reason to fail: files are read
    /// again, then.
    pub fn write(&self, file: &Path, before: &Self) {
        if self != before
            && let Ok(text) = serde_json::to_vec(self)
        {
            let _ = file.parent().map(std::fs::create_dir_all);
            let _ = std::fs::write(file, text);
        }
    }
}

fn program() -> String {
    format!("pgmi {}", env!("CARGO_PKG_VERSION"))
}
