//! A project as a program carries it.

/// The files of a project, made by [`embed!`](crate::embed!).
#[derive(Clone, Copy, Debug)]
pub struct Embedded {
    files: &'static [EmbeddedFile],
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct EmbeddedFile {
    path: &'static str,
    content: &'static str,
}

impl Embedded {
    #[doc(hidden)]
    pub const fn new(files: &'static [EmbeddedFile]) -> Self {
        Self { files }
    }

    /// Every file: `deploy.sql`, those that are loaded, those of the tests.
    pub const fn files(&self) -> &'static [EmbeddedFile] {
        self.files
    }

    /// The text of a file, by its path from the project's root: `seeds/countries.csv`.
    pub fn file(&self, path: &str) -> Option<&'static str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.content)
    }
}

impl EmbeddedFile {
    #[doc(hidden)]
    pub const fn new(path: &'static str, content: &'static str) -> Self {
        Self { path, content }
    }

    /// From the project's root, `/` between.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Its text; empty for a file of the tests that is not SQL, which no deployment loads.
    pub const fn content(&self) -> &'static str {
        self.content
    }
}
