//! `cargo pgmi check`: every query against PostgreSQL, and against what is committed about it.

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::check::{Proof, compare, outcome};
use pgmi_engine::diagnostic::Outcome;

use super::queries::{Queries, QueryArguments};
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
        match self.check(output) {
            Ok(outcome) => outcome.exit_code(),
            Err(error) => output.conclude(Err(error)),
        }
    }

    fn check(&self, output: &Output) -> Result<Outcome> {
        let queries = self.queries.read(self.project.as_ref())?;
        let proof = queries.analyse(&Signals::catch())?;
        Ok(conclude(&queries, &proof, "as committed", output))
    }
}

/// Shows everything that is wrong, and how many queries there are.
pub(super) fn conclude(queries: &Queries, proof: &Proof, good: &str, output: &Output) -> Outcome {
    let files = &queries.subject.files;
    let findings = compare(files, proof);
    for finding in &findings {
        output.diagnostic(finding);
    }
    let count = files.queries.queries.len();
    let verdict = match findings.len() {
        0 => good.to_owned(),
        number => format!("{number} findings"),
    };
    output.verdict(findings.is_empty(), &format!("{count} queries: {verdict}"));
    outcome(&findings)
}
