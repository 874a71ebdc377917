//! `cargo pgmi check`: every query against PostgreSQL, and against what is committed about it.

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::check::{Proof, outcome};
use pgmi_engine::diagnostic::{Diagnostic, Outcome, Severity};

use super::queries::{Queries, QueryArguments};
use crate::output::{MessageFormat, Output};
use crate::signals::Signals;

/// Check that every query is valid, and that signatures and lock are up to date
///
/// Deploys the project into a throwaway database, asks PostgreSQL what each query takes and returns, without
/// running any, and compares that with the committed signature files and pgmi.lock. Shows everything that is
/// wrong in one run; nothing is written. A signature file that says less than what is proven by now is named in a
/// warning. What PostgreSQL said is remembered: where nothing has changed, no server is needed.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Check {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    #[command(flatten)]
    queries: QueryArguments,
}

const HELP: &str = "\
Examples:
  cargo pgmi check                                   # in CI: all errors in one run
  cargo pgmi check db --postgres 16
  cargo pgmi check --message-format json             # one object a line on stderr, for editors

Exit codes:
  0   valid, and as committed
  4   valid, but signature files or pgmi.lock are missing, out of date or contradicted:
      cargo pgmi generate
  10  a file, a setting or a query's text is wrong; or there is no PostgreSQL to ask
  11  no connection
  13  PostgreSQL refuses a query or the project's SQL";

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
        let busy = output.busy("Checking queries");
        let proof = queries.prove(&Signals::catch())?;
        drop(busy);
        Ok(conclude(&queries, &proof, "as committed", output))
    }
}

/// Shows everything that is wrong, and how many queries there are.
pub(super) fn conclude(queries: &Queries, proof: &Proof, good: &str, output: &Output) -> Outcome {
    let files = &queries.subject.files;
    // A warning changes neither the verdict nor how it ends.
    let is_error = |it: &Diagnostic| it.severity == Severity::Error;
    let (findings, warnings): (Vec<_>, Vec<_>) =
        queries.findings(proof).into_iter().partition(is_error);
    for finding in findings.iter().chain(&warnings) {
        output.diagnostic(finding);
        if output.format == MessageFormat::Human {
            output.line("");
        }
    }
    if output.format == MessageFormat::Human {
        let all = files.queries.queries.len() + files.queries.findings.len();
        let verdict = match findings.len() {
            0 => good.to_owned(),
            number => counted(number, "finding", "findings"),
        };
        let queries = counted(all, "query", "queries");
        output.verdict(findings.is_empty(), &format!("{queries}: {verdict}"));
    }
    outcome(&findings)
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
