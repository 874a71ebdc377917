//! Types by name: oids of user types differ from database to database.

use std::collections::{BTreeMap, HashMap};

use super::{Field, Nullability, Signature};

/// A type's name as `pg_type` has it: `pg_catalog.int8`, `public.album_format`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeName {
    pub schema: String,
    /// `typname`, of an array its element's.
    pub name: String,
}

/// A type as a parameter or column has it: a name, and how many array dimensions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeRef {
    pub name: TypeName,
    /// 0 for what is no array; 1 where PostgreSQL does not tell how many. A domain over an array has 0.
    pub dims: u8,
}

/// A type that bindings have to know the inside of: everything reachable that is not built in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeDefinition {
    pub name: TypeName,
    pub kind: TypeKind,
}

/// What a type is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// A scalar of an extension, opaque to us: `citext`, `ltree`, `vector`.
    Base,
    /// Labels in their order.
    Enum {
        labels: Vec<String>,
    },
    /// Fields in their order, dropped ones left out.
    Composite {
        fields: Vec<Field>,
    },
    /// Over `base`, which may be an array or another domain; `nullability` is the domain's own.
    Domain {
        base: TypeRef,
        nullability: Nullability,
    },
    Range {
        subtype: TypeRef,
    },
    Multirange {
        range: TypeRef,
    },
}

impl TypeKind {
    /// The types that it is made of.
    pub(crate) fn parts(&self) -> Vec<&TypeName> {
        match self {
            Self::Base | Self::Enum { .. } => Vec::new(),
            Self::Composite { fields } => fields.iter().map(|field| &field.type_ref.name).collect(),
            Self::Domain { base: part, .. }
            | Self::Range { subtype: part }
            | Self::Multirange { range: part } => vec![&part.name],
        }
    }
}

impl TypeName {
    /// The schema of the built-in types.
    pub const BUILT_IN: &str = "pg_catalog";

    pub fn new(schema: impl Into<String>, name: impl Into<String>) -> Self {
        Self { schema: schema.into(), name: name.into() }
    }

    pub fn is_built_in(&self) -> bool {
        self.schema == Self::BUILT_IN
    }
}

impl TypeRef {
    /// A type that is no array.
    pub fn scalar(schema: impl Into<String>, name: impl Into<String>) -> Self {
        Self { name: TypeName::new(schema, name), dims: 0 }
    }

    /// A built-in type that is no array.
    pub fn built_in(name: impl Into<String>) -> Self {
        Self::scalar(TypeName::BUILT_IN, name)
    }

    /// An array of `self`'s name with this many dimensions.
    #[must_use]
    pub fn array(mut self, dims: u8) -> Self {
        self.dims = dims;
        self
    }

    pub fn is_array(&self) -> bool {
        self.dims > 0
    }
}

/// The types that signatures mention and that are not built in, with all that those are made of, ordered by
/// name. `known` may have more, and some of them twice.
pub(crate) fn mentioned<'a>(
    signatures: impl IntoIterator<Item = &'a Signature>,
    known: &[TypeDefinition],
) -> Vec<TypeDefinition> {
    let known: HashMap<&TypeName, &TypeDefinition> =
        known.iter().map(|one| (&one.name, one)).collect();
    let mut found: BTreeMap<&TypeName, &TypeDefinition> = BTreeMap::new();
    let fields = signatures.into_iter().flat_map(|it| it.parameters.iter().chain(&it.columns));
    let mut open: Vec<&TypeName> = fields.map(|field| &field.type_ref.name).collect();
    while let Some(name) = open.pop() {
        let Some(definition) = known.get(name) else { continue };
        if found.insert(&definition.name, definition).is_none() {
            open.extend(definition.kind.parts());
        }
    }
    found.into_values().cloned().collect()
}
