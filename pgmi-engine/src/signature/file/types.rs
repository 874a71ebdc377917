//! The committed file of an enum or a composite type: `types/<schema>/<type>.sig.yaml`.

use super::{FileField, comments, read, write};
use crate::Result;
use crate::diagnostic::SourceText;
use crate::signature::TypeKind;

/// What a type's file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeFile {
    /// Labels in their order.
    Enum(Vec<String>),
    Composite(Vec<FileField>),
}

impl TypeFile {
    /// What the file of such a type says; only enums and composite types have one.
    pub fn of(kind: &TypeKind) -> Option<Self> {
        match kind {
            TypeKind::Enum { labels } => Some(Self::Enum(labels.clone())),
            TypeKind::Composite { fields } => {
                Some(Self::Composite(fields.iter().map(FileField::of).collect()))
            }
            TypeKind::Base
            | TypeKind::Domain { .. }
            | TypeKind::Range { .. }
            | TypeKind::Multirange { .. } => None,
        }
    }

    /// Reads a file; unknown keys are errors.
    ///
    /// # Errors
    /// [`Code::SignatureUnreadable`](crate::diagnostic::Code::SignatureUnreadable), at its place.
    pub fn parse(source: &SourceText) -> Result<Self> {
        read::type_file(source)
    }

    /// The text of the file: the same for the same content.
    pub fn to_yaml(&self) -> String {
        write::type_file(self)
    }

    /// The same where a file with this text is written over: its comments stay where they stand.
    pub fn to_yaml_over(&self, old: &str) -> String {
        comments::kept(old, self.to_yaml())
    }
}
