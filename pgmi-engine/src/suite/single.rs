//! One SQL test at a time, by its path, for a test runner that decides itself what runs when.
//!
//! What is the same for all of them is made once: the database as it is where `deploy.sql` calls the tests,
//! the plan, and sessions, which go from test to test: each leaves one as it found it.

use std::sync::{Mutex, PoisonError};

use super::SuiteRequest;
use super::copies::Copies;
use super::plan::Plan;
use super::point::Point;
use super::schedule::Schedule;
use super::stage::{Copied, Ready, Stage};
use super::state::State;
use super::worker::{Done, Worker};
use crate::connection::{Environment, Target};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::Verdict;
use crate::session::{Events, Interrupt};
use crate::shadow::stock::{Answer, Loan, StockAddress};
use crate::shadow::{Shadows, Template};
use crate::{Error, Result};

/// The tests of a project, each of which can be run by itself, from several threads.
pub struct SingleTests {
    request: SuiteRequest,
    copies: Source,
    calls: Vec<Call>,
    interrupt: Interrupt,
}

/// Where copies come from.
enum Source {
    Made(Box<Shadows>),
    /// Lent: each session leaves its database as it was.
    Stock(StockAddress, Environment),
}

/// A place of `deploy.sql` that calls tests.
struct Call {
    point: Point,
    /// What its sessions are in.
    ground: Ground,
    plan: Plan,
    schedule: Schedule,
    idle: Mutex<Vec<Idle>>,
}

/// Where the tests of a call run.
enum Ground {
    /// In copies of this.
    Copies(Template),
    /// In copies of the template of this name, which the stock has.
    Lent(String),
    /// In a copy of this, in which `deploy.sql` runs until the call.
    Empty(Template),
}

/// A session that waits for the next test. It ends before its database goes back.
struct Idle {
    ready: Ready,
    stage: Stage<'static>,
    open: Vec<usize>,
}

impl SingleTests {
    /// Brings a throwaway database to each place where tests are called. The request's filter and number of
    /// jobs do not matter.
    ///
    /// # Errors
    /// What keeps the project from being deployed, with file, line and column.
    pub fn prepare(request: SuiteRequest, shadows: Shadows, events: &Events) -> Result<Self> {
        let request = SuiteRequest { filter: None, keep_going: true, ..request };
        let interrupt = Interrupt::default();
        let copies = Copies { request: &request, shadows: &shadows, events, interrupt: &interrupt };
        let calls = Point::all(&request.project)?.into_iter().map(|point| call(&copies, point));
        let calls = calls.collect::<Result<Vec<Call>>>()?;
        Ok(Self { request, copies: Source::Made(Box::new(shadows)), calls, interrupt })
    }

    /// The names of the templates for each place, so that others can go on from there: see
    /// [`SingleTests::recall`]. None where copies cannot have what the deployment's session has.
    pub fn templates(&self) -> Option<Vec<String>> {
        let name = |call: &Call| match &call.ground {
            Ground::Copies(template) => Some(template.name().to_owned()),
            Ground::Lent(name) => Some(name.clone()),
            Ground::Empty(_) => None,
        };
        self.calls.iter().map(name).collect()
    }

    /// The same tests in copies from the stock, of templates that were made for this very project. None when
    /// the stock does not have them.
    ///
    /// # Errors
    /// A database that cannot be copied, a session that cannot be prepared.
    pub fn recall(
        request: SuiteRequest,
        templates: &[String],
        stock: &StockAddress,
        environment: &Environment,
    ) -> Result<Option<Self>> {
        let request = SuiteRequest { filter: None, keep_going: true, ..request };
        let (points, interrupt) = (Point::all(&request.project)?, Interrupt::default());
        if points.len() != templates.len() {
            return Ok(None);
        }
        let mut calls = Vec::new();
        for (point, template) in points.into_iter().zip(templates) {
            let Some(lent) = Lent::ask(stock, template, environment)? else { return Ok(None) };
            let stage = Stage::Copy(Box::new(lent));
            let mut prepared = stage.prepare(&request)?;
            let plan = Plan::read(&mut prepared.opened.client, &request, &point)?;
            let ready = stage.enter(prepared, &request, &interrupt)?;
            let idle = Mutex::new(vec![Idle { stage, ready, open: Vec::new() }]);
            let schedule = Schedule::new(&plan, 1, true);
            let ground = Ground::Lent(template.clone());
            calls.push(Call { point, ground, plan, schedule, idle });
        }
        let copies = Source::Stock(stock.clone(), environment.clone());
        Ok(Some(Self { request, copies, calls, interrupt }))
    }

