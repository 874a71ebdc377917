//! How the tests of a deployment went, from marks that the session sends while its head runs.
//!
//! The head is one message, so the client sees nothing of its steps. When a report is wanted, the suite's
//! callback is one of ours, which sends a mark around each file and passes the event on to the user's.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use postgres::Client;
use postgres::types::Type;
use serde::Deserialize;

use super::event::{Event, Events, Notice};
use crate::Error;
use crate::project::DeployScript;
use crate::report::{Kind, TestReport, TestResult, Verdict};

/// What a mark is told from the server's other notices by.
pub(super) const SQLSTATE: &str = "PGT01";

const CALLBACK: &str = include_str!("mark.sql");
const PLAN: &str = include_str!("plan.sql");

/// What was heard; shared by the thread that deploys and the one that waits for it.
#[derive(Clone)]
pub(crate) struct Marks(Arc<Mutex<Heard>>);

struct Heard {
    begun: SystemTime,
    results: Vec<TestResult>,
    /// The file that runs: its number in the results, and since when by the server's clock.
    running: Option<(usize, f64)>,
    /// How far in the plan: a file may run again in the suite of another call.
    next: usize,
}

#[derive(Deserialize)]
struct Mark {
    event: String,
    path: String,
    at: f64,
}

impl Marks {
    pub(super) fn new() -> Self {
        let begun = SystemTime::now();
        Self(Arc::new(Mutex::new(Heard { begun, results: vec![], running: None, next: 0 })))
    }

    /// Hears the marks among the events, and passes the others on.
    pub(super) fn around(&self, events: Events) -> Events {
        let marks = self.clone();
        Arc::new(move |event| match event {
            Event::Notice(notice) if notice.sqlstate == SQLSTATE => marks.hear(&notice),
            Event::Notice(notice) => {
                marks.keep(&notice);
                events(Event::Notice(notice));
            }
            event => events(event),
        })
    }

    /// Notes what is going to run, and makes the callbacks: their names, one for each call.
    pub(super) fn prepare(
        &self,
        client: &mut Client,
        script: &DeployScript,
    ) -> Result<Vec<String>, postgres::Error> {
        let (patterns, callbacks) = script.test_arguments();
        let mut names = Vec::new();
        for (number, callback) in callbacks.iter().enumerate() {
            let name = format!("pg_temp._pgmi_mark_{number}");
            client
                .batch_execute(&CALLBACK.replace(":name", &name).replace(":callback", callback))?;
            names.push(name);
        }
        let rows = client.query_typed(PLAN, &[(&patterns, Type::TEXT_ARRAY)])?;
        let planned = rows.iter().map(|row| TestResult {
            kind: if row.get(0) { Kind::Fixture } else { Kind::Test },
            path: row.get(1),
            directory: row.get(2),
            verdict: Verdict::NotRun("not reached".into()),
            duration: Duration::ZERO,
            notices: Vec::new(),
        });
        self.with(|heard| heard.results = planned.collect());
        Ok(names)
    }

    fn hear(&self, notice: &Notice) {
        let text = notice.detail.as_deref().unwrap_or_default();
        let Ok(mark) = serde_json::from_str::<Mark>(text) else { return };
        self.with(|heard| match mark.event.as_str() {
            "fixture_start" | "test_start" => heard.start(&mark),
            _ => heard.end(mark.at),
        });
    }

    fn keep(&self, notice: &Notice) {
        self.with(|heard| {
            if let Some((number, _)) = heard.running {
                heard.results[number].notices.extend(notice.lines());
            }
        });
    }

    /// The report. A file that runs still when the deployment fails is what failed.
    pub(super) fn report(
        &self,
        name: &str,
        duration: Duration,
        error: Option<&Error>,
    ) -> TestReport {
        self.with(|heard| {
            let mut results = heard.results.clone();
            if let (Some((number, _)), Some(error)) = (heard.running, error) {
                results[number].verdict = Verdict::Failed(error.clone());
            }
            TestReport {
                name: name.to_owned(),
                begun: heard.begun,
                duration,
                results,
                notes: Vec::new(),
                stopped: error.cloned(),
            }
        })
    }

    fn with<T>(&self, look: impl FnOnce(&mut Heard) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Heard {
    fn start(&mut self, mark: &Mark) {
        let behind = self.results.iter().skip(self.next).position(|it| it.path == mark.path);
        if let Some(found) = behind {
            self.next += found;
            self.running = Some((self.next, mark.at));
        }
    }

    fn end(&mut self, at: f64) {
        if let Some((number, since)) = self.running.take() {
            self.results[number].verdict = Verdict::Passed;
            self.results[number].duration = Duration::from_secs_f64((at - since).max(0.0));
            self.next = number + 1;
        }
    }
}
