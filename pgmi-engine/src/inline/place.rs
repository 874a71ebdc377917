//! Where a query stands in a Rust file.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Label, SourceText};
use crate::sql::PositionMap;

/// A literal of a Rust file.
#[derive(Clone, Debug)]
pub struct Place {
    /// The Rust file.
    pub file: SourceText,
    /// The bytes of the literal, quotes included.
    pub literal: Range<usize>,
    /// From the SQL to the literal; none where the SQL is in a file of its own.
    pub(super) positions: Option<PositionMap>,
}

impl Place {
    /// The line of the Rust file.
    pub fn line(&self) -> usize {
        self.file.line_column(self.literal.start).line
    }

    /// `src/main.rs:12`
    pub fn shown(&self) -> String {
        format!("{}:{}", self.file.name(), self.line())
    }

    /// A finding about the SQL, which is called `sql`, shown in the Rust file.
    pub fn located(&self, sql: &SourceText, mut finding: Diagnostic) -> Diagnostic {
        if let Some(positions) = &self.positions {
            for label in finding.labels.iter_mut().filter(|label| label.source == *sql) {
                self.locate(label, positions);
            }
        }
        finding
    }

    fn locate(&self, label: &mut Label, positions: &PositionMap) {
        let at = |byte| self.literal.start + positions.source_of(byte).start;
        let start = at(label.span.start);
        let end = if label.span.is_empty() { start } else { at(label.span.end).max(start) };
        label.span = start..end;
        label.source = self.file.clone();
    }
}
