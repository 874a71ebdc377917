//! Reading one file: its size, its encoding, and nothing that PostgreSQL's `text` cannot hold.

use std::path::PathBuf;

use super::OpenOptions;
use super::path::ProjectPath;
use crate::diagnostic::{Code, Diagnostic};

/// Where the bytes of a file are.
pub(super) enum Content {
    OnDisk(PathBuf),
    InMemory(Vec<u8>),
}

/// The text of a project file, without a leading byte order mark.
pub(super) fn read(
    path: &ProjectPath,
    content: Content,
    options: &OpenOptions,
) -> Result<String, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        Diagnostic::error(Code::FileUnreadable, format!("cannot read `{}`: {error}", path.as_str()))
    };
    let size = match &content {
        Content::OnDisk(location) => std::fs::metadata(location).map_err(unreadable)?.len(),
        Content::InMemory(bytes) => bytes.len() as u64,
    };
    if size > options.max_file_size {
        return Err(too_large(path, size, options.max_file_size));
    }
    let bytes = match content {
        Content::OnDisk(location) => std::fs::read(location).map_err(unreadable)?,
        Content::InMemory(bytes) => bytes,
    };
    let text = decode(path.as_str(), bytes)?;
    match memchr::memchr(0, text.as_bytes()) {
        Some(at) => Err(nul_byte(path, at)),
        None => Ok(text),
    }
}

/// Bytes as UTF-8, without a leading byte order mark.
pub(super) fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Diagnostic::error(
            Code::FileNotUtf8,
            format!("`{name}` is not valid UTF-8 at byte offset {at}"),
        )
        .help("save the file as UTF-8, or leave it out with .pgmiignore")
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

fn nul_byte(path: &ProjectPath, at: usize) -> Diagnostic {
    let message = format!("`{}` contains a NUL byte at byte offset {at}", path.as_str());
    Diagnostic::error(Code::FileNulByte, message)
        .note("every file of a project is loaded as text, which in PostgreSQL cannot hold NUL")
        .help("move binary files out of the project, or leave them out with .pgmiignore")
}

fn too_large(path: &ProjectPath, size: u64, limit: u64) -> Diagnostic {
    let message = format!("`{}` has {size} bytes; the limit is {limit}", path.as_str());
    Diagnostic::error(Code::FileTooLarge, message).help(format!(
        "set PGMI_MAX_FILE_SIZE={size} or higher, or leave the file out with .pgmiignore"
    ))
}
