//! Parameters, columns and fields: who is who, and whether the types agree.

use super::Judge;
use super::types::same_type;
use crate::signature::file::{Dialect, FileField};
use crate::signature::{Field, Nullability, Spelling, Verdict, legacy};

impl<T> Judge<'_, T> {
    /// What holds of each inferred field, in the inferred order; the file's order does not matter.
    pub(super) fn fields(
        &mut self,
        what: &str,
        path: &[&str],
        inferred: &[Field],
        written: &[FileField],
    ) -> Vec<Field> {
        let meant: Vec<Option<&Field>> =
            written.iter().map(|one| self.inferred_for(one, inferred)).collect();
        for (one, _) in written.iter().zip(&meant).filter(|(_, meant)| meant.is_none()) {
            self.differs(&[path, &[&one.name]].concat(), &format!("there is no such {what}"));
        }
        let written_for = |field: &Field| {
            let at = meant.iter().position(|one| one.is_some_and(|one| std::ptr::eq(one, field)));
            at.map(|at| &written[at])
        };
        let one = |field: &Field| match written_for(field) {
            Some(one) => self.field(what, path, field, one),
            None => {
                let spelling = FileField::of(field).type_text();
                let text = format!("{what} `{}` ({spelling}) is missing", field.name);
                self.differs(path, &text);
                field.clone()
            }
        };
        inferred.iter().map(one).collect()
    }

    fn field(&mut self, what: &str, path: &[&str], field: &Field, written: &FileField) -> Field {
        let at = [path, &[&written.name]].concat();
        if !same_type(&field.type_ref, written, self.committed.dialect, self.types) {
            let is = Spelling::short(&field.type_ref.name);
            let brackets = "[]".repeat(field.type_ref.dims.into());
            self.differs(
                &at,
                &format!("the {what} is {is}{brackets}, not {}", written.type_text()),
            );
            return field.clone();
        }
        let name = format!("{what} `{}`", field.name);
        let at_not_null = [&at[..], &["not_null"]].concat();
        let at_elements = [&at[..], &["element_not_null"]].concat();
        let nullability =
            self.nullability(&name, &at_not_null, &field.nullability, written.not_null);
        let elements = field.elements.as_ref().map(|elements| {
            let said = written.element_not_null.unwrap_or(elements.value.is_not_null());
            self.nullability(&format!("an element of {name}"), &at_elements, elements, said)
        });
        Field { nullability, elements, ..field.clone() }
    }

    fn nullability(
        &mut self,
        what: &str,
        path: &[&str],
        inferred: &Verdict<Nullability>,
        not_null: bool,
    ) -> Verdict<Nullability> {
        let words = |value: Nullability| match value {
            Nullability::NotNull => "never NULL",
            Nullability::Nullable => "NULL at times",
        };
        self.judge(what, path, inferred, not_null.into(), words)
    }

    /// The inferred field that a written one means: by its exact name, else as pGenie normalises it.
    fn inferred_for<'f>(&self, written: &FileField, inferred: &'f [Field]) -> Option<&'f Field> {
        let exact = inferred.iter().find(|field| field.name == written.name);
        let legacy = || match self.committed.dialect {
            Dialect::Pgmi => None,
            Dialect::Pgenie => {
                inferred.iter().find(|field| legacy::means(&written.name, &field.name))
            }
        };
        exact.or_else(legacy)
    }
}
