//! Parameters and columns as fields of structs.

use super::ident::Names;
use super::text::{code, doc};
use super::types::{RustType, Types};
use crate::signature::{Field, Nullability, Spelling};

/// A field with its name and types in Rust.
#[derive(Debug)]
pub(super) struct RustField<'a> {
    pub field: &'a Field,
    pub name: String,
    pub rust: RustType,
}

impl<'a> RustField<'a> {
    /// All fields of a struct; items of the user's types stand in the module `at`.
    pub fn all(fields: &'a [Field], types: &Types<'_>, at: &str) -> Vec<Self> {
        let mut names = Names::default();
        let one = |field: &'a Field| Self {
            field,
            name: names.field(&field.name),
            rust: types.of(field, at),
        };
        fields.iter().map(one).collect()
    }

    /// The SQL type, as a signature file spells it.
    pub fn sql(&self) -> String {
        let type_ref = &self.field.type_ref;
        format!("{}{}", Spelling::short(&type_ref.name), "[]".repeat(type_ref.dims.into()))
    }

    /// The field of a struct, documented with its SQL type and what NULL means there.
    pub fn write(&self, out: &mut String, indent: &str, rust: &str) {
        let mut said = code(&self.sql());
        let nullability = &self.field.nullability;
        if let (Nullability::Nullable, Some(reason)) =
            (nullability.value, nullability.reasons.first())
        {
            said.push_str(&format!(": {}", reason.replace(['\n', '\r'], " ")));
        }
        if super::ident::plain(&self.name) != self.field.name {
            said = format!("{} {said}", code(&self.field.name));
        }
        doc(out, indent, &said);
        out.push_str(&format!("{indent}pub {}: {rust},\n", self.name));
    }
}
