//! An untouched data directory on disk, so that only the first start of a version runs `initdb`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::account::Account;
use super::base;
use super::keeper::SCRIPT;
use crate::cluster::{Binaries, Settings};

const PREFIX: &str = "initdb-";

/// Where the keeper finds or puts it; none where it would not be safe or there is no place.
///
/// `initdb` is not asked to sync, so a template is trusted only until the machine is booted anew;
/// where the boot cannot be told, there is none.
pub(super) fn path(binaries: &Binaries, settings: &Settings, account: Account) -> Option<PathBuf> {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let boot = boot.split('-').next()?.to_owned();
    let base = base::for_keeping(settings, account).ok()?;
    remove_old(&base, &boot);
    // Another script may make another one.
    let made_by = format!("{}\n{}\n{SCRIPT}", binaries.directory.display(), binaries.version);
    let key = Sha256::digest(format!("{made_by}\n{}", settings.locale));
    let key: String = key[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    Some(base.join(format!("{PREFIX}{boot}-{key}")))
}

/// Longer than any copy takes: a template that is not whole by then never will be.
const PATIENCE: Duration = Duration::from_secs(600);

/// Removes the templates of earlier boots, and what killed keepers have left half made: a copy on its way has a
/// dot in its name.
fn remove_old(base: &Path, boot: &str) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix(PREFIX) else { continue };
        let age =
            entry.metadata().and_then(|it| it.modified()).ok().and_then(|it| it.elapsed().ok());
        let is_half = rest.contains('.') && age.is_some_and(|age| age > PATIENCE);
        if is_half || !rest.starts_with(boot) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
