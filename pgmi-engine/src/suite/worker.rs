//! One session that runs groups of tests: fixtures of the folders on the way, then the tests, each rolled
//! back to what its fixtures left.

use std::time::Duration;

use super::SuiteRequest;
use super::explain::verdict;
use super::plan::Plan;
use super::schedule::{Group, Schedule};
use super::session::Trouble;
use super::stage::{Ready, Stage};
use crate::Result;
use crate::report::Verdict;
use crate::session::Interrupt;

/// How one step went.
pub(super) struct Done {
    /// In [`Plan::steps`].
    pub(super) step: usize,
    pub(super) verdict: Verdict,
    pub(super) duration: Duration,
    pub(super) notices: Vec<String>,
}

/// What a worker works with.
pub(super) struct Worker<'a> {
    pub(super) request: &'a SuiteRequest,
    pub(super) plan: &'a Plan,
    pub(super) schedule: &'a Schedule,
    pub(super) interrupt: &'a Interrupt,
    pub(super) stage: Stage<'a>,
    pub(super) ready: Option<Ready>,
    /// Folders whose fixtures have run in this session, the outermost first.
    pub(super) open: Vec<usize>,
}

/// How often a test that another one's crash took down is tried again.
const CRASHES: usize = 2;

impl Worker<'_> {
    /// Runs what is left, until nothing is.
    ///
    /// # Errors
    /// A session could not be made again.
    pub(super) fn work(&mut self, done: &mut dyn FnMut(Done)) -> Result<()> {
        while let Some(group) = self.schedule.take() {
            if self.interrupt.is_set() {
                break;
            }
            self.group(group, done)?;
        }
        // So that the lock is free when we say that we are done, and not a moment later; and nobody is in
        // the database when it is dropped.
        self.post("rollback; select pg_catalog.pg_advisory_unlock_all()");
        self.forget();
        Ok(())
    }

    fn group(&mut self, group: &Group, done: &mut dyn FnMut(Done)) -> Result<()> {
        let tests = &self.plan.folders[group.folder].tests[group.tests.clone()];
        for (at, &test) in tests.iter().enumerate() {
            if !self.schedule.wants(test) || self.interrupt.is_set() {
                return Ok(());
            }
            if let Some(broken) = self.test(group.folder, test, done)? {
                self.skip(&tests[at..], broken, done);
                return Ok(());
            }
        }
        Ok(())
    }

    /// Says of tests why they cannot run.
    fn skip(&self, tests: &[usize], broken: usize, done: &mut dyn FnMut(Done)) {
        let why = format!("its fixture {} failed", self.plan.steps[broken].path);
        for &step in tests {
            let verdict = Verdict::NotRun(why.clone());
            done(Done { step, verdict, duration: Duration::ZERO, notices: Vec::new() });
        }
    }

    /// Runs a test where it belongs. Returns the fixture that keeps it from running.
    pub(super) fn test(
        &mut self,
        folder: usize,
        test: usize,
        done: &mut dyn FnMut(Done),
    ) -> Result<Option<usize>> {
        // A test of another worker may take the server down; this one had no part in it.
        for patience in (0..=CRASHES).rev() {
            match self.enter(folder, patience, done)? {
                Entered::In => {}
                Entered::Not(broken) => return Ok(Some(broken)),
                Entered::Crashed => continue,
            }
            let Some(result) = self.run_file(test, patience) else { continue };
            if matches!(result.verdict, Verdict::Failed(_)) {
                self.schedule.failed(test);
            }
            done(result);
            let level = self.open.len().saturating_sub(1);
            self.post(&format!("rollback to savepoint __pgmi_t{level}__"));
            break;
        }
        Ok(None)
    }

    /// Leaves folders that are not on the way to this one, and runs the fixtures of those that are.
    fn enter(
        &mut self,
        folder: usize,
        patience: usize,
        done: &mut dyn FnMut(Done),
    ) -> Result<Entered> {
        let chain = self.plan.chain(folder);
        if self.ready.is_none() {
            self.ready = Some(self.stage.open(self.request, self.interrupt)?);
            self.open.clear();
        }
        let common = self.open.iter().zip(&chain).take_while(|(open, wanted)| open == wanted);
        let common = common.count();
        if common < self.open.len() {
            self.leave(common);
        }
        for &folder in chain.get(self.open.len()..).unwrap_or_default() {
            match self.set_up(folder, patience, done) {
                Entered::In => {}
                other => return Ok(other),
            }
        }
        Ok(if self.ready.is_some() { Entered::In } else { Entered::Crashed })
    }

    /// Undoes a folder and those below it.
    fn leave(&mut self, level: usize) {
        let name = format!("__pgmi_d{level}__");
        self.open.truncate(level);
        self.post(&format!("rollback to savepoint {name}; release savepoint {name}"));
    }

    /// Runs the fixtures of one folder.
    fn set_up(&mut self, folder: usize, patience: usize, done: &mut dyn FnMut(Done)) -> Entered {
        let level = self.open.len();
        let fixtures = &self.plan.folders[folder].fixtures;
        if let Some(&broken) = fixtures.iter().find(|&&fixture| self.schedule.is_broken(fixture)) {
            return Entered::Not(broken);
        }
        self.post(&format!("savepoint __pgmi_d{level}__"));
        for &fixture in fixtures {
            let Some(result) = self.run_file(fixture, patience) else { return Entered::Crashed };
            let failed = matches!(result.verdict, Verdict::Failed(_));
            done(result);
            if failed {
                self.schedule.fixture_failed(fixture);
                self.leave(level);
                return Entered::Not(fixture);
            }
        }
        self.post(&format!("savepoint __pgmi_t{level}__"));
        self.open.push(folder);
        Entered::In
    }

    /// Runs a file as `pgmi_test_generate` does, so that errors look the same. None when the server went
    /// down for a reason that is not this file's, and there is patience left.
    fn run_file(&mut self, step: usize, patience: usize) -> Option<Done> {
        let path = self.plan.steps[step].path.replace('\'', "''");
        let block = format!(
            "begin execute (select content from pg_temp.pgmi_test_source_view where path='{path}'); end"
        );
        let (duration, result) = self.run(&format!("do '{}';", block.replace('\'', "''")));
        let said = self.ready.as_ref().map(|ready| ready.session.notices.clone());
        let said = said.unwrap_or_default();
        let notices = said.take();
        let verdict = match result {
            Ok(()) => Verdict::Passed,
            Err(trouble) => {
                let is_innocent = matches!(trouble, Trouble::Unusable) || said.tell_of_crash();
                if matches!(trouble, Trouble::Lost(_) | Trouble::Unusable) {
                    self.forget();
                    if patience > 0 && is_innocent {
                        return None;
                    }
                }
                verdict(self.request, &self.plan.steps[step], trouble)
            }
        };
        Some(Done { step, verdict, duration, notices })
    }

    /// Sends a statement of our own. It fails only in a session that is of no more use.
    fn post(&mut self, sql: &str) {
        if let Some(ready) = &mut self.ready {
            ready.session.post(sql);
        }
    }

    /// The next test gets a new session.
    fn forget(&mut self) {
        self.ready = None;
        self.open.clear();
    }

    fn run(&mut self, sql: &str) -> (Duration, std::result::Result<(), Trouble>) {
        match &mut self.ready {
            Some(ready) => ready.session.run(sql, self.request.test_timeout, self.interrupt),
            None => (Duration::ZERO, Err(Trouble::Lost(None))),
        }
    }
}

/// Where a worker stands.
enum Entered {
    /// In the folder.
    In,
    /// This fixture failed.
    Not(usize),
    /// The server went down.
    Crashed,
}
