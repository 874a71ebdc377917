//! What `init` did to one file.

use std::path::{Path, PathBuf};

use pgmi_engine::Result;
use serde_json::json;

use crate::output::{MessageFormat, Output};

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Written,
    Updated,
    Kept,
}

/// A file, and what happened to it.
#[derive(Debug)]
pub struct Step {
    pub action: Action,
    pub path: PathBuf,
    /// What it is for, what was added, or why it was left alone.
    pub remark: String,
}

impl Step {
    /// A file that stays as it is.
    pub fn kept(path: &Path, why: &str) -> Self {
        Self { action: Action::Kept, path: path.to_owned(), remark: why.to_owned() }
    }

    /// A line for people on stderr, an object for programs on stdout.
    ///
    /// # Errors
    /// As [`Output::payload`].
    pub fn tell(&self, output: &Output) -> Result<()> {
        let path = self.path.display().to_string();
        if output.format == MessageFormat::Json {
            let action = match self.action {
                Action::Written => "written",
                Action::Updated => "updated",
                Action::Kept => "kept",
            };
            let value = json!({ "file": path, "action": action, "remark": self.remark });
            return output.payload(&value.to_string());
        }
        let word = match self.action {
            Action::Written => "Wrote",
            Action::Updated => "Changed",
            Action::Kept => "Kept",
        };
        output.line(format!("{word:<8} {path:<34} {}", self.remark).trim_end());
        Ok(())
    }
}
