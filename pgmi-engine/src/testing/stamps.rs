//! Whether files are as they were, without reading them.
//!
//! Compared are inode, size and the times of the last change of content and of the inode itself: the
//! kernel sets the latter, and nobody can turn it back. A folder's times tell whether files came or went.
//! Times are as fine as the clock of the file system, so a file that changed a moment ago may change
//! again without a trace: such stamps are not [`Stamps::settled`], and nobody should rely on them.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::project::listing;

/// Coarser than any file system's clock (FAT counts in steps of two seconds).
const GRAIN: Duration = Duration::from_millis(2500);

/// Files and folders as they were at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamps(Vec<(PathBuf, Option<Stamp>)>);

/// Device, inode, size, seconds and nanoseconds of mtime and ctime.
type Stamp = (u64, u64, u64, (i64, i64), (i64, i64));

impl Stamps {
    /// Of a project with everything that is read of it, and of some more files.
    pub(super) fn of(project: &Path, more: impl IntoIterator<Item = PathBuf>) -> Self {
        let all = listing(project).into_iter().chain(more);
        Self(all.map(|path| (path.clone(), stamp(&path))).collect())
    }

    /// Whether all of them are as they were.
    pub(super) fn hold(&self) -> bool {
        self.0.iter().all(|(path, before)| stamp(path) == *before)
    }

    /// Whether the last change is long enough ago for the next one to be seen.
    pub(super) fn settled(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let limit = i64::try_from(now.saturating_sub(GRAIN).as_secs()).unwrap_or(i64::MAX);
        let seconds = |it: &Stamp| it.3.0.max(it.4.0);
        self.0.iter().filter_map(|(_, it)| it.as_ref()).all(|it| seconds(it) < limit)
    }
}

/// None where there is nothing.
#[cfg(unix)]
fn stamp(path: &Path) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt;

    let it = path.symlink_metadata().ok()?;
    let (changed, touched) = ((it.mtime(), it.mtime_nsec()), (it.ctime(), it.ctime_nsec()));
    Some((it.dev(), it.ino(), it.size(), changed, touched))
}

/// Without the time of the inode nothing can be relied on: as if it changed all the time.
#[cfg(not(unix))]
fn stamp(_path: &Path) -> Option<Stamp> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Some((0, 0, 0, (i64::MAX, i64::from(now.subsec_nanos())), (0, 0)))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;

    use super::*;

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("migrations")).unwrap();
        fs::write(folder.path().join("deploy.sql"), "select 1;").unwrap();
        fs::write(folder.path().join("migrations/a.sql"), "select 1;").unwrap();
        folder
    }

    #[test]
    fn whatever_changes_is_seen() {
        type Change = fn(&Path);
        let changes: [Change; 6] = [
            |root| fs::write(root.join("migrations/a.sql"), "select 2;").unwrap(),
            |root| fs::write(root.join("deploy.sql"), "select 22;").unwrap(),
            |root| fs::write(root.join("migrations/b.sql"), "").unwrap(),
            |root| fs::remove_file(root.join("migrations/a.sql")).unwrap(),
            |root| fs::write(root.join("migrations/.pgmiignore"), "*").unwrap(),
            |root| {
                let (old, new) = (root.join("migrations/a.sql"), root.join("migrations/new"));
                fs::write(&new, "select 3;").unwrap();
                let time = fs::metadata(&old).unwrap().modified().unwrap();
                fs::File::open(&new).unwrap().set_modified(time).unwrap();
                fs::rename(new, old).unwrap();
            },
        ];
        for change in changes {
            let folder = project();
            let stamps = Stamps::of(folder.path(), []);
            assert!(stamps.hold());
            // Longer than the clock of any file system that tests run on takes to move on.
            std::thread::sleep(Duration::from_millis(30));
            change(folder.path());
            assert!(!stamps.hold());
        }
    }

    #[test]
    fn what_changed_a_moment_ago_is_not_relied_on() {
        let folder = project();
        assert!(!Stamps::of(folder.path(), []).settled());
        assert!(Stamps::default().settled());
    }
}
