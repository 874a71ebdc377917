//! What a SQL type is in Rust.

mod lent;
mod mapping;
mod sql_type;
mod table;

use std::collections::BTreeMap;

use super::Settings;
use super::ident::Names;
use crate::signature::{Field, Nullability, TypeDefinition, TypeKind, TypeName, TypeRef};

pub(super) use lent::{Lent, alias, arguments, bounded, declared};
pub(super) use mapping::no_domains;
pub(super) use sql_type::{Statics, statics};
use table::{BUILT_IN, BuiltIn, EXTENSIONS, Pass, RANGES};

/// What a function returns that returns nothing.
pub(super) const VOID: &str = "()";

/// A type as bindings spell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RustType {
    /// In a row that owns it.
    pub owned: String,
    /// As a parameter; a reference has the lifetime `'a`.
    pub parameter: String,
    /// In the struct of a row, over what can be borrowed of it.
    pub row: String,
    pub lent: Option<Lent>,
}

/// A value that is not NULL and no array.
#[derive(Clone, Debug)]
struct Scalar {
    rust: String,
    pass: Pass,
}

/// The types that signatures mention, with their names in Rust.
#[derive(Debug)]
pub(super) struct Types<'a> {
    definitions: BTreeMap<&'a TypeName, &'a TypeDefinition>,
    items: BTreeMap<&'a TypeName, String>,
    settings: &'a Settings,
}

impl<'a> Types<'a> {
    pub fn new(definitions: &'a [TypeDefinition], settings: &'a Settings) -> Self {
        let mut names = Names::default();
        names.item("sql");
        let definitions: BTreeMap<_, _> = definitions.iter().map(|it| (&it.name, it)).collect();
        // Those of `public` choose first: adding a schema does not rename them.
        let (public, others): (Vec<_>, Vec<_>) =
            definitions.keys().copied().partition(|it| it.schema == "public");
        let items = public
            .into_iter()
            .map(|it| (it, it.name.clone()))
            .chain(others.into_iter().map(|it| (it, format!("{}_{}", it.schema, it.name))))
            .map(|(it, name)| (it, names.item(&name)))
            .collect();
        Self { definitions, items, settings }
    }

    /// The enums, composites and new types that become items, in the order of their names.
    pub fn own(&self) -> impl Iterator<Item = (&'a TypeDefinition, &str)> {
        let own =
            |it: &&&TypeDefinition| match (&it.kind, mapping::of_type(self.settings, &it.name)) {
                (TypeKind::Enum { .. } | TypeKind::Composite { .. }, mapped) => mapped.is_none(),
                (TypeKind::Domain { .. }, mapped) => mapped.as_deref() == Some(mapping::NEW_TYPE),
                _ => false,
            };
        let items = &self.items;
        self.definitions.values().filter(own).map(|it| (*it, items[&it.name].as_str()))
    }

    /// What a parameter, a column or a field is. Items of the user's types stand in the module `at`.
    pub fn of(&self, field: &Field, nullability: Nullability, at: &str) -> RustType {
        let whole = match mapping::of_column(self.settings, field.origin.as_ref()) {
            Some(mapped) => Scalar { rust: mapped, pass: Pass::Reference }.rust_type(),
            None => self.value(&field.type_ref, field.elements.as_ref().map(|it| it.value), at),
        };
        match nullability {
            Nullability::Nullable if whole.owned != VOID => whole.optional(),
            Nullability::Nullable | Nullability::NotNull => whole,
        }
    }

    /// Whether the crate asks for a feature of `pgmi`.
    pub fn asks_for(&self, feature: &str) -> bool {
        self.settings.features.iter().any(|it| it == feature)
    }

    /// What rows and composites derive.
    pub fn derives(&self) -> String {
        self.derives_with(&["Clone", "Debug", "PartialEq"])
    }

    /// These and the user's.
    pub fn derives_with(&self, own: &[&str]) -> String {
        let extra = self.settings.derives.iter().map(String::as_str);
        let extra: Vec<_> = extra.filter(|it| !own.contains(it)).collect();
        [own, &extra].concat().join(", ")
    }

    fn value(&self, type_ref: &TypeRef, elements: Option<Nullability>, at: &str) -> RustType {
        let type_ref = self.without_domains(type_ref);
        let scalar = self.scalar(&type_ref.name, at);
        let element = match elements {
            Some(Nullability::NotNull) => scalar.rust_type(),
            _ => scalar.rust_type().optional(),
        };
        match type_ref.dims {
            0 => scalar.rust_type(),
            1 => element.list(),
            _ => Scalar {
                rust: format!("::pgmi::types::Array<{}>", element.owned),
                pass: Pass::Reference,
            }
            .rust_type(),
        }
    }

