//! Everything that decides about a build, as one number: where it is that of the last build, nothing has to be read,
//! asked or written again. Build scripts are not optimised, so that this is most of what one waits for.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

use pgmi_engine::inline::Inline;
use pgmi_engine::manifest::CrateSettings;

use crate::{directives, output};

/// Where the number of the last build is, below `OUT_DIR`.
const REMEMBERED: &str = "pgmi/inputs";

/// Folders that no project is made of, and that may be big.
const NEVER: [&str; 3] = [".git", "node_modules", "__pycache__"];

/// The number.
pub(crate) struct Inputs(u64);

impl Inputs {
    /// Files are told by what Cargo tells them by, their length and when they were changed.
    ///
    /// # Errors
    /// A file cannot be looked at; what is wrong with it will be said by who reads it.
    pub fn of(
        project: &Path,
        settings: &CrateSettings,
        features: &[String],
        found: &Inline,
    ) -> io::Result<Self> {
        let mut hasher = DefaultHasher::new();
        file(&std::env::current_exe()?, &mut hasher)?;
        format!("{settings:?} {features:?} {:?}", found.modules).hash(&mut hasher);
        directives::VARIABLES.map(std::env::var_os).hash(&mut hasher);
        for query in &found.queries {
            query.key.hash(&mut hasher);
        }
        folder(project, &mut hasher)?;
        settings.queries.as_deref().map_or(Ok(()), |queries| folder(queries, &mut hasher))?;
        Ok(Self(hasher.finish()))
    }

    /// Whether the last build had the same, and found nothing wrong.
    pub fn are_known(&self, out: &Path) -> bool {
        fs::read_to_string(out.join(REMEMBERED)).is_ok_and(|it| it == self.0.to_string())
    }

    /// For the next build.
    pub fn remember(&self, out: &Path) -> io::Result<()> {
        output::write(&out.join(REMEMBERED), &self.0.to_string())
    }

    /// What is to be written may not fit what is there for a while.
    pub fn forget(out: &Path) {
        // There may be none.
        let _ = fs::remove_file(out.join(REMEMBERED));
    }
}

fn folder(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        match entry.file_type()?.is_dir() {
            true if NEVER.iter().any(|it| entry.file_name() == *it) => {}
            true => folder(&path, hasher)?,
            false => file(&path, hasher)?,
        }
    }
    Ok(())
}

fn file(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let metadata = fs::metadata(path)?;
    (path, metadata.len(), metadata.modified()?).hash(hasher);
    Ok(())
}
