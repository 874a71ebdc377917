//! What is wrong, as data: a stable code, a place in the user's file, PostgreSQL's words, the next step.
//!
//! Nothing here prints. [`render`] and [`json`] turn diagnostics into text; only the doors call them.

mod code;
pub mod json;
mod nearest;
mod redact;
pub mod render;
mod source_text;

use std::ops::Range;

pub use code::{Code, Outcome};
pub use nearest::nearest;
pub use redact::redact;
pub use source_text::{LineColumn, SourceText};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The work was not done.
    Error,
    /// The work was done, and the user should know something about it.
    Warning,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// One line, lower case, no full stop: what went wrong.
    pub message: String,
    /// Places in the user's files; the first primary one is where they should look.
    pub labels: Vec<Label>,
    /// What PostgreSQL said, when it was PostgreSQL that said it.
    pub server: Option<ServerError>,
    /// Facts that explain the message.
    pub notes: Vec<String>,
    /// What to do next.
    pub help: Vec<String>,
}

/// A stretch of a user's file, with a few words about it.
#[derive(Clone, Debug)]
pub struct Label {
    pub source: SourceText,
    /// Bytes of [`SourceText::text`]; empty for a point.
    pub span: Range<usize>,
    pub text: String,
    pub primary: bool,
}

/// The fields of an `ErrorResponse`
/// ([protocol-error-fields](https://www.postgresql.org/docs/current/protocol-error-fields.html)).
#[derive(Clone, Debug, Default)]
pub struct ServerError {
    /// Five characters, [errcodes-appendix](https://www.postgresql.org/docs/current/errcodes-appendix.html).
    pub sqlstate: String,
    pub message: String,
    pub detail: Option<String>,
    pub hint: Option<String>,
    /// CONTEXT, innermost frame first, shortened where it repeats whole files.
    pub context: Option<String>,
}

impl Diagnostic {
    /// An error with nothing but its message.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            server: None,
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// A warning with nothing but its message.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Points at the place to look at.
    #[must_use]
    pub fn at(mut self, source: &SourceText, span: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label { source: source.clone(), span, text: text.into(), primary: true });
        self
    }

    /// Points at another place that helps to understand the first.
    #[must_use]
    pub fn and_at(
        mut self,
        source: &SourceText,
        span: Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        self.labels.push(Label { source: source.clone(), span, text: text.into(), primary: false });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a next step.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds what PostgreSQL said.
    #[must_use]
    pub fn server(mut self, server: ServerError) -> Self {
        self.server = Some(server);
        self
    }

    /// Names the files of its labels as a reader outside the project's folder finds them.
    #[must_use]
    pub fn in_folder(mut self, folder: &str) -> Self {
        for label in &mut self.labels {
            label.source = label.source.in_folder(folder);
        }
        self
    }

    /// The place to look at, if there is one.
    pub fn place(&self) -> Option<&Label> {
        self.labels.iter().find(|label| label.primary)
    }
}
