//! Types, and how a signature spells them.

use super::{Catalog, Oid, is_built_in};
use crate::signature::{Field, Nullability, TypeDefinition, TypeKind, TypeName, TypeRef, Verdict};

/// A row of `pg_type`.
#[derive(Clone, Debug)]
pub struct Type {
    pub oid: Oid,
    pub schema: String,
    pub name: String,
    pub kind: Kind,
}

/// What a type is made of.
#[derive(Clone, Debug)]
pub enum Kind {
    Base,
    Array {
        element: Oid,
    },
    Enum {
        labels: Vec<String>,
    },
    /// The row type of a relation, a type made with CREATE TYPE included.
    Composite {
        relation: Oid,
    },
    Domain {
        base: Oid,
        not_null: bool,
        dims: u8,
    },
    Range {
        subtype: Oid,
    },
    Multirange {
        range: Oid,
    },
    /// `record`, `void`, `unknown`, …
    Pseudo,
}

impl Catalog {
    /// How a signature spells a type. A type that is gone is spelled by its number.
    pub fn type_ref(&self, oid: Oid) -> TypeRef {
        self.type_ref_of(oid, 1)
    }

    /// The same, for an array of which `pg_attribute` or `pg_type` remembers the dimensions.
    pub fn type_ref_of(&self, oid: Oid, dims: u8) -> TypeRef {
        match self.type_of(oid) {
            Some(Type { kind: Kind::Array { element }, .. }) => {
                let element = self.type_ref_of(*element, 1);
                element.array(dims.max(1))
            }
            Some(found) => TypeRef::scalar(&found.schema, &found.name),
            None => TypeRef::built_in(oid.to_string()),
        }
    }

    /// The type under all domains.
    pub fn base_type(&self, oid: Oid) -> Oid {
        match self.type_of(oid).map(|it| &it.kind) {
            Some(Kind::Domain { base, .. }) => self.base_type(*base),
            _ => oid,
        }
    }

    /// Whether a domain, or one under it, refuses NULL.
    pub fn refuses_null(&self, oid: Oid) -> bool {
        match self.type_of(oid).map(|it| &it.kind) {
            Some(Kind::Domain { base, not_null, .. }) => *not_null || self.refuses_null(*base),
            _ => false,
        }
    }

    /// What bindings have to know of every type that is reachable from `roots`: those that are not
    /// built in, each once, those that others are made of first.
    pub fn definitions(&self, roots: impl IntoIterator<Item = Oid>) -> Vec<TypeDefinition> {
        let mut seen = Vec::new();
        let mut all = Vec::new();
        for root in roots {
            self.define(root, &mut seen, &mut all);
        }
        all
    }

    fn define(&self, oid: Oid, seen: &mut Vec<Oid>, all: &mut Vec<TypeDefinition>) {
        let Some(found) = self.type_of(oid) else { return };
        if seen.contains(&oid) {
            return;
        }
        seen.push(oid);
        for part in self.parts(&found.kind) {
            self.define(part, seen, all);
        }
        if !is_built_in(oid)
            && let Some(kind) = self.type_kind(&found.kind)
        {
            all.push(TypeDefinition { name: TypeName::new(&found.schema, &found.name), kind });
        }
    }

    fn parts(&self, kind: &Kind) -> Vec<Oid> {
        match kind {
            Kind::Array { element: part }
            | Kind::Domain { base: part, .. }
            | Kind::Range { subtype: part }
            | Kind::Multirange { range: part } => vec![*part],
            Kind::Composite { relation } => {
                let columns = self.relation(*relation).map_or(&[][..], |it| &it.columns);
                columns.iter().map(|column| column.type_oid).collect()
            }
            Kind::Base | Kind::Enum { .. } | Kind::Pseudo => Vec::new(),
        }
    }

    fn type_kind(&self, kind: &Kind) -> Option<TypeKind> {
        Some(match kind {
            Kind::Array { .. } | Kind::Pseudo => return None,
            Kind::Base => TypeKind::Base,
            Kind::Enum { labels } => TypeKind::Enum { labels: labels.clone() },
            Kind::Composite { relation } => TypeKind::Composite { fields: self.fields(*relation) },
            Kind::Domain { base, not_null, dims } => TypeKind::Domain {
                base: self.type_ref_of(*base, *dims),
                nullability: Nullability::from(*not_null),
            },
            Kind::Range { subtype } => TypeKind::Range { subtype: self.type_ref(*subtype) },
            Kind::Multirange { range } => TypeKind::Multirange { range: self.type_ref(*range) },
        })
    }

    /// A value of a table's row type need not obey the table's constraints: every field may be NULL.
    fn fields(&self, relation: Oid) -> Vec<Field> {
        let columns = self.relation(relation).map_or(&[][..], |it| &it.columns);
        let field = |column: &super::Column| {
            let type_ref = self.type_ref_of(column.type_oid, column.dims);
            Field::new(&column.name, type_ref, Verdict::of(Nullability::Nullable))
        };
        columns.iter().map(field).collect()
    }
}
