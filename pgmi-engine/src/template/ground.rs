//! Whether a project can begin in a folder.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::Template;
use crate::Result;
use crate::diagnostic::{Code, Diagnostic};

/// What a folder is to somebody who wants to begin a project in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// There is nothing but what a template puts there, or what any folder may have.
    Free,
    /// A project is there, with files of its own.
    Project,
    /// This file or folder is there, and no project.
    Occupied(String),
}

/// Names that say nothing about a folder; hidden ones do not either.
const HARMLESS: [&str; 4] = ["pgmi.yaml", "readme", "license", "changelog"];

impl Template {
    /// Looks at the folder where its files would go.
    ///
    /// # Errors
    /// [`Code::Io`] when the folder cannot be read; [`Code::Usage`] when it is no folder.
    pub fn ground(&self, folder: &Path) -> Result<Ground> {
        match self.stranger(folder, "") {
            Ok(None) => Ok(Ground::Free),
            Ok(Some(_)) if is_project(folder) => Ok(Ground::Project),
            Ok(Some(stranger)) => Ok(Ground::Occupied(stranger)),
            Err(error) => Err(unreadable(folder, &error).into()),
        }
    }

    /// The first thing, by name, that is not of this template; paths as those of its files.
    fn stranger(&self, folder: &Path, below: &str) -> std::io::Result<Option<String>> {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            entries => entries?,
        };
        let mut names = entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<std::io::Result<Vec<_>>>()?;
        names.sort();
        for name in names {
            let path = format!("{below}{name}");
            let inside = format!("{path}/");
            let stranger = if self.files.iter().any(|file| file.path.starts_with(&inside)) {
                self.stranger(&folder.join(&name), &inside)?
            } else {
                let is_ours = self.files.iter().any(|file| file.path == path);
                (!is_ours && !is_harmless(&name)).then_some(path)
            };
            if stranger.is_some() {
                return Ok(stranger);
            }
        }
        Ok(None)
    }
}

fn is_harmless(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // What `generate` writes is made from the rest.
    name == "pgmi.lock"
        || name.ends_with(".sig.yaml")
        || name.starts_with('.')
        || HARMLESS.iter().any(|harmless| name.starts_with(harmless))
}

/// A deployment of its own, pGenie's, or migrations that are one.
fn is_project(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).is_file();
    let migrations = || fs::read_dir(folder.join("migrations")).into_iter().flatten().flatten();
    has("deploy.sql")
        || has("project1.pgn.yaml")
        || migrations()
            .any(|entry| entry.file_name().to_str().is_some_and(crate::project::is_sql_file))
}

fn unreadable(folder: &Path, error: &std::io::Error) -> Diagnostic {
    let shown = folder.display();
    match error.kind() {
        ErrorKind::NotADirectory => {
            Diagnostic::error(Code::Usage, format!("`{shown}` is not a folder"))
                .help("name a folder that is empty, or that does not exist yet")
        }
        _ => Diagnostic::error(Code::Io, format!("cannot read `{shown}`: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::TEMPLATES;

    fn ground(files: &[&str]) -> Ground {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        TEMPLATES[0].ground(folder.path()).unwrap()
    }

    #[test]
    fn only_what_is_free_is_built_on() {
        for free in [
            &[][..],
            &[".env", ".git/config", "pgmi.yaml", "README.md", "LICENSE-MIT"],
            &["deploy.sql", "migrations/001_notes.sql", "__test__/_setup.sql"],
            &["deploy.sql", "pgmi.lock", "queries/notes_by_author.sig.yaml"],
        ] {
            assert_eq!(ground(free), Ground::Free, "{free:?}");
        }
        for project in [
            &["deploy.sql", "more.sql"][..],
            &["migrations/001.sql"],
            &["project1.pgn.yaml", "queries/a.sql"],
        ] {
            assert_eq!(ground(project), Ground::Project, "{project:?}");
        }
        let occupied = Ground::Occupied("src".into());
        assert_eq!(ground(&["src/main.rs", "Cargo.toml.bak/x"][..1]), occupied);
        let migrations = Ground::Occupied("migrations/notes.txt".into());
        assert_eq!(ground(&["migrations/notes.txt"]), migrations);
    }

    #[test]
    fn a_folder_that_is_not_there_is_free_and_a_file_is_not() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(TEMPLATES[0].ground(&folder.path().join("new")).unwrap(), Ground::Free);
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert_eq!(TEMPLATES[0].ground(&file).unwrap_err().code(), Code::Usage);
    }
}
