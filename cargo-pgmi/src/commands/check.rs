//! `cargo pgmi check`: every query against PostgreSQL, and against what is committed about it.

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::check::compare;
use pgmi_engine::diagnostic::Outcome;

use super::queries::QueryArguments;
use crate::output::Output;
use crate::signals::Signals;

/// Check that every query is valid, and that signatures and lock are up to date
///
/// Deploys the project into a throwaway database, asks PostgreSQL what each query takes and returns, and
/// compares that with the committed signature files and pgmi.lock. Nothing is written. Exit code 4: valid,
/// but something else than what is committed.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    #[command(flatten)]
    queries: QueryArguments,
}

const EXAMPLES: &str = "\
Examples:
  cargo pgmi check                                   # in CI: all errors in one run
  cargo pgmi check db --postgres 16
  cargo pgmi check --message-format json             # one object a line, for editors";

impl Check {
    /// Checks, shows everything that is wrong, returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        let described = match self.queries.describe(self.project.as_ref(), &Signals::catch()) {
            Ok(described) => described,
            Err(error) => return output.conclude(Err(error)),
        };
        let findings = compare(&described.files, &described.proof);
        for finding in &findings {
            output.diagnostic(finding);
        }
        let queries = described.files.queries.queries.len();
        let (count, good) = (findings.len(), findings.is_empty());
        let verdict = if good { "as committed".to_owned() } else { format!("{count} findings") };
        output.verdict(good, &format!("{queries} queries: {verdict}"));
        findings.first().map_or(Outcome::Success, |first| first.code.outcome()).exit_code()
    }
}
