//! A SQL project on disk: what is in its folder, read and checked before anything connects.

pub mod checksum;
mod configuration;
mod deploy_script;
mod env_file;
mod in_memory;
mod metadata;
mod migrations;
mod natural_order;
mod parameter;
mod path;
mod plan;
mod read;
mod schema_hash;
mod source_file;
mod survey;
mod test_call;
mod texts;
mod units;
mod walk;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::{Error, Result};

pub use configuration::{Configuration, ConnectionDefaults, parse_duration};
#[cfg(feature = "postgres")]
pub(crate) use deploy_script::client_copies;
pub(crate) use deploy_script::copy_findings;
pub(crate) use deploy_script::is_client_copy;
pub use deploy_script::{DeployScript, Script};
pub use env_file::read_env_file;
pub use metadata::{DuplicateId, Metadata, insert_block, scaffold};
pub use parameter::{Parameters, parse_assignment, read_parameters_file};
pub use path::{ProjectPath, is_sql_file};
pub use plan::PlanRow;
pub use schema_hash::SchemaHash;
pub use source_file::{SourceFile, TestDirectory, TestFile};
pub use survey::Survey;
pub use test_call::TestCall;
pub use texts::Texts;
pub(crate) use units::effect as transaction_effect;
pub use units::{TransactionEffect, Unit};
use walk::Found;
#[cfg(feature = "postgres")]
pub(crate) use walk::listing;

/// A file that is larger is refused unless the limit is raised: 10 MiB.
pub const DEFAULT_MAX_FILE_SIZE: u64 = 10 * 1024 * 1024;

/// Where the queries of a project are.
const QUERIES: &str = "./queries/";

/// How a project is read.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Largest size of a file in bytes; `deploy.sql` is not counted.
    pub max_file_size: u64,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { max_file_size: DEFAULT_MAX_FILE_SIZE }
    }
}

/// What brings a project into a database.
#[derive(Clone, Debug)]
pub enum Deployment {
    /// The project's own `deploy.sql`.
    Script(DeployScript),
    /// No `deploy.sql`: the files with these numbers in [`Project::files`], statement by statement.
    Migrations(Vec<usize>),
}

/// A project folder, read whole.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder as it was given; empty for files that were in memory.
    pub root: PathBuf,
    /// What brings it into a database.
    pub deployment: Deployment,
    /// Every file that is not part of a test folder, ordered by path.
    pub files: Vec<SourceFile>,
    /// SQL files below `__test__` or `__tests__`, ordered by path.
    pub test_files: Vec<TestFile>,
    /// Folders below `__test__` or `__tests__` that directly hold a file, ordered by path.
    pub test_directories: Vec<TestDirectory>,
    /// Files below test folders that are not SQL, ordered by path: known, counted, not loaded.
    pub other_test_files: Vec<ProjectPath>,
    /// The folder of its queries, `./queries/` unless [`Project::with_queries_in`] says otherwise: what is in
    /// it does not shape a database.
    pub(crate) queries: String,
}

impl Project {
    /// Reads and checks a project folder; nothing is connected to.
    ///
    /// # Errors
    /// [`Code::ProjectNotFound`], [`Code::DeploySqlMissing`], and everything that is wrong with any of its
    /// files, all at once.
    pub fn open(root: &Path, options: &OpenOptions) -> Result<Self> {
        check_folder(root)?;
        let deploy_script = DeployScript::read(root)?;
        let mut findings = Vec::new();
        let found = walk::walk(root, None, &mut findings);
        Self::read(root.to_owned(), deploy_script, found, findings, options)
    }

    /// Reads what was found, and checks the whole.
    fn read(
        root: PathBuf,
        deploy_script: DeployScript,
        found: Vec<Found>,
        mut findings: Vec<Diagnostic>,
        options: &OpenOptions,
    ) -> Result<Self> {
        let survey = Survey::read(found, &mut findings, options);
        findings.extend(survey.duplicate_ids().iter().map(DuplicateId::finding));
        Error::check(findings)?;

        Ok(Self {
            root,
            deployment: Deployment::Script(deploy_script),
            files: survey.files,
            test_files: survey.test_files,
            test_directories: survey.test_directories,
            other_test_files: survey.other_test_files,
            queries: QUERIES.to_owned(),
        })
    }

