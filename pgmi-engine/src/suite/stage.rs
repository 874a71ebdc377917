//! Sessions for tests: how each of them comes to the place where the tests begin.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::SuiteRequest;
use super::point::{Point, SAVEPOINT};
use super::session::{Notices, TestSession, Trouble};
use super::state::State;
use crate::connection::Target;
use crate::diagnostic::{Code, Diagnostic};
use crate::session::{
    Event, Events, Failure, How, Interrupt, Opened, SendError, Watch, connect, prepare,
};
use crate::shadow::{Shadow, Shadows, Template};
use crate::{Error, Result};

/// How long a server process that was ended may hold on to its lock.
const LINGER: Duration = Duration::from_secs(10);

/// How long a server that crashed may take to come back.
const RECOVERY: Duration = Duration::from_secs(20);

/// Where sessions come from.
pub(super) enum Stage<'a> {
    /// A copy of what is deployed until the point, in a state that was noted.
    Copy(Box<dyn Copied>),
    /// An empty database for each session; `deploy.sql` runs in it until the point.
    Replay { shadows: &'a Shadows, empty: Template, point: &'a Point },
    /// A database of the user's; the head of `deploy.sql` runs in it until the point, and is never
    /// committed. Without a point, the database as it is.
    Given { target: &'a Target, point: Option<&'a Point> },
}

/// A database that is a copy of a template, for as long as this lives.
pub(super) trait Copied: Send {
    fn target(&self) -> &Target;
}

impl Copied for Shadow {
    fn target(&self) -> &Target {
        self.target()
    }
}

/// A session, and what must live as long as it.
pub(super) struct Ready {
    pub(super) session: TestSession,
    _database: Option<Shadow>,
}

/// A session before its tests.
pub(super) struct Prepared {
    pub(super) opened: Opened,
    notices: Notices,
    database: Option<Shadow>,
}

impl<'a> Stage<'a> {
    /// Connects, and loads the project.
    ///
    /// # Errors
    /// As a deployment until it executes `deploy.sql`.
    pub(super) fn prepare(&self, request: &SuiteRequest) -> Result<Prepared> {
        self.prepare_within(request, Duration::ZERO)
    }

    /// `lock_wait` is for a database of the user's, where somebody may be deploying.
    fn prepare_within(&self, request: &SuiteRequest, lock_wait: Duration) -> Result<Prepared> {
        match self {
            Self::Copy(copy) => open(copy.target(), request, LINGER, None),
            Self::Replay { shadows, empty, .. } => {
                let database = shadows.copy(empty)?;
                open(&database.target().clone(), request, LINGER, Some(database))
            }
            Self::Given { target, .. } => open(target, request, lock_wait, None),
        }
    }

    /// A session in which tests can begin, in place of one that ended.
    ///
    /// # Errors
    /// As [`Stage::prepare`] and [`Stage::enter`].
    pub(super) fn open(&self, request: &SuiteRequest, interrupt: &Interrupt) -> Result<Ready> {
        let begin = Instant::now();
        loop {
            let prepared = self.prepare_within(request, LINGER);
            match prepared.and_then(|prepared| self.enter(prepared, request, interrupt)) {
                Ok(ready) => return Ok(ready),
                // A server that crashed recovers first; a pipe or a socket may break on the way.
                Err(error) if may_pass(&error) && begin.elapsed() < RECOVERY => {
                    std::thread::sleep(RECOVERY / 100);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Brings a session to where its tests begin.
    ///
    /// # Errors
    /// What keeps `deploy.sql` from coming to the point.
    pub(super) fn enter(
        &self,
        mut prepared: Prepared,
        request: &SuiteRequest,
        interrupt: &Interrupt,
    ) -> Result<Ready> {
        if matches!(self, Self::Copy(_)) {
            State::read(&mut prepared.opened.client)?.restore(&mut prepared.opened.client)?;
        }
        if matches!(self, Self::Given { point: None, .. }) {
            State::default().restore(&mut prepared.opened.client)?;
        }
        let mut session = TestSession::new(prepared.opened, prepared.notices);
        if let Some(point) = self.point() {
            execute(&mut session, request, point, interrupt)?;
        }
        // What was said until here is not the tests'.
        session.notices.take();
        Ok(Ready { session, _database: prepared.database })
    }

    fn point(&self) -> Option<&'a Point> {
        match self {
            Self::Copy(_) => None,
            Self::Replay { point, .. } => Some(point),
            Self::Given { point, .. } => *point,
        }
    }
}

fn open(
    target: &Target,
    request: &SuiteRequest,
    lock_wait: Duration,
    database: Option<Shadow>,
) -> Result<Prepared> {
    let notices = Notices::default();
    let heard = notices.clone();
    let events: Events = Arc::new(move |event| {
        if let Event::Notice(notice) = event {
            heard.add(&notice);
        }
    });
    let mut opened = connect(target, &events, &Watch::default())?;
    let how = How { verbose: false, skip_tests: true, marks: None, lock_wait };
    prepare(&mut opened, &request.project, &request.parameters, &how)?;
    Ok(Prepared { opened, notices, database })
}

/// Sends `deploy.sql` until the point, the transaction of the tests left open.
fn execute(
    session: &mut TestSession,
    request: &SuiteRequest,
    point: &Point,
    interrupt: &Interrupt,
) -> Result<()> {
    let project = point.project(&request.project, SAVEPOINT)?;
    let Some(script) = project.deploy_script().map(|script| script.without_tests()) else {
        return Ok(());
    };
    if point.needs_begin(&project) {
        let (_, begun) = session.run("begin", None, interrupt);
        begun.map_err(|_| interrupted())?;
    }
    for (number, unit) in script.units.iter().enumerate() {
        let (_, sent) = session.run(script.text_of(unit, &project.files), None, interrupt);
        sent.map_err(|trouble| {
            let error = match trouble {
                Trouble::Refused(error) | Trouble::Lost(Some(error)) => SendError::Refused(error),
                Trouble::Interrupted
                | Trouble::TimedOut(_)
                | Trouble::Lost(None)
                | Trouble::Unusable => {
                    return interrupted();
                }
            };
            let (project, parameters) = (&project, &request.parameters);
            let failure = Failure { project, script: &script, parameters, unit: number };
            point.explain(&request.project, failure.explain(&error).0)
        })?;
    }
    Ok(())
}

/// Whether a server that goes down, or comes up, is the reason: wherever in its preparation that met the
/// session.
fn may_pass(error: &Error) -> bool {
    match error.sqlstate() {
        Some(state) => state.starts_with("57P0"),
        None => matches!(error.code(), Code::ConnectionFailed | Code::ConnectionLost),
    }
}

pub(super) fn interrupted() -> Error {
    Diagnostic::error(Code::Interrupted, "interrupted").into()
}
