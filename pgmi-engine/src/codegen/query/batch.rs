//! Many rows at once, where that does the same.

use std::fmt::Write;

use super::super::text::{doc, literal};
use super::Written;
use crate::query::Insert;
use crate::signature::Batch;

impl Written<'_> {
    pub(super) fn batch(&self, out: &mut String) {
        let Some((many, copy)) = self.batch_sql() else { return };
        self.batch_methods(out, many.is_some(), copy.is_some());
        let parts = [("InsertMany", "MANY", many), ("CopyIn", "COPY", copy)];
        for (bound, constant, sql) in parts {
            let Some(sql) = sql else { continue };
            let (item, lifetime, sql) = (self.item, self.lifetime("<'_>"), literal(&sql));
            _ = write!(
                out,
                "
impl ::pgmi::{bound} for {item}{lifetime} {{
    const {constant}: &'static str = {sql};
}}
"
            );
        }
    }

    /// Why a method for many rows is not there, for who looks for it.
    pub(super) fn why_no_batch(&self, out: &mut String) {
        let reasons = &self.binding.signature.batch.reasons;
        if !reasons.is_empty() {
            doc(out, "", "\nNot for many rows at once:");
        }
        for reason in reasons {
            doc(out, "", &format!("- {}", reason.replace(['\n', '\r'], " ")));
        }
    }

    /// What is sent; none where there is neither.
    fn batch_sql(&self) -> Option<(Option<String>, Option<String>)> {
        let Batch { many, copy, .. } = self.binding.signature.batch;
        if !many && !copy {
            return None;
        }
        let insert = Insert::of(self.binding.query)?.ok()?;
        let types = self.binding.signature.parameters.iter().map(|it| &it.type_ref);
        let many = insert.many(types).ok().filter(|_| many);
        let copy = insert.copy().ok().filter(|_| copy);
        Some((many, copy))
    }
}