    /// The type under the domains that are not mapped to a type of their own.
    fn without_domains(&self, type_ref: &TypeRef) -> TypeRef {
        let definition = self.definitions.get(&type_ref.name);
        match definition.map(|it| &it.kind) {
            Some(TypeKind::Domain { base, .. })
                if mapping::of_type(self.settings, &type_ref.name).is_none() =>
            {
                let base = self.without_domains(base);
                let dims = base.dims.saturating_add(type_ref.dims);
                base.array(dims)
            }
            _ => type_ref.clone(),
        }
    }

    fn scalar(&self, name: &TypeName, at: &str) -> Scalar {
        if let Some(rust) = mapping::of_type(self.settings, name) {
            return self
                .new_type(name, &rust, at)
                .unwrap_or(Scalar { rust, pass: Pass::Reference });
        }
        if name.is_built_in() {
            return self.built_in(&name.name);
        }
        let item = || format!("{at}{}", self.items.get(name).map_or("Opaque", String::as_str));
        match self.definitions.get(name).map(|it| &it.kind) {
            Some(TypeKind::Enum { .. }) => Scalar { rust: item(), pass: Pass::Value },
            Some(TypeKind::Composite { .. }) => Scalar { rust: item(), pass: Pass::Reference },
            Some(TypeKind::Range { subtype }) => self.made_of("Range", subtype, at),
            Some(TypeKind::Multirange { range }) => {
                match self.definitions.get(&range.name).map(|it| &it.kind) {
                    Some(TypeKind::Range { subtype }) => self.made_of("Multirange", subtype, at),
                    _ => opaque(),
                }
            }
            _ => find(EXTENSIONS, &name.name).map_or_else(opaque, |it| self.chosen(it)),
        }
    }

    /// A domain that is mapped to a type of its own.
    fn new_type(&self, name: &TypeName, mapped: &str, at: &str) -> Option<Scalar> {
        let inside = self.inside(name).filter(|_| mapped == mapping::NEW_TYPE)?;
        let item = self.items.get(name)?;
        let pass = match inside.parameter == inside.owned {
            true => Pass::Value,
            false => Pass::Reference,
        };
        Some(Scalar { rust: format!("{at}{item}"), pass })
    }

    /// What a domain is over, seen from the module of the types; none for what is no domain.
    pub fn inside(&self, name: &TypeName) -> Option<RustType> {
        match &self.definitions.get(name)?.kind {
            TypeKind::Domain { base, .. } => Some(self.value(base, None, "")),
            _ => None,
        }
    }

    fn built_in(&self, name: &str) -> Scalar {
        if let Some(found) = find(BUILT_IN, name) {
            return self.chosen(found);
        }
        let range = name.replace("multirange", "range");
        let Some((_, element)) = RANGES.iter().find(|(it, _)| *it == range) else {
            return opaque();
        };
        let kind = if range == name { "Range" } else { "Multirange" };
        self.made_of(kind, &TypeRef::built_in(*element), "")
    }

    /// `Range<…>` or `Multirange<…>`.
    fn made_of(&self, kind: &str, element: &TypeRef, at: &str) -> Scalar {
        let element = self.value(element, None, at).owned;
        Scalar { rust: format!("::pgmi::types::{kind}<{element}>"), pass: Pass::Reference }
    }

    /// With the foreign crate that the crate asks for.
    fn chosen(&self, found: &BuiltIn) -> Scalar {
        match found.with.iter().find(|(feature, ..)| self.asks_for(feature)) {
            Some((_, rust, pass)) => Scalar { rust: (*rust).to_owned(), pass: *pass },
            None => Scalar { rust: found.rust.to_owned(), pass: found.pass },
        }
    }
}

fn find<'t>(table: &'t [BuiltIn], name: &str) -> Option<&'t BuiltIn> {
    table.iter().find(|it| it.sql == name)
}

fn opaque() -> Scalar {
    let pass = Pass::Borrowed(Lent::Bytes, "::pgmi::types::Opaque<&'_ [u8]>");
    Scalar { rust: "::pgmi::types::Opaque".to_owned(), pass }
}

impl Scalar {
    fn rust_type(&self) -> RustType {
        let owned = self.rust.clone();
        let (parameter, row, lent) = match self.pass {
            Pass::Value => (owned.clone(), owned.clone(), None),
            Pass::Reference => (format!("&'a {owned}"), owned.clone(), None),
            Pass::Borrowed(lent, it) => {
                (it.replace("'_", "'a"), it.replace(lent.borrowed(), lent.generic()), Some(lent))
            }
        };
        RustType { owned, parameter, row, lent }
    }
}

impl RustType {
    fn optional(self) -> Self {
        let option = |it: String| format!("Option<{it}>");
        Self {
            owned: option(self.owned),
            parameter: option(self.parameter),
            row: option(self.row),
            lent: self.lent,
        }
    }

    /// An array of one dimension. Elements of a parameter are references only where they are slices.
    fn list(self) -> Self {
        let element = if self.lent.is_some() { &self.parameter } else { &self.owned };
        Self {
            parameter: format!("&'a [{element}]"),
            owned: format!("Vec<{}>", self.owned),
            row: format!("Vec<{}>", self.row),
            lent: self.lent,
        }
    }
}
