//! A verdict and the user's word on it.

use super::Judge;
use crate::diagnostic::{Code, Diagnostic};
use crate::signature::{Cardinality, Verdict};

impl<T> Judge<'_, T> {
    pub(super) fn cardinality(
        &mut self,
        inferred: &Verdict<Cardinality>,
        written: Cardinality,
    ) -> Verdict<Cardinality> {
        if inferred.value == Cardinality::None {
            return inferred.clone();
        }
        let path = ["result", "cardinality"];
        self.judge("the number of rows", &path, inferred, written, Cardinality::name)
    }

    /// Takes the user's word unless it is tighter than what is certain. Values are ordered, the tightest
    /// first.
    pub(super) fn judge<V: Copy + Ord>(
        &mut self,
        what: &str,
        path: &[&str],
        inferred: &Verdict<V>,
        written: V,
        words: impl Fn(V) -> &'static str,
    ) -> Verdict<V> {
        if written == inferred.value {
            return inferred.clone();
        }
        if written < inferred.value && inferred.certain {
            let finding = self.contradiction(what, path, words(written), words(inferred.value));
            self.contradictions.push(
                inferred.reasons.iter().fold(finding, |finding, reason| finding.note(reason)),
            );
            return inferred.clone();
        }
        if inferred.value < written && !self.is_remarked(path) {
            self.loose.push(format!("{what} is {}", words(inferred.value)));
        }
        let said = format!("`{}` says {}", self.committed.source.name(), words(written));
        let was = format!("inferred was {}", words(inferred.value));
        let mut reasons = vec![said, was];
        reasons.extend(inferred.reasons.iter().cloned());
        Verdict { value: written, certain: false, reasons }
    }

    fn contradiction(&self, what: &str, path: &[&str], said: &str, is: &str) -> Diagnostic {
        let source = &self.committed.source;
        let message = format!("`{}` says that {what} is {said}, but it is {is}", source.name());
        Diagnostic::error(Code::SignatureContradiction, message)
            .at(source, self.place(path), "proven wrong")
            .help(format!(
                "relax the file, change the query, or run `cargo pgmi generate --accept {}`",
                self.name
            ))
    }
}
