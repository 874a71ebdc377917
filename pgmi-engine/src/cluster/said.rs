//! What `postgres --version` said, kept: a process for it takes longer than everything else that finds a server.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use super::Places;

impl Places {
    /// What this very program said the last time.
    pub(super) fn said(&self, program: &Path) -> Option<String> {
        let text = fs::read_to_string(self.note(program)?).ok()?;
        let (of, words) = text.split_once('\n')?;
        (of == state(program)?).then(|| words.to_owned())
    }

    /// Notes it for the next time, where that can be done.
    pub(super) fn note_said(&self, program: &Path, words: &str) {
        let Some((note, of)) = self.note(program).zip(state(program)) else { return };
        let new = note.with_extension(format!("new-{}", std::process::id()));
        let folder = note.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder.and_then(|()| fs::write(&new, format!("{of}\n{words}")));
        if written.and_then(|()| fs::rename(&new, &note)).is_err() {
            // It is asked again, then.
            let _ = fs::remove_file(&new);
        }
    }

    fn note(&self, program: &Path) -> Option<PathBuf> {
        let name = Sha256::digest(program.as_os_str().as_encoded_bytes());
        let name: String = name[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        Some(self.cache.as_ref()?.join("programs").join(name))
    }
}

/// Another state, another program: its real path, size and age.
fn state(program: &Path) -> Option<String> {
    let real = program.canonicalize().ok()?;
    let data = fs::metadata(&real).ok()?;
    let modified = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {} {}", data.len(), modified.as_nanos(), real.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_program_in_its_place_is_asked_anew() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { cache: Some(folder.path().join("cache")), ..Places::default() };
        let program = folder.path().join("postgres");
        fs::write(&program, "one").unwrap();
        assert_eq!(places.said(&program), None);
        places.note_said(&program, "postgres (PostgreSQL) 18.4\n");
        assert_eq!(places.said(&program).as_deref(), Some("postgres (PostgreSQL) 18.4\n"));
        fs::write(&program, "another").unwrap();
        assert_eq!(places.said(&program), None);
        Places::default().note_said(&program, "nowhere");
    }
}
