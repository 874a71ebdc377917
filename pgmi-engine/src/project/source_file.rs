//! The files of a project as the session's tables hold them.

use std::collections::BTreeSet;

use super::OpenOptions;
use super::checksum;
use super::metadata::Metadata;
use super::path::{ProjectPath, is_test_directory};
use super::walk::Found;
use crate::diagnostic::{Diagnostic, SourceText};

/// A file outside test folders.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: ProjectPath,
    pub content: String,
    pub metadata: Option<Metadata>,
}

impl SourceFile {
    pub(super) fn read(found: Found, options: &OpenOptions) -> Result<Self, Diagnostic> {
        let Found { path, content } = found;
        let content = super::read::read(&path, content, options)?;
        let metadata = if path.is_sql_file() { Metadata::find(&path, &content)? } else { None };
        Ok(Self { path, content, metadata })
    }

    /// SHA-256 of the content, lower-case hexadecimal.
    pub fn checksum(&self) -> String {
        checksum::raw(&self.content)
    }

    /// The same whatever the comments, the white space and the case of the SQL: [`checksum::normalized`].
    pub fn pgmi_checksum(&self) -> String {
        checksum::normalized(&self.content)
    }

    /// The same whatever the comments and the layout between tokens, and nothing else: [`checksum::strict`].
    pub fn strict_checksum(&self) -> String {
        match self.path.is_sql_file() {
            true => checksum::strict(&self.content),
            false => self.checksum(),
        }
    }

    /// The file as labels point into it.
    pub fn source(&self) -> SourceText {
        SourceText::new(self.path.as_str(), self.content.as_str())
    }
}

/// A SQL file below a test folder.
#[derive(Clone, Debug)]
pub struct TestFile {
    pub path: ProjectPath,
    pub content: String,
}

impl TestFile {
    pub(super) fn read(found: Found, options: &OpenOptions) -> Result<Self, Diagnostic> {
        let content = super::read::read(&found.path, found.content, options)?;
        Ok(Self { path: found.path, content })
    }
}

/// A folder at or below a test folder that directly holds a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestDirectory {
    /// Ends with `/`.
    pub path: String,
    /// The nearest folder above that is itself such a folder.
    pub parent_path: Option<String>,
    /// Folders below the first test folder on the way.
    pub depth: usize,
}

impl TestDirectory {
    /// The folders of these test files, ordered by path.
    pub(super) fn of<'a>(files: impl Iterator<Item = &'a ProjectPath>) -> Vec<Self> {
        let paths: BTreeSet<&str> = files.map(ProjectPath::directory).collect();
        paths.iter().map(|path| Self::new(path, &paths)).collect()
    }

    fn new(path: &str, all: &BTreeSet<&str>) -> Self {
        let below =
            path.trim_end_matches('/').split('/').skip_while(|part| !is_test_directory(part));
        Self {
            path: path.to_owned(),
            parent_path: ancestors(path).find(|above| all.contains(above)).map(str::to_owned),
            depth: below.count().saturating_sub(1),
        }
    }
}

/// The folders above, nearest first, each ending with `/`.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        let above = path.trim_end_matches('/');
        above.rfind('/').map(|at| &above[..=at])
    })
    .skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_between_test_directories_are_bridged() {
        let paths = ["__test__/a.sql", "__test__/orders/deep/er/d.sql", "api/__tests__/x.sql"];
        let paths: Vec<_> = paths.iter().map(|path| ProjectPath::new(path)).collect();
        let directories = TestDirectory::of(paths.iter());
        let shown: Vec<_> = directories
            .iter()
            .map(|d| (d.path.as_str(), d.parent_path.as_deref(), d.depth))
            .collect();
        assert_eq!(
            shown,
            [
                ("./__test__/", None, 0),
                ("./__test__/orders/deep/er/", Some("./__test__/"), 3),
                ("./api/__tests__/", None, 0),
            ]
        );
    }
}
