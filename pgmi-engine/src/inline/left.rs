//! What a build script leaves for the macros, in `OUT_DIR`: a file for each query, under the key of its SQL, and
//! one that says what was read. A macro opens only the file of its own query; an edited query touches no other.

use serde::{Deserialize, Serialize};

use super::BindingsModule;

/// The folder of all of it, below `OUT_DIR`.
pub const FOLDER: &str = "pgmi/inline";

/// What was read, below [`FOLDER`].
pub const SOURCES: &str = "sources.json";

/// What was read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sources {
    /// Folders and files, from the package's folder where they are in it.
    pub places: Vec<String>,
    pub modules: Vec<BindingsModule>,
}

/// What is wrong with a query at one place of several that may have it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refusal {
    /// The Rust file, from the package's folder.
    pub file: String,
    pub line: usize,
    /// What the compiler is to say.
    pub messages: Vec<String>,
}

/// The file with the binding of a query, below [`FOLDER`].
pub fn binding_file(key: &str) -> String {
    format!("{key}.rs")
}

/// The file with [`Refusal`]s of a query, below [`FOLDER`].
pub fn refusal_file(key: &str) -> String {
    format!("{key}.json")
}
