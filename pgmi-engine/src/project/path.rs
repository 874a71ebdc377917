//! Paths as sessions know them: from the project's root, `./` in front, `/` between.

/// Names of SQL files end with one of these, whatever the case. `pgmi_is_sql_file` says the same in SQL.
const SQL_EXTENSIONS: [&str; 8] = ["sql", "ddl", "dml", "dql", "dcl", "psql", "pgsql", "plpgsql"];

/// Deepest folder that a session holds.
pub(super) const MAX_DEPTH: usize = 100;

/// Whether a file name is that of a SQL file.
pub fn is_sql_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        SQL_EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// Whether a folder's name makes it a test folder.
pub(super) fn is_test_directory(name: &str) -> bool {
    matches!(name, "__test__" | "__tests__")
}

/// A file's path in the project: `./a/b.sql`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectPath(Box<str>);

impl ProjectPath {
    /// From names joined by `/`, without `./` in front.
    pub(super) fn new(relative: &str) -> Self {
        Self(format!("./{relative}").into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn name(&self) -> &str {
        &self.0[self.directory().len()..]
    }

    /// Everything before the name, ending with `/`.
    pub fn directory(&self) -> &str {
        &self.0[..self.0.rfind('/').map_or(0, |at| at + 1)]
    }

    /// `.sql`, or nothing; only ASCII letters and digits count.
    pub fn extension(&self) -> &str {
        match self.name().rfind('.') {
            Some(at) if is_extension(&self.name()[at + 1..]) => &self.name()[at..],
            _ => "",
        }
    }

    /// How many folders the file is below the project's root.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count() - 1
    }

    /// The name of the folder that holds the file; none at the root.
    pub fn parent_folder_name(&self) -> Option<&str> {
        self.directory().trim_end_matches('/').rsplit_once('/').map(|(_, name)| name)
    }

    pub fn is_sql_file(&self) -> bool {
        is_sql_file(self.name())
    }

    /// Whether a folder on the way is a test folder.
    pub fn is_test(&self) -> bool {
        self.directory().split('/').any(is_test_directory)
    }

    /// Whether a test folder's file is a fixture: `_setup.sql` or `_setup.psql`.
    pub fn is_fixture(&self) -> bool {
        ["_setup.sql", "_setup.psql"].iter().any(|name| self.name().eq_ignore_ascii_case(name))
    }

    /// The id of a file that carries none: the MD5 of its path in UTF-8, as a UUID.
    pub fn generic_id(&self) -> uuid::Uuid {
        use md5::Digest;
        uuid::Uuid::from_bytes(md5::Md5::digest(self.0.as_bytes()).into())
    }
}

fn is_extension(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_every_column() {
        for (relative, name, directory, extension, depth, parent) in [
            ("a/b/c.sql", "c.sql", "./a/b/", ".sql", 2, Some("b")),
            ("abs/x.tar.gz", "x.tar.gz", "./abs/", ".gz", 1, Some("abs")),
            ("notes.txt~", "notes.txt~", "./", "", 0, None),
            ("z.", "z.", "./", "", 0, None),
            ("d/.hidden", ".hidden", "./d/", ".hidden", 1, Some("d")),
            ("x/001.sql.bak", "001.sql.bak", "./x/", ".bak", 1, Some("x")),
            ("é/ü.sql", "ü.sql", "./é/", ".sql", 1, Some("é")),
        ] {
            let path = ProjectPath::new(relative);
            assert_eq!(path.name(), name);
            assert_eq!(path.directory(), directory);
            assert_eq!(path.extension(), extension);
            assert_eq!(path.depth(), depth);
            assert_eq!(path.parent_folder_name(), parent);
        }
    }

    #[test]
    fn knows_sql_files() {
        for name in ["a.sql", "a.DDL", "a.dml", "a.dql", "a.Dcl", "a.psql", "a.pgsql", "a.plpgsql"]
        {
            assert!(is_sql_file(name), "{name}");
        }
        for name in ["a.md", "a.json", "a.sql.bak", "a.sql~", "a.sql.orig", "a.sqlx", "sql", "a."] {
            assert!(!is_sql_file(name), "{name}");
        }
    }

    #[test]
    fn generic_ids_are_the_md5_of_the_path() {
        for (relative, id) in [
            ("migrations/001.sql", "18a606ed-2992-a4e9-70c1-b9c7044ab9b8"),
            ("migrations/001_users.sql", "8cb96d1a-b6fc-e524-d4f0-95b95baba1da"),
        ] {
            assert_eq!(ProjectPath::new(relative).generic_id().to_string(), id);
        }
    }

    proptest::proptest! {
        /// Directory and name always make up the path, and the depth counts the folders.
        #[test]
        fn parts_make_the_path(parts in proptest::collection::vec("[a-zé .~_-]{1,6}", 1..6)) {
            let path = ProjectPath::new(&parts.join("/"));
            assert_eq!(format!("{}{}", path.directory(), path.name()), path.as_str());
            assert_eq!(path.depth(), parts.len() - 1);
            assert!(path.name().ends_with(path.extension()));
        }
    }
}
