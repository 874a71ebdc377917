//! A deployment from beginning to end.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::database;
use super::event::{Event, Events};
use super::failure::{Failure, SendError};
use super::marks::Marks;
use super::opened::Opened;
use super::prepare::{How, prepare};
use super::rehearsal::{self, rehearse, tail};
use super::report::{DeployFailure, DeployReport};
use super::watch::{Interrupt, Stop, Watch};
use crate::Error;
use crate::connection::Target;
use crate::diagnostic::{Code, Diagnostic};
use crate::drift;
use crate::project::{Parameters, Project, Script, TransactionEffect, Unit};

/// What to deploy, where, and how.
#[derive(Clone, Debug)]
pub struct DeployRequest {
    pub project: Project,
    pub parameters: Parameters,
    pub target: Target,
    /// Drop and create the database first. The caller has asked for approval.
    pub overwrite: bool,
    /// Undo the head, leave the tail out; a missing database is an error then.
    pub rehearse: bool,
    /// Let the server's DEBUG messages through.
    pub verbose: bool,
    /// Leave the `CALL pgmi_test` of `deploy.sql` out: what is wanted is the database, not a verdict.
    pub skip_tests: bool,
    /// Report how each test went.
    pub report_tests: bool,
    /// Write down what is in the database when all is done, for [`crate::drift::drift`].
    pub record: bool,
    /// How long to wait for another deployment into the same database to end.
    pub lock_wait: Duration,
    /// How long all of it may take; `None` for as long as it takes.
    pub timeout: Option<Duration>,
}

/// Deploys a project: opens the database, prepares a session, sends `deploy.sql`.
///
/// # Errors
/// What any of these steps met, with the report of what was done until then. The connection is closed,
/// the transaction rolled back and the lock released in every case.
pub fn deploy(
    request: DeployRequest,
    events: Events,
    interrupt: &Interrupt,
) -> std::result::Result<DeployReport, Box<DeployFailure>> {
    let begin = Instant::now();
    let marks = request.report_tests.then(Marks::new);
    let (watch, timeout) = (Watch::default(), request.timeout);
    let database = request.target.database().to_owned();
    let (sender, receiver) = mpsc::channel();
    let (worker, heard) = (watch.clone(), marks.clone());
    std::thread::spawn(move || {
        // Nobody may be left to hear it: then this thread was given up.
        let _ = sender.send(work(&request, &events, &worker, heard.as_ref()));
    });
    let (result, stop) = watch.wait(&receiver, timeout, interrupt);
    let mut result = finish(result, stop, timeout, database, begin.elapsed());
    if let Some(marks) = marks {
        let (report, error) = match &mut result {
            Ok(report) => (report, None),
            Err(failure) => (&mut failure.report, Some(&failure.error)),
        };
        report.tests = Some(marks.report(&report.database, report.duration, error));
    }
    result
}

/// Puts the time, the name, and the reason for a stop into what the worker brought.
fn finish(
    result: Option<std::result::Result<DeployReport, Box<DeployFailure>>>,
    stop: Option<Stop>,
    timeout: Option<Duration>,
    database: String,
    duration: Duration,
) -> std::result::Result<DeployReport, Box<DeployFailure>> {
    let result = result.unwrap_or_else(|| Err(Box::new(gave_up(stop).into())));
    let complete = |report: DeployReport| DeployReport { database, duration, ..report };
    match result {
        Ok(report) => Ok(complete(report)),
        Err(mut failure) => {
            failure.report = complete(failure.report);
            if let Some(stop) = stop {
                failure.error = stopped(stop, timeout, failure.error);
            }
            Err(failure)
        }
    }
}

fn gave_up(stop: Option<Stop>) -> Error {
    let message = match stop {
        Some(_) => "the server did not answer the request to cancel",
        None => "the deployment ended without a result",
    };
    Diagnostic::error(Code::ConnectionLost, message).into()
}

/// The error of a deployment that was called off: what it was doing stays as the place.
fn stopped(stop: Stop, timeout: Option<Duration>, error: Error) -> Error {
    error.map(|during| {
        let finding = match stop {
            Stop::Interrupt => Diagnostic::error(Code::Interrupted, "interrupted"),
            Stop::Timeout => Diagnostic::error(
                Code::Timeout,
                format!("the deployment took longer than {:?}", timeout.unwrap_or_default()),
            )
            .help("give it more time with `timeout` in pgmi.yaml (0 for no limit), or `cargo pgmi deploy --timeout`"),
        };
        Diagnostic { labels: during.labels, server: during.server, ..finding }
    })
}

