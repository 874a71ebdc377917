//! Operators that no B-tree knows: containment, overlap, search, distance.

use super::ClassChoice;
use super::classify::View;
use crate::catalog::Oid;

/// Methods that can answer by themselves, the one to be preferred first.
const METHODS: [&str; 4] = ["gin", "gist", "spgist", "hash"];

impl View<'_> {
    /// The classes that can look for the operator, the best first.
    pub fn special(&self, operator: Oid, type_oid: Oid) -> Vec<ClassChoice> {
        let mut found = Vec::new();
        for method in METHODS {
            let classes = self.ground.classes_for(method, type_oid);
            for class in classes.filter(|it| self.ground.strategy(operator, it.family).is_some()) {
                found.push(ClassChoice { class: class.oid });
            }
            // The first method that can is the best for what it can; the next ones would only be tried in vain.
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    /// The classes of GiST and SP-GiST that can sort by a distance.
    pub fn nearest(&self, operator: Oid, type_oid: Oid) -> Vec<Oid> {
        let methods = ["gist", "spgist"].into_iter();
        let classes = methods.flat_map(|method| self.ground.classes_for(method, type_oid));
        classes.filter(|it| self.ground.sorts_in(operator, it.family)).map(|it| it.oid).collect()
    }
}
