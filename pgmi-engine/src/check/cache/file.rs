//! One file of the cache: its head, then a lock.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use crate::diagnostic::SourceText;
use crate::signature::Lock;

/// A file that is used is not an old one; noting it once a day is enough.
const TOUCH_EVERY: Duration = Duration::from_secs(24 * 3600);

/// The lock in the file; none where there is none, or none to be trusted.
pub(super) fn read(path: &Path, program: &str) -> Option<Lock> {
    let text = fs::read_to_string(path).ok()?;
    let (head, body) = text.split_once('\n')?;
    if head != head_of(program, body) {
        return None;
    }
    touch(path);
    Lock::parse(&SourceText::new("", body)).ok()
}

/// Writes the file whole or not at all.
pub(super) fn write(path: &Path, program: &str, lock: &Lock) -> io::Result<()> {
    let body = lock.to_text();
    write_text(path, &format!("{}\n{body}", head_of(program, &body)))
}

/// Writes a text whole or not at all.
pub(super) fn write_text(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = path.with_extension(format!("new-{}", std::process::id()));
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        // What is left of it is swept some day.
        let _ = fs::remove_file(&new);
    }
    written
}

/// In lower-case hexadecimal.
pub(super) fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn head_of(program: &str, body: &str) -> String {
    format!("# cache of {}, {}", program.escape_debug(), hash(body))
}

/// Notes that the file is used.
pub(super) fn touch(path: &Path) {
    let age = fs::metadata(path).and_then(|it| it.modified()).map(|it| it.elapsed());
    if let Ok(Ok(age)) = age
        && age > TOUCH_EVERY
        && let Ok(file) = fs::File::options().write(true).open(path)
    {
        // It is swept a little early, then.
        let _ = file.set_modified(SystemTime::now());
    }
}
