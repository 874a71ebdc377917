//! A project that is not on disk: its files as a program carries them.

use std::path::{Path, PathBuf};

use super::deploy_script::NAME;
use super::read::Content;
use super::walk::{Found, bad_name, check_directory, checked_path};
use super::{DeployScript, OpenOptions, Project, ProjectPath};
use crate::diagnostic::{Code, Diagnostic};

impl Project {
    /// Checks files as [`Project::open`] checks those of a folder.
    ///
    /// Paths lead from the project's root, with `/` between and with or without `./` in front; one of them is
    /// `deploy.sql`. All that is given belongs to the project: nothing is left out for its name.
    ///
    /// ```
    /// # use pgmi_engine::project::{OpenOptions, Project};
    /// let files = [("deploy.sql", "select 1;"), ("migrations/001.sql", "create table t ();")];
    /// let project = Project::from_files(files, &OpenOptions::default())?;
    /// assert_eq!(project.files[0].path.as_str(), "./migrations/001.sql");
    /// # Ok::<(), pgmi_engine::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::DeploySqlMissing`], [`Code::FileName`] for a path that leads nowhere or is given twice, and
    /// everything that is wrong with any of the files, all at once.
    pub fn from_files<P: AsRef<str>, B: Into<Vec<u8>>>(
        files: impl IntoIterator<Item = (P, B)>,
        options: &OpenOptions,
    ) -> crate::Result<Self> {
        let (mut script, mut found, mut findings) = (None, Vec::new(), Vec::new());
        for (path, bytes) in files {
            let path = path.as_ref();
            if path.strip_prefix("./").unwrap_or(path) == NAME {
                script = Some(bytes.into());
                continue;
            }
            match checked(path) {
                Ok(path) => found.push(Found { path, content: Content::InMemory(bytes.into()) }),
                Err(finding) => findings.push(finding),
            }
        }
        let script = script.ok_or_else(missing)?;
        let script = DeployScript::parse(super::text_of(NAME, script)?)?;
        found.sort_by(|a, b| a.path.cmp(&b.path));
        findings.extend(found.windows(2).filter(|pair| pair[0].path == pair[1].path).map(twice));
        Self::read(PathBuf::new(), script, found, findings, options)
    }
}

fn checked(given: &str) -> Result<ProjectPath, Diagnostic> {
    let parts: Vec<&str> = given.strip_prefix("./").unwrap_or(given).split('/').collect();
    if parts.iter().any(|part| matches!(*part, "." | "..")) {
        return Err(bad_name(Path::new(given), "leads away from the project"));
    }
    for end in 1..parts.len() {
        check_directory(&ProjectPath::new(&parts[..end].join("/")))?;
    }
    checked_path(&parts, Path::new(given))
}

fn twice(pair: &[Found]) -> Diagnostic {
    let message = format!("`{}` is given twice", pair[0].path.as_str());
    Diagnostic::error(Code::FileName, message).help("a path names one file")
}

fn missing() -> Diagnostic {
    Diagnostic::error(Code::DeploySqlMissing, "there is no deploy.sql among the files")
        .help("a project has a deploy.sql that says what to run, and in which order")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(files: &[(&str, &str)]) -> Vec<Code> {
        let project = Project::from_files(files.iter().copied(), &OpenOptions::default());
        project.unwrap_err().diagnostics().iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn files_go_where_those_of_a_folder_go() {
        let files = [
            ("b.sql", "\u{feff}select 1;"),
            ("./deploy.sql", "select 1;"),
            ("__test__/test_a.sql", "select 2;"),
            ("__test__/rows.csv", "1"),
            ("a.txt", ""),
        ];
        let project = Project::from_files(files, &OpenOptions::default()).unwrap();
        let paths: Vec<_> = project.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["./a.txt", "./b.sql"]);
        assert_eq!(project.files[1].content, "select 1;");
        assert_eq!(project.test_files[0].path.as_str(), "./__test__/test_a.sql");
        assert_eq!(project.test_directories[0].path, "./__test__/");
        assert_eq!(project.file_count(), 4);
    }

    #[test]
    fn everything_that_is_wrong_is_found() {
        assert_eq!(codes(&[("a.sql", "select 1;")]), [Code::DeploySqlMissing]);
        let bad = [
            ("deploy.sql", "select 1;"),
            ("../a.sql", ""),
            ("/a.sql", ""),
            ("a//b.sql", ""),
            ("a\\b.sql", ""),
            ("__tset__/a.sql", ""),
            ("twice.sql", ""),
            ("./twice.sql", ""),
            ("nul.txt", "\0"),
        ];
        use Code::{DunderDirectory, FileName, FileNulByte};
        let found = codes(&bad);
        assert_eq!(
            found,
            [FileName, FileName, FileName, FileName, DunderDirectory, FileName, FileNulByte]
        );
    }
}