    /// The same for a folder that may do without `deploy.sql`: then the files of `migrations/` are applied
    /// in natural order, and nothing else of the folder is read. Good for a database that is made anew;
    /// a deployment into one that exists has to say what it does.
    ///
    /// # Errors
    /// As [`Project::open`]; [`Code::DeploySqlMissing`] when there are no migrations either.
    pub fn open_any_layout(root: &Path, options: &OpenOptions) -> Result<Self> {
        match Self::open(root, options) {
            Err(error) if error.code() == Code::DeploySqlMissing => {
                Self::open_migrations(root, options)
            }
            opened => opened,
        }
    }

    fn open_migrations(root: &Path, options: &OpenOptions) -> Result<Self> {
        let mut findings = Vec::new();
        let found = walk::walk(root, Some(migrations::FOLDER), &mut findings);
        let found: Vec<_> =
            found.into_iter().filter(|file| migrations::is_migration(&file.path)).collect();
        let files =
            collect(&mut findings, found.into_par_iter().map(|f| SourceFile::read(f, options)));
        findings.extend(migrations::findings(&files));
        Error::check(findings)?;
        if files.is_empty() {
            return Err(deploy_script::missing(root)
                .help("or one with SQL files in migrations/, which are applied in natural order")
                .into());
        }
        Ok(Self {
            root: root.to_owned(),
            deployment: Deployment::Migrations(migrations::order(&files)),
            files,
            test_files: Vec::new(),
            test_directories: Vec::new(),
            other_test_files: Vec::new(),
            queries: QUERIES.to_owned(),
        })
    }

    /// Says that its queries are in this folder. One outside of the project changes nothing.
    #[must_use]
    pub fn with_queries_in(mut self, folder: &Path) -> Self {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if let Ok(below) = real(folder).strip_prefix(real(&self.root))
            && !below.as_os_str().is_empty()
        {
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            self.queries = format!("./{}/", parts.join("/"));
        }
        self
    }

    /// The project's own deployment; none when it consists of migrations.
    pub fn deploy_script(&self) -> Option<&DeployScript> {
        match &self.deployment {
            Deployment::Script(script) => Some(script),
            Deployment::Migrations(_) => None,
        }
    }

    /// How many files a deployment says it loaded: all but `deploy.sql`.
    pub fn file_count(&self) -> usize {
        self.files.len() + self.test_files.len() + self.other_test_files.len()
    }
}

/// Keeps what was read, and every finding of what could not be.
fn collect<T: Send>(
    findings: &mut Vec<Diagnostic>,
    results: impl ParallelIterator<Item = std::result::Result<T, Diagnostic>>,
) -> Vec<T> {
    let (read, wrong): (Vec<T>, Vec<Diagnostic>) = results.partition_map(|result| match result {
        Ok(file) => rayon::iter::Either::Left(file),
        Err(finding) => rayon::iter::Either::Right(finding),
    });
    findings.extend(wrong);
    read
}

/// Checks that there is a folder to read.
///
/// # Errors
/// [`Code::ProjectNotFound`].
pub fn check_folder(root: &Path) -> Result<()> {
    let problem = match std::fs::metadata(root) {
        Ok(metadata) if metadata.is_dir() => return Ok(()),
        Ok(_) => "is not a folder".to_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "does not exist".to_owned(),
        Err(error) => format!("cannot be read: {error}"),
    };
    Err(Diagnostic::error(
        Code::ProjectNotFound,
        format!("project folder `{}` {problem}", root.display()),
    )
    .help("name the folder that holds deploy.sql")
    .into())
}

/// Reads bytes as the project's text files are read: UTF-8, a leading byte order mark left out.
pub(crate) fn text_of(name: &str, bytes: Vec<u8>) -> std::result::Result<String, Diagnostic> {
    read::decode(name, bytes)
}

/// A source for findings about a file whose text could not be read.
fn empty_source(name: &str) -> SourceText {
    SourceText::new(name, "")
}
