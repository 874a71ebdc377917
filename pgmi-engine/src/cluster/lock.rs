//! An exclusive lock on a file, which the kernel releases however its holder ends.

use std::fs::{File, OpenOptions};
use std::path::Path;

use fs4::FileExt;

use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

/// Held until dropped. The file stays: removing it would let two holders lock two files.
pub(crate) struct Lock(#[expect(dead_code, reason = "closing the file releases the lock")] File);

impl Lock {
    /// Waits until nobody else, in this process or another, holds the lock of this file.
    pub(crate) fn exclusive(path: &Path) -> Result<Self> {
        let file = OpenOptions::new().create(true).write(true).truncate(false).open(path);
        let locked = file.and_then(|file| FileExt::lock(&file).map(|()| file));
        locked.map(Self).map_err(|error| refused(path, &error))
    }

    /// The same with an existing folder in place of a file.
    #[cfg(unix)]
    pub(super) fn folder(path: &Path) -> Result<Self> {
        let locked = File::open(path).and_then(|file| FileExt::lock(&file).map(|()| file));
        locked.map(Self).map_err(|error| refused(path, &error))
    }
}

fn refused(path: &Path, error: &std::io::Error) -> Error {
    Diagnostic::error(Code::Io, format!("cannot lock {}: {error}", path.display())).into()
}
