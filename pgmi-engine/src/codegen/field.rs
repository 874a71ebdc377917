//! Parameters and columns as fields of structs.

use super::ident::Names;
use super::text::{code, doc};
use super::types::{RustType, Types};
use crate::signature::{Field, Nullability, Spelling, TypeName, grouped};

/// What a type is of which nothing is known.
const OPAQUE: &str = "::pgmi::types::Opaque";

/// How a user gives such a type one of their own.
fn mapping_line(name: &TypeName) -> String {
    let line = format!("types = {{ \"{}\" = \"…\" }}", Spelling::short(name));
    format!(
        "its bytes, as no Rust type is known for it: {} in `[package.metadata.pgmi]` names one",
        code(&line)
    )
}

/// A field with its name and types in Rust.
#[derive(Debug)]
pub(super) struct RustField<'a> {
    pub field: &'a Field,
    pub name: String,
    pub rust: RustType,
    /// Whether NULL has room in it.
    nullable: bool,
}

impl<'a> RustField<'a> {
    /// All fields of a struct; items of the user's types stand in the module `at`.
    pub fn all(fields: &'a [Field], types: &Types<'_>, at: &str) -> Vec<Self> {
        let mut names = Names::default();
        fields.iter().map(|field| Self::new(field, &field.name, types, at, &mut names)).collect()
    }

    pub fn new(
        field: &'a Field,
        name: &str,
        types: &Types<'_>,
        at: &str,
        names: &mut Names,
    ) -> Self {
        let nullability = field.nullability.value;
        let rust = types.of(field, nullability, at);
        Self { field, name: names.field(name), rust, nullable: !nullability.is_not_null() }
    }

    /// A column of a group that can be missing as a whole: in it, only what can be NULL by itself is optional.
    pub fn of_group(
        field: &'a Field,
        can_be_missing: bool,
        types: &Types<'_>,
        at: &str,
        names: &mut Names,
    ) -> Self {
        let name = grouped(&field.name).map_or(field.name.as_str(), |(_, column)| column);
        let is_there = can_be_missing && field.padded.is_some_and(|it| it.not_null);
        let nullability = match is_there {
            true => Nullability::NotNull,
            false => field.nullability.value,
        };
        let rust = types.of(field, nullability, at);
        Self { field, name: names.field(name), rust, nullable: !nullability.is_not_null() }
    }

    /// The SQL type, as a signature file spells it.
    pub fn sql(&self) -> String {
        let type_ref = &self.field.type_ref;
        format!("{}{}", Spelling::short(&type_ref.name), "[]".repeat(type_ref.dims.into()))
    }

    /// The field of a struct, documented with its SQL type and what NULL means there.
    pub fn write(&self, out: &mut String, indent: &str, rust: &str) {
        let mut said = code(&self.sql());
        let reason = self.field.nullability.reasons.first().filter(|_| self.nullable);
        if let Some(reason) = reason {
            said.push_str(&format!(": {}", reason.replace(['\n', '\r'], " ")));
        }
        if super::ident::plain(&self.name) != self.field.name {
            said = format!("{} {said}", code(&self.field.name));
        }
        if self.rust.owned.contains(OPAQUE) {
            said.push_str(&format!("; {}", mapping_line(&self.field.type_ref.name)));
        }
        doc(out, indent, &said);
        out.push_str(&format!("{indent}pub {}: {rust},\n", self.name));
    }
}
