//! What earlier processes found out, in files that any of them may read and replace.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::stamps::Stamps;

/// Which templates answer a request, and where copies of them are.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) stamps: Stamps,
    pub(super) templates: Vec<String>,
    pub(super) socket: PathBuf,
}

/// What failed in a run of tests, and where it was told in full.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Failed {
    pub(super) stamps: Stamps,
    pub(super) run: String,
    pub(super) test: String,
    pub(super) code: String,
    pub(super) message: String,
}

/// Nobody asks for what is older.
const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

const PREFIX: &str = "tests-";

/// The file in which something is remembered about requests of this fingerprint.
pub(super) fn file(folder: &Path, fingerprint: &str, what: &str) -> PathBuf {
    folder.join(format!("{PREFIX}{fingerprint}.{what}"))
}

/// A file that cannot be read is as good as none.
pub(super) fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

/// Readers see the old or the new. What cannot be written is found out again the next time.
pub(super) fn write<T: Serialize>(file: &Path, value: &T) {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let new = file.with_file_name(format!("{name}.{}", std::process::id()));
    let written = serde_json::to_vec(value).is_ok_and(|text| fs::write(&new, text).is_ok());
    if !written || fs::rename(&new, file).is_err() {
        let _ = fs::remove_file(&new);
    }
}

/// Removes what has not been of use for long.
pub(super) fn clean(folder: &Path) {
    let is_old = |entry: &fs::DirEntry| {
        let changed = entry.metadata().and_then(|it| it.modified());
        let age = changed.ok().and_then(|it| SystemTime::now().duration_since(it).ok());
        age.is_some_and(|age| age > WEEK)
    };
    let ours = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(PREFIX);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if ours(&entry) && is_old(&entry) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