fn work(
    request: &DeployRequest,
    events: &Events,
    watch: &Watch,
    marks: Option<&Marks>,
) -> std::result::Result<DeployReport, Box<DeployFailure>> {
    let events = marks.map_or_else(|| events.clone(), |marks| marks.around(events.clone()));
    let open = match (request.rehearse, request.overwrite) {
        (true, _) => database::open_existing,
        (false, true) => database::recreate,
        (false, false) => database::open,
    };
    let opened = open(&request.target, &events, watch);
    let mut opened = opened.map_err(|error| Box::new(DeployFailure::from(error)))?;
    let outcome = run(&mut opened, request, watch, marks);
    let changed = match &outcome {
        Ok(_) => true,
        Err(failure) => failure.report.units_committed > 0,
    };
    let is_real = !request.rehearse && !request.skip_tests;
    close(opened, changed && is_real && !request.record);
    outcome
}

fn run(
    opened: &mut Opened,
    request: &DeployRequest,
    watch: &Watch,
    marks: Option<&Marks>,
) -> std::result::Result<DeployReport, Box<DeployFailure>> {
    let mut report = DeployReport {
        files_loaded: request.project.file_count(),
        rehearsed: request.rehearse,
        ..Default::default()
    };
    let how = How {
        verbose: request.verbose,
        skip_tests: request.skip_tests,
        lock_wait: request.lock_wait,
        marks: marks.cloned(),
    };
    let script = match prepare(opened, &request.project, &request.parameters, &how) {
        Ok(script) => script,
        Err(error) => return Err(Box::new(DeployFailure { report, ..error.into() })),
    };
    report.test_macros = script.expanded;
    report.execution_units = script.units.len();
    (opened.events)(Event::Executing);
    opened.notices.set_open(true);
    let mut progress = Progress::default();
    let project = &request.project;
    let sent = match request.rehearse {
        true => {
            report.not_run = tail(&script);
            rehearse(opened, project.deploy_script(), &script, watch, &mut progress)
        }
        false => send(opened, project, &script, watch, &mut progress),
    };
    match sent {
        Ok(()) => {
            report.units_committed = progress.committed;
            report.warnings.extend(left_open(&request.project, &script, &progress));
            finish_with_record(opened, request, report)
        }
        Err(error) => {
            report.units_committed = progress.committed;
            let failure = Failure {
                project: &request.project,
                script: &script,
                parameters: &request.parameters,
                unit: progress.done,
            };
            let (error, failed_file) = failure.explain(&error);
            let error = if request.rehearse { rehearsal::advise(error) } else { error };
            Err(Box::new(DeployFailure {
                error,
                report,
                failed_unit: Some(progress.done),
                failed_file,
            }))
        }
    }
}

/// Behind a success, and still inside the lock.
fn finish_with_record(
    opened: &mut Opened,
    request: &DeployRequest,
    report: DeployReport,
) -> std::result::Result<DeployReport, Box<DeployFailure>> {
    if !request.record || request.rehearse {
        return Ok(report);
    }
    opened.notices.set_open(false);
    match drift::record(&mut opened.client) {
        Ok(()) => Ok(DeployReport { recorded: true, ..report }),
        Err(error) => Err(Box::new(DeployFailure { report, ..error.into() })),
    }
}

/// Which units are through, and which of them are committed.
///
/// Each unit of the tail is one statement in a message of its own, so its words tell in which state the
/// session is when it has succeeded; no question to the server is needed.
#[derive(Default)]
pub(super) struct Progress {
    done: usize,
    committed: usize,
    /// Units of the transaction that is open.
    pending: usize,
    in_transaction: bool,
    /// The unit that opened it.
    opened_by: usize,
}

impl Progress {
    fn succeeded(&mut self, effect: TransactionEffect) {
        use TransactionEffect as Effect;
        if !matches!(effect, Effect::Keeps) {
            self.opened_by = self.done;
        }
        self.done += 1;
        self.pending += 1;
        self.in_transaction = match effect {
            Effect::Keeps => self.in_transaction,
            Effect::Opens | Effect::CommitsAndChains | Effect::RollsBackAndChains => true,
            Effect::Commits | Effect::RollsBack => false,
        };
        match effect {
            Effect::RollsBack | Effect::RollsBackAndChains => self.pending = 0,
            Effect::CommitsAndChains => self.commit(),
            _ if !self.in_transaction => self.commit(),
            _ => {}
        }
    }

