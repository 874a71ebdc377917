//! Texts of files, each read once: what a project holds already is not read again.

use std::path::Path;
use std::sync::Arc;

use super::{Project, text_of};
use crate::diagnostic::{Code, Diagnostic};

/// Where the texts of files come from: from disk, unless a project holds them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts<'a>(Option<&'a Project>);

impl<'a> Texts<'a> {
    /// The files of this project are taken as it read them.
    pub fn of(project: &'a Project) -> Self {
        Self(Some(project))
    }

    /// The text of the file at `path`, shown to the user as `shown`.
    pub(crate) fn read(self, path: &Path, shown: &str) -> Result<Arc<str>, Diagnostic> {
        if let Some(text) = self.0.and_then(|project| held(project, path)) {
            return Ok(text.into());
        }
        let bytes = std::fs::read(path).map_err(|error| {
            Diagnostic::error(Code::FileUnreadable, format!("cannot read `{shown}`: {error}"))
        })?;
        text_of(shown, bytes).map(Arc::from)
    }
}

/// The content of a file of the project; none where the path is not spelled as one of its paths.
fn held<'a>(project: &'a Project, path: &Path) -> Option<&'a str> {
    if project.root.as_os_str().is_empty() {
        return None;
    }
    let below = format!("./{}", path.strip_prefix(&project.root).ok()?.to_str()?);
    let at = project.files.binary_search_by(|file| file.path.as_str().cmp(&below)).ok()?;
    Some(&project.files[at].content)
}
