//! SQL tests run one by one, outside of a deployment: each with its verdict, its duration and what it said.
//!
//! A suite runs where `deploy.sql` calls it: on what has been deployed until then, in a session that
//! looks like the one of the deployment. Tests and fixtures mean what they mean there: a test starts from
//! what its fixtures left, and is rolled back.
//!
//! ```text
//! CALL pgmi_test ─► point ─► template of what is before it ─► a copy for each worker ─┐
//!                                                                                     ├─► groups of tests ─► report
//! session of deploy.sql, if a copy cannot have what is in it ─────────────────────────┘
//! ```

mod copies;
mod explain;
mod given;
mod plan;
mod point;
mod run;
mod schedule;
mod session;
mod single;
mod stage;
mod state;
mod worker;

use std::time::Duration;

use crate::project::{Parameters, Project};
use crate::report::TestResult;

pub use copies::run_on_copies;
pub use given::run_in;
pub use single::SingleTests;

/// Which tests to run, and how.
#[derive(Clone, Debug)]
pub struct SuiteRequest {
    /// What the report calls it.
    pub name: String,
    /// With a `deploy.sql`, whose test calls say when to run what.
    pub project: Project,
    pub parameters: Parameters,
    /// A POSIX regular expression: of the tests that `deploy.sql` calls, those whose path matches.
    pub filter: Option<String>,
    /// Go on behind a test that fails.
    pub keep_going: bool,
    /// How many run at once; at least 1.
    pub jobs: usize,
    /// How long one file may take; `None` for as long as it takes.
    pub test_timeout: Option<Duration>,
}

/// Who is told of each result, in the order of the report, as soon as all before it are known.
pub type Progress<'a> = &'a dyn Fn(&TestResult);
