//! The one error of the engine: opaque, carrying what the doors need to explain it.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, Outcome};

/// The result of everything in the engine that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something did not happen: one or more [`Diagnostic`]s, never empty.
///
/// Questions are asked of it ([`Error::code`], [`Error::outcome`]); there are no variants to match.
#[expect(
    clippy::box_collection,
    reason = "one word, so that every `Result` of the engine stays small"
)]
#[derive(Clone)]
pub struct Error(Box<Vec<Diagnostic>>);

impl Error {
    /// Everything that is wrong, the most important first. Never empty.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0
    }

    /// The first diagnostic: what the exit code and the one-line message speak of.
    pub fn primary(&self) -> &Diagnostic {
        &self.0[0]
    }

    /// The stable code of the first diagnostic.
    pub fn code(&self) -> Code {
        self.primary().code
    }

    /// How a process that met this error should end.
    pub fn outcome(&self) -> Outcome {
        self.code().outcome()
    }

    /// The SQLSTATE PostgreSQL gave, when it was PostgreSQL that refused.
    pub fn sqlstate(&self) -> Option<&str> {
        self.primary().server.as_ref().map(|server| server.sqlstate.as_str())
    }

    /// Turns a list of findings into an error when there are any.
    ///
    /// # Errors
    /// The findings themselves.
    pub fn check(diagnostics: Vec<Diagnostic>) -> Result<()> {
        if diagnostics.is_empty() { Ok(()) } else { Err(Self(Box::new(diagnostics))) }
    }

    /// Adds to the first diagnostic, which the caller knows more about.
    #[must_use]
    pub fn map(mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) -> Self {
        let first = self.0.remove(0);
        self.0.insert(0, change(first));
        self
    }

    /// Adds to every diagnostic.
    #[must_use]
    pub fn map_all(self, change: impl FnMut(Diagnostic) -> Diagnostic) -> Self {
        Self(Box::new(self.0.into_iter().map(change).collect()))
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(Box::new(vec![diagnostic]))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.primary().message)?;
        match self.0.len() {
            1 => Ok(()),
            n => write!(f, " (and {} more)", n - 1),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter()).finish()
    }
}

impl std::error::Error for Error {}
