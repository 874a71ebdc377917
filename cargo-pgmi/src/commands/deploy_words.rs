//! What `deploy` tells people.

use std::sync::Arc;

use pgmi_engine::Error;
use pgmi_engine::diagnostic::{Diagnostic, Severity};
use pgmi_engine::session::{DeployFailure, DeployReport, Event, Events};

use crate::output::Output;

/// The result of `--check`.
pub struct Checked {
    pub findings: Vec<Diagnostic>,
    pub files: usize,
    pub test_macros: usize,
}

impl Checked {
    /// Errors are the failure; warnings are shown beside them.
    pub fn conclude(
        self,
        output: &Output,
    ) -> std::result::Result<DeployReport, Box<DeployFailure>> {
        let is_warning = |finding: &Diagnostic| finding.severity == Severity::Warning;
        let (warnings, errors): (Vec<_>, Vec<_>) = self.findings.into_iter().partition(is_warning);
        match Error::check(errors) {
            Ok(()) => {
                let (files_loaded, test_macros) = (self.files, self.test_macros);
                Ok(DeployReport { files_loaded, test_macros, warnings, ..DeployReport::default() })
            }
            Err(error) => {
                for warning in &warnings {
                    output.diagnostic(warning);
                }
                Err(Box::new(DeployFailure::from(error)))
            }
        }
    }
}

/// Progress as it happens.
pub fn events(output: &Output) -> Events {
    let output = output.clone();
    Arc::new(move |event| match event {
        Event::CreatingDatabase(name) => {
            output.line(&format!("Database \"{name}\" does not exist; creating"));
        }
        Event::RecreatedDatabase(name) => output.line(&format!("Recreated database \"{name}\"")),
        Event::WaitingForLock(holder) => {
            output.progress.say("Waiting for another deployment");
            output.line(&format!("Another deployment is running: {holder}; waiting for its end"));
        }
        Event::Preparing => {
            output.progress.say("Preparing session");
            output.line("Preparing session: scanning files, loading parameters");
        }
        Event::FilesLoaded(count) => output.line(&format!("Loaded {count} files")),
        Event::ParametersLoaded(count) => output.line(&format!("Loaded {count} parameters")),
        Event::Executing => {
            output.progress.say("Executing deploy.sql");
            output.line("Executing deploy.sql");
        }
        Event::Notice(notice) => output.notice(&notice),
    })
}

/// How it ended.
pub fn conclude(result: &std::result::Result<DeployReport, Box<DeployFailure>>, output: &Output) {
    match result {
        Ok(report) => {
            for warning in &report.warnings {
                output.diagnostic(warning);
            }
            for statement in &report.not_run {
                output.line(&format!(
                    "Not run: deploy.sql:{}: {}",
                    statement.line(),
                    statement.text()
                ));
            }
            output.verdict(true, &success(report));
        }
        Err(failure) => {
            if !failure.report.database.is_empty() {
                output.verdict(false, &failed(failure));
            }
            output.error(&failure.error);
        }
    }
}

fn success(report: &DeployReport) -> String {
    let macros = match report.test_macros {
        0 => String::new(),
        count => format!(", {count} test macro(s) expanded"),
    };
    let seconds = report.duration.as_secs_f64();
    let files = report.files_loaded;
    if report.database.is_empty() {
        return match report.warnings.len() {
            0 => format!("{files} files checked"),
            count => format!("{files} files checked, {count} warning(s)"),
        };
    }
    let undone = match (report.rehearsed, report.recorded) {
        (true, _) => ", all of it rolled back",
        (false, true) => ", recorded",
        (false, false) => "",
    };
    format!("{}: {files} files loaded{macros} in {seconds:.2}s{undone}", report.database)
}

fn failed(failure: &DeployFailure) -> String {
    let report = &failure.report;
    let units = match failure.failed_unit {
        Some(unit) if unit > 0 => format!(
            " (unit {} of {} failed; {} earlier unit(s) already committed)",
            unit + 1,
            report.execution_units,
            report.units_committed
        ),
        _ => String::new(),
    };
    format!("{}: failed after {:.2}s{units}", report.database, report.duration.as_secs_f64())
}
