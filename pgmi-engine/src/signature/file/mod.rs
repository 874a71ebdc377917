//! Committed files: the signature of a query, the inside of an enum or a composite type.
//!
//! Written once, in one form; then the user's, who may write any YAML.

mod accept;
mod comments;
mod folder;
mod path;
mod place;
mod read;
mod scalar;
mod shape;
mod types;
mod write;
mod written;

use crate::Result;
use crate::diagnostic::SourceText;

use super::{Cardinality, Field, Signature, Spelling};

pub use folder::{CommittedFiles, many_missing, missing};
pub use path::type_file_path;
pub use types::TypeFile;

pub(super) use place::{place_of, remark_of};

/// Whose file it is, by the end of its name: the rules of reading differ a little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `.sig.yaml`
    Pgmi,
    /// `.sig1.pgn.yaml`: names are normalised, types have no schema, arrays one dimension.
    Pgenie,
}

/// A committed file: what it says, and where.
#[derive(Clone, Debug)]
pub struct Committed<T> {
    pub content: T,
    pub source: SourceText,
    pub dialect: Dialect,
}

/// What a signature file says of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureFile {
    pub idempotent: bool,
    pub parameters: Vec<FileField>,
    /// Absent where the query returns no rows.
    pub result: Option<FileResult>,
}

/// The `result` of a signature file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileResult {
    /// Never [`Cardinality::None`].
    pub cardinality: Cardinality,
    pub columns: Vec<FileField>,
}

/// A parameter, a column, or a field of a composite type, in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileField {
    pub name: String,
    pub spelling: Spelling,
    /// 0 for what is no array.
    pub dims: u8,
    pub not_null: bool,
    /// Absent for what is no array, and where an array's file does not say.
    pub element_not_null: Option<bool>,
}

impl Dialect {
    /// From the name of a file; none for a file that is no signature file.
    pub fn of(file_name: &str) -> Option<Self> {
        [Self::Pgmi, Self::Pgenie].into_iter().find(|one| file_name.ends_with(one.extension()))
    }

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pgmi => ".sig.yaml",
            Self::Pgenie => ".sig1.pgn.yaml",
        }
    }
}

impl SignatureFile {
    /// What the file of a query with this signature says.
    pub fn of(signature: &Signature) -> Self {
        let cardinality = signature.cardinality.value;
        Self {
            idempotent: signature.idempotent,
            parameters: signature.parameters.iter().map(FileField::of).collect(),
            result: (cardinality != Cardinality::None).then(|| FileResult {
                cardinality,
                columns: signature.columns.iter().map(FileField::of).collect(),
            }),
        }
    }

    /// Reads a file; unknown keys are errors.
    ///
    /// # Errors
    /// [`Code::SignatureUnreadable`](crate::diagnostic::Code::SignatureUnreadable), at its place.
    pub fn parse(source: &SourceText) -> Result<Self> {
        match written::signature(source.text()) {
            Some(file) => Ok(file),
            None => read::signature(source),
        }
    }

    /// The text of the file: the same for the same content.
    pub fn to_yaml(&self) -> String {
        write::signature(self)
    }

    /// The same where a file with this text is written over: its comments stay where they stand.
    pub fn to_yaml_over(&self, old: &str) -> String {
        comments::kept(old, self.to_yaml())
    }
}

impl<T> Committed<T> {
    /// What the file describes, by its name: `select_album`.
    pub fn stem(&self) -> &str {
        let name = self.source.name();
        let name = name.rsplit('/').next().unwrap_or(name);
        name.strip_suffix(self.dialect.extension()).unwrap_or(name)
    }
}

impl FileField {
    pub(super) fn of(field: &Field) -> Self {
        let element = field.elements.as_ref().map(|elements| elements.value.is_not_null());
        Self {
            name: field.name.clone(),
            spelling: Spelling::short(&field.type_ref.name),
            dims: field.type_ref.dims,
            not_null: field.nullability.value.is_not_null(),
            element_not_null: field.type_ref.is_array().then(|| element.unwrap_or(false)),
        }
    }

    /// The type as the file spells it.
    pub(super) fn type_text(&self) -> String {
        format!("{}{}", self.spelling, "[]".repeat(self.dims.into()))
    }
}

#[cfg(test)]
mod tests;
