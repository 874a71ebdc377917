//! What a query takes and gives: [`Signature`], and why each part of it is believed.
//!
//! Inference (`describe`) proves what it can; the committed file has the last word where nothing was proven
//! against it.

mod batch;
mod columns;
mod diff;
mod file;
mod group;
mod legacy;
mod lock;
mod pgenie_project;
mod reconcile;
mod spelling;
mod types;
mod verdict;

#[cfg(test)]
mod testing;

pub use batch::Batch;
pub use columns::check_columns;
pub use diff::diff;
pub use file::{
    Committed, CommittedFiles, Dialect, FileField, FileResult, SignatureFile, TypeFile,
    many_missing, missing, type_file_path,
};
pub use group::{Group, Padded, grouped, groups};
pub use lock::{Lock, LockedQuery};
pub use pgenie_project::PgenieProject;
pub use reconcile::{Reconciled, reconcile, reconcile_type};
pub use spelling::Spelling;
pub(crate) use types::mentioned;
pub use types::{TypeDefinition, TypeKind, TypeName, TypeRef};
pub use verdict::{Cardinality, Nullability, Verdict};

/// What a query takes and gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// In the order of `$1`, `$2`, ….
    pub parameters: Vec<Field>,
    /// In the order of the result; empty where `cardinality` is [`Cardinality::None`].
    pub columns: Vec<Field>,
    pub cardinality: Verdict<Cardinality>,
    /// Whether running it twice does what running it once does; only a user can say so.
    pub idempotent: bool,
    /// What inserts many rows, where the statement inserts one.
    pub batch: Batch,
}

/// A parameter, a result column, or a field of a composite type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// As PostgreSQL and the source spell it, case kept; `p1` for a native `$1`.
    pub name: String,
    pub type_ref: TypeRef,
    /// Of a column: whether NULL can be read. Of a parameter: whether NULL means something.
    pub nullability: Verdict<Nullability>,
    /// The same of the elements; present exactly for arrays.
    pub elements: Option<Verdict<Nullability>>,
    /// The one column that the value comes from, is assigned to or is compared with.
    pub origin: Option<Origin>,
    /// Of a column that belongs to a group (`"artist.id"`) and can be missing with all of its table.
    pub padded: Option<Padded>,
}

/// A column of a relation, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    pub schema: String,
    pub relation: String,
    pub column: String,
}

impl Field {
    /// A field without an origin, whose elements (of an array) may be NULL.
    pub fn new(
        name: impl Into<String>,
        type_ref: TypeRef,
        nullability: Verdict<Nullability>,
    ) -> Self {
        let elements = type_ref.is_array().then(|| Verdict::of(Nullability::Nullable));
        Self { name: name.into(), type_ref, nullability, elements, origin: None, padded: None }
    }
}
