//! Removing files that nobody used for long.

use std::collections::HashMap;
use std::fs::{self, DirEntry};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Files of a kind that stay however often schemas change, as long as they are not older than [`OLD`]: notes about
/// locks, of which every `generate` leaves one, drive out no answers.
const KEPT: usize = 64;

const OLD: Duration = Duration::from_secs(30 * 24 * 3600);

/// Removes what is old, and the oldest of too many. Two that sweep at once do no harm.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let dated = |entry: DirEntry| {
        let modified = entry.metadata().ok().filter(|it| it.is_file())?.modified().ok()?;
        Some((modified, entry.path()))
    };
    let mut files: Vec<_> = entries.flatten().filter_map(dated).collect();
    files.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
    let oldest = SystemTime::now() - OLD;
    let mut newer = HashMap::new();
    for (modified, path) in &files {
        let of_its_kind = newer.entry(path.extension()).or_insert(0);
        *of_its_kind += 1;
        if *of_its_kind > KEPT || *modified < oldest {
            // It is gone already, or it stays: nothing depends on it.
            let _ = fs::remove_file(path);
        }
    }
}
