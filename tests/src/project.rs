//! A folder with files for one test.

use std::fs;
use std::path::{Path, PathBuf};

/// A temporary folder; removed with this value.
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// A folder with these files: paths from its root, and what they contain.
    pub fn new<P: AsRef<Path>, C: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, C)>) -> Self {
        let folder = tempfile::Builder::new().prefix("pgmi-project-").tempdir();
        let project = Self { folder: folder.expect("a temporary folder") };
        for (path, content) in files {
            project.write(path, content);
        }
        project
    }

    /// A folder without files.
    pub fn empty() -> Self {
        Self::new([] as [(&str, &str); 0])
    }

    /// A copy of a folder of this package.
    pub fn copy_of(folder: &str) -> Self {
        let project = Self::empty();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for path in files_below(&from) {
            let below = path.strip_prefix(&from).expect("it was found there");
            project.write(below, fs::read(&path).expect("it can be read"));
        }
        project
    }

    /// What `cargo pgmi generate` writes: every file that is not SQL, with its text, sorted.
    pub fn generated(&self) -> Vec<(String, String)> {
        let is_sql = |path: &PathBuf| path.extension().is_some_and(|it| it == "sql");
        let files = files_below(self.path()).into_iter().filter(|path| !is_sql(path));
        let mut found: Vec<_> = files
            .map(|path| {
                let below = path.strip_prefix(self.path()).expect("it was found there");
                (below.display().to_string(), self.read(below))
            })
            .collect();
        found.sort();
        found
    }

    /// Writes a file, and the folders on the way to it.
    pub fn write(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> &Self {
        let path = self.join(path);
        let parent = path.parent().expect("a file has a parent");
        fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{}: {error}", parent.display()));
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self
    }

    /// Reads a file.
    pub fn read(&self, path: impl AsRef<Path>) -> String {
        let path = self.join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder as an argument.
    pub fn arg(&self) -> &str {
        self.path().to_str().expect("a temporary folder has a plain name")
    }

    /// A path in the folder.
    pub fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path().join(path)
    }
}

impl AsRef<Path> for Project {
    fn as_ref(&self) -> &Path {
        self.path()
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}")) {
        let path = entry.expect("a folder can be read to its end").path();
        match path.is_dir() {
            true => found.extend(files_below(&path)),
            false => found.push(path),
        }
    }
    found
}
