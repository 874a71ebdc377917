#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
#![expect(clippy::needless_doctest_main, reason = "a build script is its main")]

mod analysis;
mod compile;
mod config;
mod directives;
mod inline;
mod inputs;
mod manifest;
mod output;
mod said;

use std::path::Path;

use pgmi_engine::Result;
use pgmi_engine::project::{Configuration, OpenOptions, Project};

pub use config::Config;

/// Makes the bindings of the project's queries, which `pgmi::include_queries!()` puts into the crate.
///
/// What `[package.metadata.pgmi]` of `Cargo.toml` says holds; for a project in `db` nothing needs to be said.
/// PostgreSQL is asked only where neither `pgmi.lock` nor an earlier build knows the answer.
///
/// Prints `cargo::` directives. What is wrong with the project fails the build once the script has ended; what
/// is wrong with a query is an error of the compiler where the bindings are included.
pub fn compile() {
    Config::new().compile();
}

/// Checks the project in a folder, told from the crate's own folder, and tells Cargo when to check again.
///
/// Prints `cargo::` directives. When something is wrong it prints every finding as an error of the build, and
/// the build fails once the script has ended.
pub fn check(folder: impl AsRef<Path>) {
    let root = folder.as_ref();
    directives::again([root]);
    if let Err(error) = open(root) {
        let folder = root.display().to_string();
        for finding in error.diagnostics() {
            println!("{}", directives::error(&finding.clone().in_folder(&folder)));
        }
    }
}

fn open(root: &Path) -> Result<()> {
    let project = Project::open(root, &OpenOptions::default())?;
    Configuration::of(&project).map(drop)
}
