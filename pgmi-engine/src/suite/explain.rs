//! What is said of a test that failed.

use super::SuiteRequest;
use super::plan::Step;
use super::session::Trouble;
use crate::Error;
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::{Project, Script, TransactionEffect, Unit};
use crate::report::{Kind, Verdict};
use crate::session::{Failure, SendError};

/// The verdict on a file that met trouble.
pub(super) fn verdict(request: &SuiteRequest, step: &Step, trouble: Trouble) -> Verdict {
    let finding = match trouble {
        Trouble::Interrupted => return Verdict::NotRun("interrupted".into()),
        Trouble::Refused(error) => return Verdict::Failed(refused(request, step, error)),
        Trouble::TimedOut(error) => timed_out(request, step, error),
        Trouble::Lost(error) => lost(request, step, error.as_ref()),
        Trouble::Unusable => lost(request, step, None),
    };
    Verdict::Failed(finding.into())
}

/// PostgreSQL's error, led to file and line. Only this file comes into question.
fn refused(request: &SuiteRequest, step: &Step, error: postgres::Error) -> Error {
    let project = only(&request.project, step);
    let script = script_of_nothing(&project);
    let failure =
        Failure { project: &project, script: &script, parameters: &request.parameters, unit: 0 };
    let (error, _) = failure.explain(&SendError::Refused(error));
    error.map(|finding| {
        let message = with_path(step, &finding.message);
        let finding = Diagnostic { code: Code::TestFailed, message, ..finding };
        let placed = finding.labels.iter().any(|label| label.source.name() != "deploy.sql");
        if placed {
            finding
        } else {
            at_file(request, step, Diagnostic { labels: vec![], ..finding })
        }
    })
}

/// The project with no other test.
fn only(project: &Project, step: &Step) -> Project {
    let files = project.test_files.iter().filter(|file| file.path.as_str() == step.path);
    Project { test_files: files.cloned().collect(), ..project.clone() }
}

/// Tests are sent by the engine; nothing of `deploy.sql` comes into question.
fn script_of_nothing(project: &Project) -> Script {
    let unit = Unit { span: 0..0, file: None, effect: TransactionEffect::Keeps };
    Script { units: vec![unit], ..Script::of_files(&project.files, &[]) }
}

fn timed_out(request: &SuiteRequest, step: &Step, error: Option<postgres::Error>) -> Diagnostic {
    let limit = request.test_timeout.unwrap_or_default();
    let said = format!("took longer than {limit:?}");
    let place = error.map(|error| refused(request, step, error));
    let finding = Diagnostic::error(Code::TestFailed, with_path(step, &said))
        .help("mend it, or give tests more time with --test-timeout");
    match place {
        // What it was doing when it was cancelled.
        Some(error) => Diagnostic { labels: error.primary().labels.clone(), ..finding },
        None => at_file(request, step, finding),
    }
}

fn lost(request: &SuiteRequest, step: &Step, error: Option<&postgres::Error>) -> Diagnostic {
    let said = "its server process ended while it ran";
    let finding = Diagnostic::error(Code::TestFailed, with_path(step, said));
    let finding = match error.and_then(|error| error.as_db_error()) {
        Some(db) => finding.server(server_error(db)),
        None => finding,
    };
    at_file(request, step, finding)
        .note("the tests behind it ran in a new session")
        .help("see what it terminates; the server's log may say more")
}

fn with_path(step: &Step, said: &str) -> String {
    let path = &step.path;
    if said.contains(path.as_str()) { said.to_owned() } else { format!("Failed in {path}: {said}") }
}

/// Points at the file as a whole.
fn at_file(request: &SuiteRequest, step: &Step, finding: Diagnostic) -> Diagnostic {
    let found = request.project.test_files.iter().find(|file| file.path.as_str() == step.path);
    let text = found.map_or("", |file| file.content.as_str());
    let what = if step.kind == Kind::Fixture { "this fixture" } else { "this test" };
    let end = text.find('\n').unwrap_or(text.len());
    finding.at(&SourceText::new(step.path.as_str(), text), 0..end, what)
}
