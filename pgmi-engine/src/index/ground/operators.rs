//! Which operator class can serve which operator.
//!
//! `pg_amop` answers it exactly, but for the operators that the planner reaches through support functions.

use super::Ground;
use crate::catalog::{Kind, Oid};

/// A row of `pg_opclass`.
#[derive(Clone, Debug)]
pub struct OpClass {
    pub oid: Oid,
    pub schema: String,
    pub name: String,
    pub method: String,
    pub family: Oid,
    pub input: Oid,
    pub is_default: bool,
}

/// A row of `pg_amop`.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub family: Oid,
    pub strategy: i32,
    /// It sorts by distance; else it looks for something.
    pub sorts: bool,
}

impl OpClass {
    /// As CREATE INDEX names it.
    pub fn sql(&self) -> String {
        let name = super::super::quoted(&self.name);
        match &*self.schema {
            "pg_catalog" => name,
            schema => format!("{}.{name}", super::super::quoted(schema)),
        }
    }
}

impl Ground<'_> {
    /// The classes of a method that can keep values of a type, the default first.
    pub(in crate::index) fn classes_for<'s>(
        &'s self,
        method: &'s str,
        type_oid: Oid,
    ) -> impl Iterator<Item = &'s OpClass> {
        let inputs = self.stored_as(type_oid);
        let classes = self.classes.iter().filter(move |class| class.method == method);
        classes.filter(move |class| inputs.contains(&class.input))
    }

    /// The class that CREATE INDEX takes when none is named.
    pub(in crate::index) fn default_class(&self, method: &str, type_oid: Oid) -> Option<&OpClass> {
        let inputs = self.stored_as(type_oid);
        let is_default = |input: &Oid| {
            self.classes
                .iter()
                .find(|it| it.is_default && it.method == method && it.input == *input)
        };
        inputs.iter().find_map(is_default)
    }

    /// The strategy of an operator in a family, when it looks for something.
    pub(in crate::index) fn strategy(&self, operator: Oid, family: Oid) -> Option<i32> {
        let members = self.members.get(&operator)?.iter();
        members.filter(|it| it.family == family && !it.sorts).map(|it| it.strategy).next()
    }

    /// Whether an operator sorts by distance in a family.
    pub(in crate::index) fn sorts_in(&self, operator: Oid, family: Oid) -> bool {
        let members = self.members.get(&operator).map_or(&[][..], Vec::as_slice);
        members.iter().any(|it| it.family == family && it.sorts)
    }

    /// The operator of a strategy, between two values of one type.
    pub(in crate::index) fn operator_of(&self, family: Oid, of: Oid, strategy: i32) -> Option<Oid> {
        let is_it = |operator: &&Oid| {
            let members = self.members.get(operator).map_or(&[][..], Vec::as_slice);
            let both =
                self.catalog.operator(**operator).is_some_and(|it| it.left == of && it.right == of);
            both && members
                .iter()
                .any(|it| it.family == family && it.strategy == strategy && !it.sorts)
        };
        self.members.keys().find(is_it).copied()
    }

    /// The types as which a class may keep values of a type, the nearest first.
    fn stored_as(&self, type_oid: Oid) -> Vec<Oid> {
        const TEXT: Oid = 25;
        const VARCHAR: Oid = 1043;
        let base = self.catalog.base_type(type_oid);
        let mut all = vec![type_oid, base];
        if base == VARCHAR {
            all.push(TEXT);
        }
        match self.catalog.type_of(base).map(|it| &it.kind) {
            Some(Kind::Array { .. }) => all.push(2277),
            Some(Kind::Enum { .. }) => all.push(3500),
            Some(Kind::Range { .. }) => all.push(3831),
            Some(Kind::Multirange { .. }) => all.push(4537),
            Some(Kind::Composite { .. }) => all.push(2249),
            _ => {}
        }
        all
    }
}
