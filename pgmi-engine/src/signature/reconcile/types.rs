//! Whether a file's type is the inferred one.

use crate::signature::file::{Dialect, FileField};
use crate::signature::{TypeDefinition, TypeKind, TypeRef, legacy};

/// Whether `written` means the type `inferred`.
pub(super) fn same_type(
    inferred: &TypeRef,
    written: &FileField,
    dialect: Dialect,
    types: &[TypeDefinition],
) -> bool {
    match dialect {
        Dialect::Pgmi => written.spelling.means(&inferred.name) && written.dims == inferred.dims,
        Dialect::Pgenie => pgenie_type(inferred, written, types),
    }
}

/// pGenie's files have no schemas, know one dimension, and see through domains.
fn pgenie_type(inferred: &TypeRef, written: &FileField, types: &[TypeDefinition]) -> bool {
    let same_name = legacy::means(&written.spelling.name, &inferred.name.name);
    let same_dims = (written.dims > 0) == inferred.is_array();
    if same_name && same_dims {
        return true;
    }
    let definition = types.iter().find(|one| one.name == inferred.name);
    match definition.map(|one| &one.kind) {
        Some(TypeKind::Domain { base, .. }) if !inferred.is_array() => {
            pgenie_type(base, written, types)
        }
        // Nobody has an array of a domain over an array: the dimensions are the outer ones.
        Some(TypeKind::Domain { base, .. }) if !base.is_array() => {
            pgenie_type(&base.clone().array(inferred.dims), written, types)
        }
        _ => false,
    }
}

/// What a type is, in words.
pub(super) fn kind_name(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Base => "a base type",
        TypeKind::Enum { .. } => "an enum",
        TypeKind::Composite { .. } => "a composite type",
        TypeKind::Domain { .. } => "a domain",
        TypeKind::Range { .. } => "a range",
        TypeKind::Multirange { .. } => "a multirange",
    }
}
