//! Tests in throwaway databases: copies of what `deploy.sql` makes until it calls them.

use super::plan::Plan;
use super::point::{Point, SAVEPOINT};
use super::run::{Run, Start};
use super::schedule::Schedule;
use super::stage::{Prepared, Stage};
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
        let stage = Stage::Copy(Box::new(shadows.copy(&template)?));
        let mut prepared = stage.prepare(request)?;
        all = Plan::read(&mut prepared.opened.client, request, &Point::default())?;
        let plan = Plan::read(&mut prepared.opened.client, request, point)?;
        copies.run_at(point, &template, &plan, (stage, prepared), &mut run)?;
        if run.is_over() {
            break;
        }
    }
    run.add_uncalled(&all);
    run.finish()
}

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

    fn run_at(
        &self,
        point: &Point,
        template: &Template,
        plan: &Plan,
        (stage, mut prepared): (Stage<'_>, Prepared),
        run: &mut Run<'_>,
    ) -> Result<()> {
        let state = State::read(&mut prepared.opened.client)?;
        if let Some(obstacle) = state.unportable().first() {
            run.note(format!(
                "deploy.sql leaves the {obstacle} to its tests, which only its own session has: \
                 they ran in it, one after the other"
            ));
            drop((stage, prepared));
            let schedule = Schedule::new(plan, 1, self.request.keep_going);
            let stage = Stage::Replay { shadows: self.shadows, empty: self.empty()?, point };
            run.suite(plan, &schedule, vec![(stage, None)]);
            return Ok(());
        }
        let schedule = Schedule::new(plan, self.request.jobs, self.request.keep_going);
        let more = self.request.jobs.min(schedule.len()).saturating_sub(1);
        let ready = stage.enter(prepared, self.request, self.interrupt)?;
        let mut starts: Vec<Start<'_>> = vec![(stage, Some(ready))];
        for _ in 0..more {
            starts.push((Stage::Copy(Box::new(self.shadows.copy(template)?)), None));
        }
        run.suite(plan, &schedule, starts);
        Ok(())
    }

    /// A template with nothing in it.
    pub(super) fn empty(&self) -> Result<Template> {
        let nothing = Project::from_files([("deploy.sql", "")], &OpenOptions::default())?;
        self.shadows.template(&nothing, &Parameters::default(), self.events, self.interrupt)
    }
}
