//! The folder below which one user's throwaway servers live.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::account::Account;
use crate::Result;
use crate::cluster::{Settings, failed};

/// What a server with a few databases needs; a container's default of 64 MB is too little.
const ROOM: u64 = 256 << 20;

const SHARED_MEMORY: &str = "/dev/shm";

/// Where data goes that outlives neither a reboot nor a cleaning, for lack of anything better.
const TEMPORARY: [&str; 2] = ["/var/tmp", "/tmp"];

/// The best place for the data of a running server.
pub(super) fn for_data(settings: &Settings, account: Account) -> Result<PathBuf> {
    let memory = settings.memory.then(|| Path::new(SHARED_MEMORY));
    first_usable(memory.into_iter().chain(on_disk(settings)), account)
}

/// The best place for what should outlive a server.
pub(super) fn for_keeping(settings: &Settings, account: Account) -> Result<PathBuf> {
    first_usable(on_disk(settings), account)
}

fn on_disk(settings: &Settings) -> impl Iterator<Item = &Path> {
    [settings.directory.as_path()].into_iter().chain(TEMPORARY.map(Path::new))
}

fn first_usable<'a>(parents: impl Iterator<Item = &'a Path>, account: Account) -> Result<PathBuf> {
    let mut refused = Vec::new();
    for parent in parents {
        match usable(parent, account) {
            Ok(base) => return Ok(base),
            Err(why) => refused.push(format!("{}: {why}", parent.display())),
        }
    }
    let nowhere = failed("there is no place for the data of a throwaway PostgreSQL");
    Err(refused.into_iter().fold(nowhere, |it, why| it.note(why)).into())
}

/// `<parent>/pgmi-<uid>`, made for the server's user and closed to everybody else.
fn usable(parent: &Path, account: Account) -> std::result::Result<PathBuf, String> {
    let words = |error: io::Error| error.to_string();
    if parent != Path::new(SHARED_MEMORY) {
        fs::create_dir_all(parent).map_err(words)?;
    }
    let parent = parent.canonicalize().map_err(words)?;
    if !account.can_enter(&parent) {
        return Err(format!("the user of the server (uid {}) cannot enter it", account.uid));
    }
    let free = fs4::available_space(&parent).map_err(words)?;
    if free < ROOM {
        return Err(format!("only {} MB are free, {} are needed", free >> 20, ROOM >> 20));
    }
    let base = parent.join(format!("pgmi-{}", account.uid));
    make(&base, account).map_err(words)?;
    Ok(base)
}

fn make(base: &Path, account: Account) -> io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(base) {
        Ok(()) if account.dropped => {
            std::os::unix::fs::lchown(base, Some(account.uid), Some(account.gid))?;
        }
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    // Its parent may be open to all: what stands there may be somebody else's trap. Root makes
    // the folder before it gives it away, so one of root's has been made a moment ago.
    let found = base.symlink_metadata()?;
    let ours = found.uid() == account.uid || (account.dropped && found.uid() == 0);
    match found.is_dir() && ours {
        true if found.uid() == account.uid => Ok(()),
        true => std::os::unix::fs::lchown(base, Some(account.uid), Some(account.gid)),
        false => Err(io::Error::other(format!("{} belongs to another user", base.display()))),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// A file system on which nothing is free.
    const FULL: &str = "/proc";

    #[test]
    fn where_there_is_no_room_the_next_place_serves() {
        let account = Account::of_servers().unwrap();
        let open = tempfile::Builder::new().prefix("pgmi-").tempdir_in("/var/tmp").unwrap();
        let everybody = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(open.path(), everybody).unwrap();
        let full = Path::new(FULL);
        let base = first_usable([full, open.path()].into_iter(), account).unwrap();
        assert!(base.starts_with(open.path()), "{}", base.display());

        let file = open.path().join("file");
        fs::write(&file, "").unwrap();
        let error = first_usable([full, file.as_path()].into_iter(), account).unwrap_err();
        let notes = &error.primary().notes;
        assert!(notes[0].contains("/proc: only 0 MB are free, 256 are needed"), "{notes:?}");
        assert!(notes[1].contains("file: "), "{notes:?}");
    }
}
