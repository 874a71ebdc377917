//! A whole run: every place of `deploy.sql` that calls tests, one after the other.

use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

use super::plan::{Plan, Step};
use super::schedule::Schedule;
use super::stage::{Ready, Stage, interrupted};
use super::worker::{Done, Worker};
use super::{Progress, SuiteRequest};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::{Kind, TestReport, TestResult, Verdict};
use crate::session::Interrupt;
use crate::{Error, Result};

/// Results as they come, put into the order of the plan.
pub(super) struct Run<'a> {
    pub(super) request: &'a SuiteRequest,
    progress: Progress<'a>,
    pub(super) interrupt: &'a Interrupt,
    begun: (SystemTime, Instant),
    results: Vec<TestResult>,
    notes: Vec<String>,
    stopped: Option<Error>,
}

/// Brings a worker to its place, with its first session if there is one already. It runs on the worker's
/// own thread, so that nobody waits for the place of another.
pub(super) type Start<'a> = Box<dyn FnOnce() -> Result<(Stage<'a>, Option<Ready>)> + Send + 'a>;

enum Message {
    Done(Done),
    /// A worker that cannot go on.
    Stuck(Error),
}

impl<'a> Run<'a> {
    pub(super) fn new(
        request: &'a SuiteRequest,
        progress: Progress<'a>,
        interrupt: &'a Interrupt,
    ) -> Self {
        Self {
            request,
            progress,
            interrupt,
            begun: (SystemTime::now(), Instant::now()),
            results: Vec::new(),
            notes: Vec::new(),
            stopped: None,
        }
    }

    /// Whether nothing more is to run.
    pub(super) fn is_over(&self) -> bool {
        let failed = |it: &TestResult| matches!(it.verdict, Verdict::Failed(_));
        self.stopped.is_some()
            || self.interrupt.is_set()
            || (!self.request.keep_going && self.results.iter().any(failed))
    }

    /// Something about the run that its reader should know.
    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Runs the tests of one call, one worker for each start.
    pub(super) fn suite(&mut self, plan: &Plan, schedule: &Schedule, starts: Vec<Start<'_>>) {
        let (sender, receiver) = mpsc::channel();
        let mut slots: Vec<Option<TestResult>> = plan.steps.iter().map(|_| None).collect();
        let mut told = Told::default();
        std::thread::scope(|scope| {
            let (request, interrupt) = (self.request, self.interrupt);
            for start in starts {
                let sender = sender.clone();
                scope.spawn(move || {
                    let worked = start().and_then(|(stage, ready)| {
                        let open = Vec::new();
                        Worker { request, plan, schedule, interrupt, stage, ready, open }.work(
                            &mut |done| {
                                let _ = sender.send(Message::Done(done));
                            },
                        )
                    });
                    if let Err(error) = worked {
                        let _ = sender.send(Message::Stuck(error));
                    }
                });
            }
            drop(sender);
            for message in receiver {
                match message {
                    Message::Done(done) => {
                        put(&mut slots, plan, done);
                        told.tell(&slots, self.request.keep_going, self.progress);
                    }
                    Message::Stuck(error) => self.stopped = Some(error),
                }
            }
        });
        self.collect(plan, slots);
    }

    /// Takes over the results, in order; behind the first failure only where all are wanted.
    fn collect(&mut self, plan: &Plan, slots: Vec<Option<TestResult>>) {
        let mut failed = false;
        for (step, slot) in plan.steps.iter().zip(slots) {
            let hidden = failed && !self.request.keep_going;
            let why = if hidden { "an earlier one failed" } else { self.reason() };
            let result = slot.filter(|_| !hidden).unwrap_or_else(|| not_run(step, why));
            failed |= matches!(result.verdict, Verdict::Failed(_));
            self.results.push(result);
        }
    }

    fn reason(&self) -> &'static str {
        match &self.stopped {
            _ if self.interrupt.is_set() => "interrupted",
            Some(_) => "there was no session for it any more",
            None => "not reached",
        }
    }

    /// Adds the tests of the project that no call came to.
    pub(super) fn add_uncalled(&mut self, all: &Plan) {
        let why = match self.is_over() {
            true => "an earlier one failed",
            false => "no CALL pgmi_test of deploy.sql selects it",
        };
        for step in all.steps.iter().filter(|step| step.kind == Kind::Test) {
            if !self.results.iter().any(|result| result.path == step.path) {
                self.results.push(not_run(step, why));
            }
        }
    }

    /// The report.
    ///
    /// # Errors
    /// [`Code::NoTests`].
    pub(super) fn finish(self) -> Result<TestReport> {
        if !self.results.iter().any(|result| result.kind == Kind::Test) {
            return Err(self.stopped.unwrap_or_else(|| no_tests(self.request)));
        }
        let stopped = self.stopped.or_else(|| self.interrupt.is_set().then(interrupted));
        Ok(TestReport {
            name: self.request.name.clone(),
            begun: self.begun.0,
            duration: self.begun.1.elapsed(),
            results: self.results,
            notes: self.notes,
            stopped,
        })
    }
}

/// A fixture may have run more than once; that it failed once is what counts.
fn put(slots: &mut [Option<TestResult>], plan: &Plan, done: Done) {
    let step = &plan.steps[done.step];
    let slot = &mut slots[done.step];
    let worse = matches!(done.verdict, Verdict::Failed(_));
    if slot.is_none() || worse {
        *slot = Some(TestResult {
            kind: step.kind,
            path: step.path.clone(),
            directory: step.directory.clone(),
            verdict: done.verdict,
            duration: done.duration,
            notices: done.notices,
        });
    }
}

/// How far the results were told.
#[derive(Default)]
struct Told {
    next: usize,
    is_over: bool,
}

impl Told {
    fn tell(&mut self, slots: &[Option<TestResult>], keep_going: bool, progress: Progress<'_>) {
        while let Some(Some(result)) = slots.get(self.next).filter(|_| !self.is_over) {
            progress(result);
            self.next += 1;
            self.is_over = !keep_going && matches!(result.verdict, Verdict::Failed(_));
        }
    }
}

fn not_run(step: &Step, why: &str) -> TestResult {
    TestResult {
        kind: step.kind,
        path: step.path.clone(),
        directory: step.directory.clone(),
        verdict: Verdict::NotRun(why.to_owned()),
        duration: Duration::ZERO,
        notices: Vec::new(),
    }
}

fn no_tests(request: &SuiteRequest) -> Error {
    match &request.filter {
        Some(filter) if !request.project.test_files.is_empty() => {
            let message = format!("no test of deploy.sql's suites matches `{filter}`");
            Diagnostic::error(Code::NoTests, message).help(
                "the filter is a POSIX regular expression on paths such as ./__test__/orders/total.sql",
            )
        }
        _ => Diagnostic::error(Code::NoTests, "there are no tests").help(
            "put SQL files into a folder __test__; a test fails by raising an error",
        ),
    }
    .into()
}
