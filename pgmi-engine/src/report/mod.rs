//! How SQL tests went, as data, and as the reports that CI systems read.
//!
//! Nothing here writes a file: a [`Format`] turns a [`TestReport`] into text, the doors put it somewhere.

mod json;
mod junit;
mod tap;
mod time;

pub use json::as_json;

use std::time::{Duration, SystemTime};

use crate::Error;
use crate::diagnostic::{Diagnostic, render};

/// Everything that was run, in the order of the test plan.
#[derive(Clone, Debug)]
pub struct TestReport {
    /// What was tested: the project's or the database's name.
    pub name: String,
    pub begun: SystemTime,
    pub duration: Duration,
    pub results: Vec<TestResult>,
    /// What the reader should know about the run.
    pub notes: Vec<String>,
    /// Why the run ended before its time.
    pub stopped: Option<Error>,
}

/// What kind of file it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `_setup.sql`: runs before the tests of its folder and below.
    Fixture,
    Test,
}

/// One file of the plan.
#[derive(Clone, Debug)]
pub struct TestResult {
    pub kind: Kind,
    /// `./__test__/orders/test_total.sql`.
    pub path: String,
    /// `./__test__/orders/`.
    pub directory: String,
    pub verdict: Verdict,
    /// As long as PostgreSQL took, seen by the client; zero for what was not run.
    pub duration: Duration,
    /// What it said with RAISE, and what PostgreSQL noticed.
    pub notices: Vec<String>,
}

/// How it went.
#[derive(Clone, Debug)]
pub enum Verdict {
    Passed,
    /// Why, with the place in the file.
    Failed(Error),
    /// Why not.
    NotRun(String),
}

/// How many files ended how; fixtures count only where they fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
    pub not_run: usize,
}

impl Counts {
    /// All of them.
    pub fn total(self) -> usize {
        self.passed + self.failed + self.not_run
    }

    fn of<'a>(results: impl IntoIterator<Item = &'a TestResult>) -> Self {
        let mut counts = Self::default();
        for result in results.into_iter().filter(|result| result.is_told()) {
            match result.verdict {
                Verdict::Passed => counts.passed += 1,
                Verdict::Failed(_) => counts.failed += 1,
                Verdict::NotRun(_) => counts.not_run += 1,
            }
        }
        counts
    }
}

impl TestReport {
    /// Files by how they ended.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.results)
    }

    /// Whether nothing failed, and nothing kept the run from its end.
    pub fn is_good(&self) -> bool {
        self.stopped.is_none() && self.failures().next().is_none()
    }

    /// Why what failed did so, in order.
    pub fn failures(&self) -> impl Iterator<Item = &Error> {
        self.results.iter().filter_map(|result| match &result.verdict {
            Verdict::Failed(error) => Some(error),
            Verdict::Passed | Verdict::NotRun(_) => None,
        })
    }

    /// Folders in order, each with what reports tell of it. A folder whose tests stand apart in the
    /// plan, because those of a folder below run in between, comes once.
    fn by_directory(&self) -> Vec<(&str, Vec<&TestResult>)> {
        let mut folders: Vec<(&str, Vec<&TestResult>)> = Vec::new();
        for result in self.results.iter().filter(|result| result.is_told()) {
            match folders.iter_mut().find(|(directory, _)| *directory == result.directory) {
                Some((_, results)) => results.push(result),
                None => folders.push((&result.directory, vec![result])),
            }
        }
        folders
    }
}

impl TestResult {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.strip_prefix(self.directory.as_str()).unwrap_or(&self.path)
    }

    /// A fixture that works is no test: it is told of only when it fails.
    fn is_told(&self) -> bool {
        self.kind == Kind::Test || matches!(self.verdict, Verdict::Failed(_))
    }
}

/// A kind of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The XML that Jenkins, GitLab and most others read.
    Junit,
    /// Test Anything Protocol, version 14.
    Tap,
    /// One object, with everything that is known.
    Json,
}

impl Format {
    /// Every format with its name on the command line.
    pub const ALL: [(&str, Self); 3] =
        [("junit", Self::Junit), ("tap", Self::Tap), ("json", Self::Json)];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Junit => "junit",
            Self::Tap => "tap",
            Self::Json => "json",
        }
    }

    /// The report as text, with a newline at its end.
    pub fn write(self, report: &TestReport) -> String {
        match self {
            Self::Junit => junit::write(report),
            Self::Tap => tap::write(report),
            Self::Json => json::write(report),
        }
    }
}

/// What a failure says in full, without colours.
fn explanation(error: &Error) -> String {
    let shown = error.diagnostics().iter().map(|finding| render::render(finding, false));
    shown.collect::<Vec<_>>().join("\n")
}

/// `./__test__/a.sql:3:14`, if the finding knows a place.
pub fn place(finding: &Diagnostic) -> Option<String> {
    let place = finding.place()?;
    let at = place.source.line_column(place.span.start);
    Some(format!("{}:{}:{}", place.source.name(), at.line, at.column))
}

#[cfg(test)]
mod tests;
