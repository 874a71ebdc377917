//! What the macro knows about a test.

use std::path::PathBuf;

/// One test, as its attribute describes it.
#[derive(Debug)]
pub struct Case {
    /// Its path with that of the crate: `shop::orders::cancels`.
    pub path: &'static str,
    /// The folder of the crate's `Cargo.toml`, where the crate was compiled.
    pub krate: &'static str,
    /// From that folder.
    pub project: Option<&'static str>,
    pub parameters: &'static [(&'static str, &'static str)],
    /// From that folder, too.
    pub fixtures: &'static [&'static str],
    /// Whether it takes something that stands on a database.
    pub database: bool,
    pub rollback: bool,
    pub should_panic: bool,
}

/// The runtime of an async test.
#[derive(Clone, Copy, Debug)]
pub enum Flavor {
    CurrentThread,
    /// With so many workers; as many as there are processors by default.
    MultiThread(Option<usize>),
}

impl Case {
    /// As the test runner calls it: without the name of the crate.
    pub(super) fn name(&self) -> &'static str {
        self.path.split_once("::").map_or(self.path, |(_, name)| name)
    }

    /// The crate's folder on this machine: a test runner says so, also where the tests were moved to.
    pub(super) fn folder(&self) -> PathBuf {
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| self.krate.into(), PathBuf::from)
    }
}
