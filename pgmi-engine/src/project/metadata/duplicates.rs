//! Ids that more than one file carries.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::diagnostic::{Code, Diagnostic};
use crate::project::SourceFile;

/// A `<pgmi-meta>` id, and the files that carry it.
#[derive(Clone, Debug)]
pub struct DuplicateId<'a> {
    pub id: Uuid,
    /// Ordered by path; more than one.
    pub files: Vec<&'a SourceFile>,
}

/// Those of these files, which are ordered by path.
pub(in crate::project) fn duplicate_ids(files: &[SourceFile]) -> Vec<DuplicateId<'_>> {
    let mut by_id: BTreeMap<Uuid, Vec<&SourceFile>> = BTreeMap::new();
    for file in files {
        if let Some(metadata) = &file.metadata {
            by_id.entry(metadata.id).or_default().push(file);
        }
    }
    let twice = by_id.into_iter().filter(|(_, files)| files.len() > 1);
    twice.map(|(id, files)| DuplicateId { id, files }).collect()
}

impl DuplicateId<'_> {
    /// The paths, separated by commas.
    pub fn paths(&self) -> String {
        let paths: Vec<_> = self.files.iter().map(|file| file.path.as_str()).collect();
        paths.join(", ")
    }

    /// Says so, with a label in each file.
    pub fn finding(&self) -> Diagnostic {
        let message = format!("<pgmi-meta> id {} is used by {}", self.id, self.paths());
        let finding = Diagnostic::error(Code::MetadataDuplicateId, message);
        self.files
            .iter()
            .fold(finding, |finding, file| {
                let span = file.metadata.as_ref().map_or(0..0, |metadata| metadata.id_span.clone());
                finding.at(&file.source(), span, "used here")
            })
            .help("give each file an id of its own")
    }
}
