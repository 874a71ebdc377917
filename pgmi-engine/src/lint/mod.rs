//! What is wrong with a deployment and can be seen without a server: `deploy --check`.
//!
//! Nothing here knows SQL beyond tokens and the first words of statements, so it speaks only of what
//! PostgreSQL is certain to refuse, or of what is likely enough to be told as a warning.

mod block;
mod execution;
mod parameters;
mod psql;
mod reach;
mod refusal;
mod transactions;

use crate::diagnostic::{Diagnostic, Severity};
use crate::project::{Parameters, Project};

/// Every finding, errors first, each in the order of files and lines.
pub fn lint(project: &Project, parameters: &Parameters) -> Vec<Diagnostic> {
    let mut findings = transactions::findings(project);
    findings.extend(execution::loops(project));
    findings.extend(execution::literals(project));
    findings.extend(execution::files(project));
    findings.extend(parameters::findings(project, parameters));
    findings.sort_by_key(|finding| finding.severity == Severity::Warning);
    findings
}

#[cfg(test)]
mod tests;