    /// The paths of all test files there are now, called or not.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let tests = self.request.project.test_files.iter();
        tests.filter(|file| !file.path.is_fixture()).map(|file| file.path.as_str())
    }

    /// Runs one test, below its fixtures. `told` hears what it and they said.
    ///
    /// # Errors
    /// What the test, or a fixture of it, failed with; [`Code::NoTests`] when `deploy.sql` does not call it.
    pub fn run(&'static self, path: &str, told: &mut dyn FnMut(&str)) -> Result<()> {
        let Some((call, folder, test)) = self.find(path) else {
            return Err(self.not_called(path).into());
        };
        let mut worker = self.worker(call)?;
        let mut failed = None;
        let mut done = |it: Done| {
            it.notices.iter().for_each(|notice| told(notice));
            if let Verdict::Failed(error) = it.verdict {
                failed = Some(error);
            }
        };
        let broken = worker.test(folder, test, &mut done)?;
        let Worker { stage, ready, open, .. } = worker;
        if let Some(ready) = ready {
            let mut idle = call.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(Idle { stage, ready, open });
        }
        match (failed, broken) {
            (Some(error), _) => Err(error),
            (None, Some(fixture)) => {
                let fixture = &call.plan.steps[fixture].path;
                let message =
                    format!("not run: its fixture {fixture} failed, as another test says");
                Err(Diagnostic::error(Code::TestFailed, message).into())
            }
            (None, None) => Ok(()),
        }
    }

    /// Ends the sessions that wait, so that others get what they were in.
    pub fn close(&self) {
        for call in &self.calls {
            call.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }

    fn find(&self, path: &str) -> Option<(&Call, usize, usize)> {
        self.calls.iter().find_map(|call| {
            let is_it = |step: &usize| call.plan.steps[*step].path == path;
            let folders = call.plan.folders.iter().enumerate();
            folders.into_iter().find_map(|(number, folder)| {
                Some((call, number, *folder.tests.iter().find(|step| is_it(step))?))
            })
        })
    }

    /// One whose session waits, else a new one.
    fn worker(&'static self, call: &'static Call) -> Result<Worker<'static>> {
        let idle = call.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (stage, ready, open) = match idle {
            Some(Idle { stage, ready, open }) => (stage, Some(ready), open),
            None => (self.stage(call)?, None, Vec::new()),
        };
        Ok(Worker {
            request: &self.request,
            plan: &call.plan,
            schedule: &call.schedule,
            interrupt: &self.interrupt,
            stage,
            ready,
            open,
        })
    }

    fn stage(&'static self, call: &'static Call) -> Result<Stage<'static>> {
        match (&call.ground, &self.copies) {
            (Ground::Copies(template), Source::Made(shadows)) => {
                Ok(Stage::Copy(Box::new(shadows.copy(template)?)))
            }
            (Ground::Empty(empty), Source::Made(shadows)) => {
                Ok(Stage::Replay { shadows, empty: empty.clone(), point: &call.point })
            }
            (Ground::Lent(name), Source::Stock(stock, environment)) => {
                let lent = Lent::ask(stock, name, environment)?;
                lent.map(|lent| Stage::Copy(Box::new(lent))).ok_or_else(gone)
            }
            _ => Err(gone()),
        }
    }

    fn not_called(&self, path: &str) -> Diagnostic {
        match self.paths().any(|it| it == path) {
            true => {
                let message =
                    format!("{path} does not run: no CALL pgmi_test of deploy.sql selects it");
                Diagnostic::error(Code::NoTests, message)
            }
            false => {
                let message = format!("{path} is not there any more");
                Diagnostic::error(Code::NoTests, message).help("compile the tests anew")
            }
        }
    }
}

/// A copy from the stock, which gets it back: its session ended with a rollback.
struct Lent {
    loan: Loan,
    target: Target,
}

impl Lent {
    /// None when the stock does not have it.
    fn ask(
        stock: &StockAddress,
        template: &str,
        environment: &Environment,
    ) -> Result<Option<Self>> {
        let Answer::Database(loan) = stock.ask(template, true)? else { return Ok(None) };
        let target = loan.target(environment)?;
        Ok(Some(Self { loan, target }))
    }
}

impl Copied for Lent {
    fn target(&self) -> &Target {
        &self.target
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.loan.say_clean(true);
    }
}

fn gone() -> Error {
    Diagnostic::error(Code::DatabaseSetup, "the template of the SQL tests is gone").into()
}

fn call(copies: &Copies<'_>, point: Point) -> Result<Call> {
    let template = copies.template(&point)?;
    let stage = Stage::Copy(Box::new(copies.shadows.copy(&template)?));
    let mut prepared = stage.prepare(copies.request)?;
    let plan = Plan::read(&mut prepared.opened.client, copies.request, &point)?;
    let is_portable = State::read(&mut prepared.opened.client)?.unportable().is_empty();
    let (ground, idle) = match is_portable {
        true => {
            let ready = stage.enter(prepared, copies.request, copies.interrupt)?;
            (Ground::Copies(template), vec![Idle { stage, ready, open: Vec::new() }])
        }
        false => (Ground::Empty(copies.empty()?), Vec::new()),
    };
    let schedule = Schedule::new(&plan, 1, true);
    Ok(Call { point, ground, plan, schedule, idle: Mutex::new(idle) })
}

impl std::fmt::Debug for SingleTests {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SingleTests").field("name", &self.request.name).finish_non_exhaustive()
    }
}
