//! Tests in throwaway databases: copies of what `deploy.sql` makes until it calls them.

use super::plan::Plan;
use super::point::{Point, SAVEPOINT};
use super::run::{Run, Start};
use super::schedule::Schedule;
use super::stage::{Prepared, Ready, Stage, interrupted};
use super::state::{State, capture};
use super::{Progress, SuiteRequest};
use crate::Result;
use crate::project::{OpenOptions, Parameters, Project};
use crate::report::TestReport;
use crate::session::{Events, Interrupt};
use crate::shadow::{Shadows, Template};

/// Runs the tests of a project in throwaway databases.
///
/// # Errors
/// What keeps the project from being deployed, with file, line and column;
/// [`crate::diagnostic::Code::NoTests`]; no server. A test that fails is in the report.
pub fn run_on_copies(
    request: &SuiteRequest,
    shadows: &Shadows,
    events: &Events,
    progress: Progress<'_>,
    interrupt: &Interrupt,
) -> Result<TestReport> {
    let mut run = Run::new(request, progress, interrupt);
    let copies = Copies { request, shadows, events, interrupt };
    let points = Point::all(&request.project)?;
    let mut all = Plan::default();
    for point in &points {
        let template = copies.template(point)?;
        all = copies.run_at(point, &template, &mut run)?;
        if run.is_over() {
            break;
        }
    }
    run.add_uncalled(&all);
    run.finish()
}

/// How many tests there must be for each worker that gets its place before the plan is known.
const EARLY_TESTS: usize = 8;

pub(super) struct Copies<'a> {
    pub(super) request: &'a SuiteRequest,
    pub(super) shadows: &'a Shadows,
    pub(super) events: &'a Events,
    pub(super) interrupt: &'a Interrupt,
}

impl Copies<'_> {
    /// The database as it is at the point, with the state of the session noted in it.
    pub(super) fn template(&self, point: &Point) -> Result<Template> {
        let project = &self.request.project;
        let until = match &point.call {
            Some(_) => point.project(project, &format!("{SAVEPOINT}\n{}", capture(project)))?,
            None => project.clone(),
        };
        let parameters = &self.request.parameters;
        let template = self.shadows.template(&until, parameters, self.events, self.interrupt);
        template.map_err(|error| point.explain(project, error))
    }

    /// Runs what one call selects. Returns the plan of all tests that there are.
    fn run_at(&self, point: &Point, template: &Template, run: &mut Run<'_>) -> Result<Plan> {
        std::thread::scope(|scope| {
            // Their copies are made while the first worker reads the plan; how many will find work is
            // certain enough where nothing is left out.
            let early: Vec<_> = (1..self.certain_workers(point))
                .map(|_| scope.spawn(|| self.place(template)))
                .collect();
            let stage = self.copy(template)?;
            let mut prepared = stage.prepare(self.request)?;
            let client = &mut prepared.opened.client;
            let all = Plan::read(client, self.request, &Point::default())?;
            let plan = match point.pattern {
                Some(_) => Plan::read(client, self.request, point)?,
                None => all.clone(),
            };
            if self.replays(point, &plan, &mut prepared, run)? {
                return Ok(all);
            }
            let schedule = Schedule::new(&plan, self.request.jobs, self.request.keep_going);
            let workers = self.request.jobs.min(schedule.len()).max(1);
            let ready = stage.enter(prepared, self.request, self.interrupt)?;
            let first: Start<'_> = Box::new(|| Ok((stage, Some(ready))));
            let early = early.into_iter().map(|place| -> Start<'_> {
                Box::new(|| place.join().unwrap_or_else(|_| Err(interrupted())))
            });
            let late = std::iter::repeat_with(|| -> Start<'_> {
                Box::new(|| Ok((self.copy(template)?, None)))
            });
            let starts = std::iter::once(first).chain(early).chain(late).take(workers).collect();
            run.suite(&plan, &schedule, starts);
            Ok(all)
        })
    }

    /// How many workers there will be for sure: tests of a group run in a row, and a filter may leave few.
    fn certain_workers(&self, point: &Point) -> usize {
        let all = self.request.filter.is_none() && point.pattern.is_none();
        let tests = self.request.project.test_files.len();
        if all { self.request.jobs.min(tests / EARLY_TESTS) } else { 1 }
    }

    fn copy(&self, template: &Template) -> Result<Stage<'_>> {
        Ok(Stage::Copy(Box::new(self.shadows.copy(template)?)))
    }

    /// A copy, and a session in it that is ready for tests.
    fn place(&self, template: &Template) -> Result<(Stage<'_>, Option<Ready>)> {
        let stage = self.copy(template)?;
        let ready = stage.open(self.request, self.interrupt)?;
        Ok((stage, Some(ready)))
    }

    /// Whether the session of `deploy.sql` holds what no copy can have: then the tests run in it.
    fn replays(
        &self,
        point: &Point,
        plan: &Plan,
        prepared: &mut Prepared,
        run: &mut Run<'_>,
    ) -> Result<bool> {
        let state = State::read(&mut prepared.opened.client)?;
        let Some(obstacle) = state.unportable().first() else { return Ok(false) };
        run.note(format!(
            "deploy.sql leaves the {obstacle} to its tests, which only its own session has: \
             they ran in it, one after the other"
        ));
        let schedule = Schedule::new(plan, 1, self.request.keep_going);
        let stage = Stage::Replay { shadows: self.shadows, empty: self.empty()?, point };
        run.suite(plan, &schedule, vec![Box::new(|| Ok((stage, None)))]);
        Ok(true)
    }

    /// A template with nothing in it.
    pub(super) fn empty(&self) -> Result<Template> {
        let nothing = Project::from_files([("deploy.sql", "")], &OpenOptions::default())?;
        self.shadows.template(&nothing, &Parameters::default(), self.events, self.interrupt)
    }
}