    /// The head went through, and nothing of it is left.
    pub(super) fn rehearsed(&mut self) {
        self.done = 1;
    }

    fn commit(&mut self) {
        self.committed += std::mem::take(&mut self.pending);
    }
}

/// Sends the units in order and stops at the first that fails.
fn send(
    opened: &mut Opened,
    project: &Project,
    script: &Script,
    watch: &Watch,
    progress: &mut Progress,
) -> std::result::Result<(), SendError> {
    for unit in &script.units {
        if watch.is_stopped() {
            return Err(SendError::Stopped);
        }
        let text = script.text_of(unit, &project.files);
        match opened.client.batch_execute(text) {
            Err(error) if !is_role_of_before(&error, unit, text, progress) => {
                return Err(SendError::Refused(error));
            }
            _ => {}
        }
        progress.succeeded(unit.effect);
    }
    Ok(())
}

/// Whether a migration makes a role that is there already. Roles belong to the server, migrations are
/// replayed in a new database: the role is from an earlier replay, and making it is done.
fn is_role_of_before(
    error: &postgres::Error,
    unit: &Unit,
    text: &str,
    progress: &Progress,
) -> bool {
    unit.file.is_some()
        && !progress.in_transaction
        && error.code() == Some(&postgres::error::SqlState::DUPLICATE_OBJECT)
        && crate::sql::statements(text).next().is_some_and(|statement| {
            let makes = |what| statement.starts_with(text, &["create", what]);
            makes("role") || makes("user") || makes("group")
        })
}

/// Rolls back what is open and gives the lock back, so that the next deployment need not wait for the
/// server to notice that this one is gone.
fn close(mut opened: Opened, unrecorded: bool) {
    opened.notices.set_open(false);
    let note = if unrecorded { drift::UNRECORDED } else { "" };
    let last = format!("rollback;\n{note};\nselect pg_catalog.pg_advisory_unlock_all()");
    // A connection that is gone has done what matters.
    let _ = opened.client.batch_execute(&last);
    let _ = opened.client.close();
}

fn left_open(project: &Project, script: &Script, progress: &Progress) -> Option<Diagnostic> {
    if !progress.in_transaction {
        return None;
    }
    let opener = script.units.get(progress.opened_by);
    if let Some(file) = opener.and_then(|unit| unit.file) {
        let message = "the migrations end inside a transaction: its work was rolled back";
        let span = script.units[progress.opened_by].span.clone();
        return Some(
            Diagnostic::warning(Code::TransactionLeftOpen, message)
                .at(&project.files[file].source(), span, "nothing from here on was committed")
                .help("end it with COMMIT;"),
        );
    }
    let sql = script.source.text();
    let begin = crate::sql::statements(sql)
        .filter(|statement| {
            statement.starts_with(sql, &["begin"])
                || statement.starts_with(sql, &["start", "transaction"])
        })
        .last();
    let finding = Diagnostic::warning(
        Code::TransactionLeftOpen,
        "deploy.sql ends inside a transaction: its work was rolled back",
    );
    let finding = match begin {
        Some(begin) => finding.at(&script.source, begin.span, "nothing from here on was committed"),
        None => finding,
    };
    Some(finding.help("end it with COMMIT; (or with ROLLBACK; if this was a rehearsal)"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use TransactionEffect::{Commits, CommitsAndChains, Keeps, Opens, RollsBack};

    fn committed(effects: &[TransactionEffect]) -> usize {
        let mut progress = Progress::default();
        for effect in effects {
            progress.succeeded(*effect);
        }
        progress.committed
    }

    #[test]
    fn only_committed_units_count() {
        assert_eq!(committed(&[Commits, Keeps]), 2);
        assert_eq!(committed(&[Commits, Keeps, Opens, Keeps]), 2);
        assert_eq!(committed(&[Commits, Opens, Keeps, Commits]), 4);
        assert_eq!(committed(&[CommitsAndChains, Keeps]), 1);
        assert_eq!(committed(&[RollsBack, Keeps, Opens, Keeps, RollsBack]), 1);
        assert_eq!(committed(&[Opens]), 0);
    }
}
