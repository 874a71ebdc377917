//! Why a test has no database.

use std::fmt;

use pgmi_engine::diagnostic::{Diagnostic, render};

/// Why a test has no database, or no further connection to it. Printed, it is what `cargo pgmi` would say:
/// the file, the line, PostgreSQL's words, the next step.
#[derive(Clone)]
pub struct TestDatabaseError(pgmi_engine::Error);

impl TestDatabaseError {
    /// Everything that is known about it.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.0.diagnostics()
    }

    /// What is said to those who come second.
    pub(super) fn in_short(&self, told_by: &str) -> Self {
        let primary = self.0.primary();
        let finding = Diagnostic::error(primary.code, primary.message.clone());
        Self(finding.note(format!("in full in the output of {told_by}")).into())
    }
}

impl From<pgmi_engine::Error> for TestDatabaseError {
    fn from(error: pgmi_engine::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for TestDatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.0.diagnostics().iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n\n" };
            write!(f, "{separator}{}", render::render(finding, false))?;
        }
        Ok(())
    }
}

/// A test that returns it shows it this way.
impl fmt::Debug for TestDatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for TestDatabaseError {}
