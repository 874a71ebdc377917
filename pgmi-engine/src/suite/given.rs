//! Tests in a database of the user's: what runs there is rolled back.

use super::plan::Plan;
use super::point::Point;
use super::run::Run;
use super::schedule::Schedule;
use super::stage::Stage;
use super::{Progress, SuiteRequest};
use crate::connection::Target;
use crate::diagnostic::{Code, Diagnostic};
use crate::report::TestReport;
use crate::session::Interrupt;
use crate::{Error, Result};

/// Runs the tests of a project in a database that exists, one after the other, and rolls everything back.
///
/// By default `deploy.sql` runs first, until it calls the tests. `as_it_is` leaves that out: the tests
/// then say whether what is deployed there already does what it should.
///
/// # Errors
/// [`Code::TestMacro`] when `deploy.sql` commits before it calls its tests, which cannot be rolled back;
/// connection errors; what `deploy.sql` meets until the call; [`Code::NoTests`].
pub fn run_in(
    request: &SuiteRequest,
    target: &Target,
    as_it_is: bool,
    progress: Progress<'_>,
    interrupt: &Interrupt,
) -> Result<TestReport> {
    let points = match as_it_is {
        true => vec![Point::default()],
        false => Point::all(&request.project)?,
    };
    let mut run = Run::new(request, progress, interrupt);
    for point in &points {
        check(request, point)?;
        let stage = Stage::Given { target, point: (!as_it_is).then_some(point) };
        let mut prepared = stage.prepare(request)?;
        let plan = Plan::read(&mut prepared.opened.client, request, point)?;
        let ready = stage.enter(prepared, request, interrupt)?;
        let schedule = Schedule::new(&plan, 1, request.keep_going);
        run.suite(&plan, &schedule, vec![Box::new(|| Ok((stage, Some(ready))))]);
        if run.is_over() {
            break;
        }
    }
    run.finish()
}

/// What is before the call must be one transaction.
fn check(request: &SuiteRequest, point: &Point) -> Result<()> {
    let Some(script) = request.project.deploy_script() else { return Ok(()) };
    let (Some(call), Some(commit)) = (point.call.clone(), script.terminator()) else {
        return Ok(());
    };
    if call.start < commit.start {
        return Ok(());
    }
    Err(Error::from(
        Diagnostic::error(
            Code::TestMacro,
            "deploy.sql commits before it calls these tests, so they cannot run without deploying for real",
        )
        .at(&script.source, call, "called here")
        .and_at(&script.source, commit, "committed here")
        .help("let them run in throwaway databases: leave the connection out")
        .help("or run them against what is deployed there already: --as-it-is"),
    ))
}
