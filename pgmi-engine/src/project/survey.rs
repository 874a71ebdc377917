//! What is in a project's folder, whether it can be deployed or not.

use std::path::Path;

use rayon::prelude::*;

use super::metadata::{DuplicateId, duplicate_ids};
use super::plan::{PlanRow, plan};
use super::walk::{self, Found};
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
        if deploy_script.is_none() && !looks_like_one(root) {
            let survey = Self::read_one_by_one(walk::each(root, None), options);
            return survey.map_err(|_| super::deploy_script::missing(root).into());
        }
        let mut findings = Vec::new();
        let found = walk::walk(root, None, &mut findings);
        let survey = Self::read(found, &mut findings, options);
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

    /// Reads up to the first file that no project would have: a folder that is none is full of them, and may be
    /// somebody's home.
    fn read_one_by_one(
        found: impl Iterator<Item = std::result::Result<Found, Diagnostic>>,
        options: &OpenOptions,
    ) -> std::result::Result<Self, Diagnostic> {
        let (mut files, mut test_files, mut other_tests) = (Vec::new(), Vec::new(), Vec::new());
        for file in found {
            let file = file?;
            match (file.path.is_test(), file.path.is_sql_file()) {
                (false, _) => files.push(SourceFile::read(file, options)?),
                (true, true) => test_files.push(TestFile::read(file, options)?),
                (true, false) => other_tests.push(file.path),
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        test_files.sort_by(|a, b| a.path.cmp(&b.path));
        other_tests.sort();
        let mut tests: Vec<_> =
            test_files.iter().map(|file| &file.path).chain(&other_tests).collect();
        tests.sort();
        let test_directories = TestDirectory::of(tests.into_iter());
        let other_test_files = other_tests;
        Ok(Self { files, test_files, test_directories, other_test_files, deploy_script: None })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        folder
    }

    #[test]
    fn one_by_one_the_same_is_read() {
        let folder = folder(&[
            ("sub/b.sql", b"select 1"),
            ("sub/a.sql", b"select 2"),
            ("sub/notes.txt", b"none"),
            ("sub/__test__/_setup.sql", b"select 3"),
            ("sub/__test__/test.sql", b"select 4"),
            ("sub/__test__/data.csv", b"1"),
            ("__test__/test.sql", b"select 5"),
        ]);
        let (options, mut findings) = (OpenOptions::default(), Vec::new());
        let all =
            Survey::read(walk::walk(folder.path(), None, &mut findings), &mut findings, &options);
        let each = Survey::of(folder.path(), &options).unwrap();
        assert!(findings.is_empty());
        assert_eq!(format!("{each:?}"), format!("{all:?}"));
        assert_eq!(each.paths().len(), 7);
    }

    #[test]
    fn what_is_no_project_is_not_read_to_its_end() {
        let folder = folder(&[("picture.png", b"\0"), ("sub/text.txt", b"text")]);
        let options = OpenOptions::default();
        let refused = Survey::of(folder.path(), &options).unwrap_err();
        assert_eq!(refused.code(), Code::DeploySqlMissing);

        let mut left: Vec<_> = walk::each(folder.path(), None).collect();
        left.sort_by_key(|it| it.as_ref().is_ok_and(|file| file.path.as_str().ends_with(".txt")));
        let mut left = left.into_iter();
        assert!(Survey::read_one_by_one(left.by_ref(), &options).is_err());
        assert_eq!(left.count(), 1, "nobody asked for the text");
    }
}
