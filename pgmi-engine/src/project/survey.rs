//! What is in a project's folder, whether it can be deployed or not.

use std::path::Path;

use rayon::prelude::*;

use super::metadata::{DuplicateId, duplicate_ids};
use super::plan::{PlanRow, plan};
use super::walk::{Found, walk};
use super::{
    DeployScript, OpenOptions, ProjectPath, SourceFile, TestDirectory, TestFile, check_folder,
    collect, migrations,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

/// The files of a project, each of them read and found to be good by itself.
#[derive(Clone, Debug)]
pub struct Survey {
    /// As [`super::Project::files`].
    pub files: Vec<SourceFile>,
    /// As [`super::Project::test_files`].
    pub test_files: Vec<TestFile>,
    /// As [`super::Project::test_directories`].
    pub test_directories: Vec<TestDirectory>,
    /// As [`super::Project::other_test_files`].
    pub other_test_files: Vec<ProjectPath>,
    /// What says how it is deployed; none where there is none.
    pub deploy_script: Option<DeployScript>,
}

impl Survey {
    /// Reads a folder. A missing `deploy.sql` and ids that are used twice are no error here.
    ///
    /// # Errors
    /// [`Code::ProjectNotFound`], and everything that is wrong with any of its files, all at once.
    pub fn of(root: &Path, options: &OpenOptions) -> Result<Self> {
        check_folder(root)?;
        let deploy_script = match DeployScript::read(root) {
            Err(error) if error.code() == Code::DeploySqlMissing => None,
            script => Some(script?),
        };
        let mut findings = Vec::new();
        let found = walk(root, None, &mut findings);
        let survey = Self::read(found, &mut findings, options);
        // A folder that is no project is full of files that are none of one.
        if deploy_script.is_none() && !findings.is_empty() && !looks_like_one(root) {
            return Err(super::deploy_script::missing(root).into());
        }
        Error::check(findings)?;
        Ok(Self { deploy_script, ..survey })
    }

    /// Reads what was found; what could not be read is a finding.
    pub(super) fn read(
        found: Vec<Found>,
        findings: &mut Vec<Diagnostic>,
        options: &OpenOptions,
    ) -> Self {
        let (tests, sources): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|file| file.path.is_test());
        let test_directories = TestDirectory::of(tests.iter().map(|file| &file.path));
        let (sql_tests, other_tests): (Vec<_>, Vec<_>) =
            tests.into_iter().partition(|file| file.path.is_sql_file());
        Self {
            files: collect(findings, sources.into_par_iter().map(|f| SourceFile::read(f, options))),
            test_files: collect(
                findings,
                sql_tests.into_par_iter().map(|f| TestFile::read(f, options)),
            ),
            test_directories,
            other_test_files: other_tests.into_iter().map(|file| file.path).collect(),
            deploy_script: None,
        }
    }

    /// Every path but that of `deploy.sql`, sorted.
    pub fn paths(&self) -> Vec<&ProjectPath> {
        let files = self.files.iter().map(|file| &file.path);
        let tests = self.test_files.iter().map(|file| &file.path);
        let mut paths: Vec<_> = files.chain(tests).chain(&self.other_test_files).collect();
        paths.sort();
        paths
    }

    /// As [`super::Project::plan`].
    pub fn plan(&self) -> Vec<PlanRow<'_>> {
        plan(&self.files)
    }

    /// The `<pgmi-meta>` ids that more than one file carries, sorted.
    pub fn duplicate_ids(&self) -> Vec<DuplicateId<'_>> {
        duplicate_ids(&self.files)
    }
}

/// Whether somebody keeps SQL there, or has begun a project.
fn looks_like_one(root: &Path) -> bool {
    let is_sql = |name: &std::ffi::OsStr| Path::new(name).extension().is_some_and(|it| it == "sql");
    let mut entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    root.join(migrations::FOLDER).is_dir()
        || entries.any(|entry| is_sql(&entry.file_name()) || entry.file_name() == "pgmi.yaml")
}
