//! A lease: having the FIFO of a keeper open for writing. However its holder ends, the kernel
//! closes it, and the keeper notices when the last one is gone.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::io::Errno;

pub(super) struct Lease(File);

impl Lease {
    /// Takes a lease of the server that lives in `home`; none when its keeper is gone or about to.
    pub(super) fn take(home: &Path) -> io::Result<Option<Self>> {
        let path = home.join("lease");
        let fifo = open(&path)?;
        Ok(fifo.filter(|fifo| still_offered(&path, fifo)).map(Self))
    }

    /// Whether the keeper of `home` is there, be it to end its work.
    pub(super) fn is_attended(home: &Path) -> bool {
        ["lease", "retired"].iter().any(|name| !matches!(open(&home.join(name)), Ok(None)))
    }

    /// Says a word to the keeper: `keep` or `stop`.
    pub(super) fn say(&self, word: &str) -> io::Result<()> {
        (&self.0).write_all(format!("{word}\n").as_bytes())
    }
}

/// None when there is no such FIFO, or nobody reads it.
fn open(path: &Path) -> io::Result<Option<File>> {
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed();
    match OpenOptions::new().write(true).custom_flags(flags).open(path) {
        Ok(fifo) => Ok(Some(fifo)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.raw_os_error() == Some(Errno::NXIO.raw_os_error()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A keeper that wants to end moves its FIFO away first: a lease taken before that holds, one
/// taken after it would not be found here.
fn still_offered(path: &Path, fifo: &File) -> bool {
    match (path.symlink_metadata(), fifo.metadata()) {
        (Ok(offered), Ok(taken)) => (offered.dev(), offered.ino()) == (taken.dev(), taken.ino()),
        _ => false,
    }
}
