//! The password of the user's containers: made once, kept where only they can read it. A port that
//! Docker publishes can be reached by every user of the machine.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cluster::lock::Lock;
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

/// The user's password, made when there is none.
pub(super) fn of_user(folder: &Path) -> Result<String> {
    let _lock = Lock::exclusive(&folder.join("container-password.lock"))?;
    if let Some(password) = known(folder) {
        return Ok(password);
    }
    let password = random()?;
    write(&path(folder), &password).map_err(|error| {
        let message = format!("cannot write {}: {error}", path(folder).display());
        Error::from(Diagnostic::error(Code::Io, message))
    })?;
    Ok(password)
}

/// The user's password, if there is one.
pub(super) fn known(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(path(folder)).ok()?;
    Some(text.trim().to_owned()).filter(|password| password.len() == 2 * LENGTH)
}

const LENGTH: usize = 16;

fn path(folder: &Path) -> PathBuf {
    folder.join("container-password")
}

/// Never half of it, never readable by others.
fn write(path: &Path, password: &str) -> std::io::Result<()> {
    let new = path.with_extension("new");
    let _ = fs::remove_file(&new);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&new)?.write_all(password.as_bytes())?;
    fs::rename(&new, path)
}

fn random() -> Result<String> {
    let mut bytes = [0; LENGTH];
    let source = rustls::crypto::ring::default_provider().secure_random;
    source.fill(&mut bytes).map_err(|error| {
        Error::from(Diagnostic::error(
            Code::Io,
            format!("the system has no random numbers: {error:?}"),
        ))
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_made_once_and_healed() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(known(folder.path()), None);
        let first = of_user(folder.path()).unwrap();
        assert_eq!(of_user(folder.path()).unwrap(), first);
        fs::write(path(folder.path()), "half").unwrap();
        assert_ne!(of_user(folder.path()).unwrap(), first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            assert_eq!(fs::metadata(path(folder.path())).unwrap().mode() & 0o077, 0);
        }
    }
}
