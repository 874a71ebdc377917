//! Files that are written whole or not at all.

use std::fs;
use std::path::Path;

use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::{Error, Result};

/// Writes a file, and the folders on the way to it.
///
/// # Errors
/// [`Code::Io`]; then the file is what it was.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |error: std::io::Error| {
        let message = format!("cannot write `{}`: {error}", path.display());
        Error::from(Diagnostic::error(Code::Io, message))
    };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    // Hidden, because another process may be reading the project; numbered, because it may write the same.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = folder.join(format!(".{name}.new-{}", std::process::id()));
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
    written.map_err(|error| {
        // What cannot be removed says enough by its name.
        let _ = fs::remove_file(&new);
        failed(error)
    })
}
