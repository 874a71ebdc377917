//! Who runs what next, so that any number of workers comes to the report of one.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::plan::Plan;

/// Tests of one folder that one worker runs in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) folder: usize,
    /// In [`super::plan::Folder::tests`].
    pub(super) tests: Range<usize>,
}

/// How many groups a worker gets at least, so that none waits long for another at the end.
const GROUPS_EACH: usize = 8;

/// What is left to do. Groups are handed out in the order of the plan.
pub(super) struct Schedule {
    groups: Vec<Group>,
    next: AtomicUsize,
    /// The smallest number of a step that failed; nothing behind it runs, unless all are wanted.
    first_failure: AtomicUsize,
    keep_going: bool,
    broken_fixtures: Mutex<BTreeSet<usize>>,
}

impl Schedule {
    pub(super) fn new(plan: &Plan, jobs: usize, keep_going: bool) -> Self {
        Self {
            groups: groups(plan, plan.tests().div_ceil(jobs.max(1) * GROUPS_EACH).max(1)),
            next: AtomicUsize::new(0),
            first_failure: AtomicUsize::new(usize::MAX),
            keep_going,
            broken_fixtures: Mutex::default(),
        }
    }

    /// How many groups there are, and so how many workers find work.
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// The next group that nobody has.
    pub(super) fn take(&self) -> Option<&Group> {
        self.groups.get(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether a serial run would come to this step.
    pub(super) fn wants(&self, step: usize) -> bool {
        self.keep_going || step <= self.first_failure.load(Ordering::Relaxed)
    }

    /// Notes that a step failed.
    pub(super) fn failed(&self, step: usize) {
        self.first_failure.fetch_min(step, Ordering::Relaxed);
    }

    /// Notes that a fixture failed, so that nobody tries it again.
    pub(super) fn fixture_failed(&self, step: usize) {
        self.failed(step);
        self.broken_fixtures.lock().unwrap_or_else(PoisonError::into_inner).insert(step);
    }

    /// Whether a fixture failed for somebody.
    pub(super) fn is_broken(&self, fixture: usize) -> bool {
        self.broken_fixtures.lock().unwrap_or_else(PoisonError::into_inner).contains(&fixture)
    }
}

fn groups(plan: &Plan, most: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (folder, of) in plan.folders.iter().enumerate() {
        let starts = (0..of.tests.len()).step_by(most);
        groups
            .extend(starts.map(|at| Group { folder, tests: at..(at + most).min(of.tests.len()) }));
    }
    // Folders are found in the order of the plan, but for one that has only tests below it.
    groups.sort_by_key(|group| plan.folders[group.folder].tests[group.tests.start]);
    groups
}
