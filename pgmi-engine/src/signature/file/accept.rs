//! What a file says once what was inferred is accepted over it.
//!
//! What nobody can infer stays the user's: that a query is idempotent, and, unless the opposite is proven, that
//! an array has no NULL in it.

use super::{FileField, SignatureFile, TypeFile};
use crate::signature::{Field, Signature, TypeKind};

impl SignatureFile {
    /// What the file of a query says from then on.
    pub fn accepting(inferred: &Signature, committed: Option<&Self>) -> Self {
        let mut file = Self::of(inferred);
        let Some(committed) = committed else { return file };
        file.idempotent = committed.idempotent;
        keep_elements(&mut file.parameters, &inferred.parameters, &committed.parameters);
        if let (Some(result), Some(old)) = (&mut file.result, &committed.result) {
            keep_elements(&mut result.columns, &inferred.columns, &old.columns);
        }
        file
    }
}

impl TypeFile {
    /// The same of a type; only enums and composite types have a file.
    pub fn accepting(inferred: &TypeKind, committed: Option<&Self>) -> Option<Self> {
        let mut file = Self::of(inferred)?;
        if let (
            Self::Composite(members),
            TypeKind::Composite { fields },
            Some(Self::Composite(old)),
        ) = (&mut file, inferred, committed)
        {
            keep_elements(members, fields, old);
        }
        Some(file)
    }
}

/// `new` is what the file of `inferred` says, one for one.
fn keep_elements(new: &mut [FileField], inferred: &[Field], committed: &[FileField]) {
    for (new, inferred) in new.iter_mut().zip(inferred) {
        let is_open = inferred.elements.as_ref().is_some_and(|elements| !elements.certain);
        let is_same = |old: &&FileField| {
            old.name == new.name
                && old.spelling.means(&inferred.type_ref.name)
                && old.dims == new.dims
        };
        let old = committed.iter().find(is_same).and_then(|old| old.element_not_null);
        if is_open && old == Some(true) {
            new.element_not_null = old;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::{Nullability, TypeRef, Verdict};

    #[test]
    fn that_no_element_is_null_stays_unless_it_is_disproved() {
        let nullable = Verdict::of(Nullability::Nullable);
        let array = |name: &str, elements: Verdict<Nullability>| Field {
            elements: Some(elements),
            ..Field::new(name, TypeRef::built_in("text").array(1), nullable.clone())
        };
        let inferred = TypeKind::Composite {
            fields: vec![
                array("open", nullable.clone()),
                array("disproved", nullable.clone().certain()),
                array("proven", Verdict::of(Nullability::NotNull)),
                array("new", nullable.clone()),
                array("other", nullable.clone()),
            ],
        };
        let written = |name: &str, element_not_null: bool| FileField {
            element_not_null: Some(element_not_null),
            ..FileField::of(&array(name, nullable.clone()))
        };
        let mut old = vec![
            written("proven", false),
            written("disproved", true),
            written("open", true),
            written("other", true),
        ];
        old[3].dims = 2;
        let accepted = TypeFile::accepting(&inferred, Some(&TypeFile::Composite(old)));
        let Some(TypeFile::Composite(members)) = accepted else { panic!("still composite") };
        let said: Vec<_> = members.iter().map(|one| one.element_not_null).collect();
        assert_eq!(said, [true, false, true, false, false].map(Some));
    }
}
