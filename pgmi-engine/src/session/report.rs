//! What a deployment did.

use std::time::Duration;

use super::rehearsal::NotRun;
use crate::Error;
use crate::diagnostic::Diagnostic;
use crate::report::TestReport;

/// What was done, as far as it went.
#[derive(Clone, Debug, Default)]
pub struct DeployReport {
    pub database: String,
    /// Files of the project without `deploy.sql`.
    pub files_loaded: usize,
    /// `CALL pgmi_test` calls that were replaced.
    pub test_macros: usize,
    pub duration: Duration,
    /// Messages that `deploy.sql` makes: the head, and each statement behind it. 0 when it did not come to that.
    pub execution_units: usize,
    /// Units whose work is committed.
    pub units_committed: usize,
    /// Whether the head was undone, and the tail left out.
    pub rehearsed: bool,
    /// Whether what is in the database now was written down for [`crate::drift`].
    pub recorded: bool,
    /// Statements behind the head, which a rehearsal leaves out.
    pub not_run: Vec<NotRun>,
    /// How the tests went that `deploy.sql` called; none unless it was asked for.
    pub tests: Option<TestReport>,
    /// What the user should know although it worked.
    pub warnings: Vec<Diagnostic>,
}

/// How much of `deploy.sql` was at stake when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecutionMode {
    /// The head failed: nothing is committed.
    Atomic,
    /// A statement behind the head failed: what was committed before stays.
    Psql,
}

/// A deployment that failed, and what it had done until then.
#[derive(Debug)]
pub struct DeployFailure {
    pub error: Error,
    pub report: DeployReport,
    /// The unit that failed, from 0; none when `deploy.sql` had not begun.
    pub failed_unit: Option<usize>,
    /// The project file that was being executed.
    pub failed_file: Option<String>,
}

impl DeployFailure {
    /// How much was at stake; none when `deploy.sql` had not begun.
    pub fn mode(&self) -> Option<ExecutionMode> {
        self.failed_unit
            .map(|unit| if unit == 0 { ExecutionMode::Atomic } else { ExecutionMode::Psql })
    }
}

impl From<Error> for DeployFailure {
    fn from(error: Error) -> Self {
        Self { error, report: DeployReport::default(), failed_unit: None, failed_file: None }
    }
}
