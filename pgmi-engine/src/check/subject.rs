//! What is checked, read from disk.

use std::path::Path;

use super::Files;
use crate::diagnostic::SourceText;
use crate::project::{Configuration, OpenOptions, Parameters, Project, SchemaHash, Texts};
use crate::query::QueryFolder;
use crate::signature::PgenieProject;
use crate::{Error, Result};

/// A project, its queries, and what is committed about them.
#[derive(Debug)]
pub struct Subject {
    pub project: Project,
    /// Those that its database is deployed with.
    pub parameters: Parameters,
    pub files: Files,
    /// The major version of PostgreSQL that is wanted; none where nobody said.
    pub major: Option<u16>,
}

/// Where a [`Subject`] is, and what its files do not say.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The project's folder, as the user knows it: findings name their files below it.
    pub folder: &'a Path,
    /// The folder of the queries where it is not `queries` of the project.
    pub queries: Option<&'a Path>,
    /// Queries that no file of the folder holds, such as those of Rust sources: without a name, known by
    /// their fingerprint, each with the source that findings about it point into; and what is wrong with others.
    pub inline: QueryFolder,
    /// They win over those of `pgmi.yaml`.
    pub parameters: &'a Parameters,
    /// It wins over that of `project1.pgn.yaml`.
    pub major: Option<u16>,
    pub open: OpenOptions,
}

impl Subject {
    /// Reads all of it. Nothing is asked of PostgreSQL.
    ///
    /// # Errors
    /// The project cannot be read. What is wrong with single queries and committed files is in
    /// [`Subject::files`].
    pub fn read(source: Source<'_>) -> Result<Self> {
        let folder = source.folder;
        let project = Project::open_any_layout(folder, &source.open);
        let project = project.map_err(|error| below(folder, error))?;
        let files = Files::read(folder, source.queries, source.inline, Texts::of(&project));
        let project = project.with_queries_in(&files.queries_folder);
        let configuration = Configuration::read(folder).map_err(|error| below(folder, error))?;
        let mut parameters = Parameters::default();
        parameters.extend(&configuration.params)?;
        parameters.extend(source.parameters.iter())?;
        let major = match source.major {
            Some(major) => Some(major),
            None => pgenie_major(folder)?,
        };
        Ok(Self { project, parameters, files, major })
    }

    /// What shapes the database, as the lock and the cache know it. Not the server's full version: a lock
    /// does not change with a minor release.
    pub fn schema(&self, major: u16) -> SchemaHash {
        SchemaHash::of(&self.project, &self.parameters, &major.to_string())
    }
}

/// Names the files of an error as a reader outside the project's folder finds them.
pub(crate) fn below(folder: &Path, error: Error) -> Error {
    let folder = folder.display().to_string();
    error.map_all(|finding| finding.in_folder(&folder))
}

/// The major version that a pGenie project is made for.
fn pgenie_major(folder: &Path) -> Result<Option<u16>> {
    let path = folder.join("project1.pgn.yaml");
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let project = PgenieProject::parse(&SourceText::new(super::files::shown(&path), text))?;
            Ok(u16::try_from(project.postgres).ok())
        }
        Err(_) => Ok(None),
    }
}
