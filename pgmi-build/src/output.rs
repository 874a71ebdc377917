//! Files of `OUT_DIR`.

use std::fs;
use std::io;
use std::path::Path;

/// Writes a file if that changes it: what is untouched is not compiled again.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
