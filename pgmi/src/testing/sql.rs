//! SQL tests as tests of Rust.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::suite::SingleTests;

use super::case::Case;
use super::conclude::{fail, say};
use super::error::TestDatabaseError;
use super::source::{IntoError, lock, request};
use super::stockkeeper;

type Key = (Option<&'static str>, &'static [(&'static str, &'static str)]);

/// The tests of a project, or what kept them from being prepared, and which test said so in full.
type Prepared = Result<&'static SingleTests, (TestDatabaseError, &'static str)>;

/// Runs a SQL test; it fails the way a test of Rust does.
pub fn sql_test(case: &'static Case, path: &str) {
    conclude(case, |tests| Ok(tests.run(path, &mut |notice| say(notice))?));
}

/// Fails when there are other test files than when this was compiled.
pub fn sql_tests_are(case: &'static Case, paths: &[&str]) {
    conclude(case, |tests| {
        let new: Vec<&str> = tests.paths().filter(|path| !paths.contains(path)).collect();
        match new.is_empty() {
            true => Ok(()),
            false => Err(Diagnostic::error(
                Code::NoTests,
                format!("new since this was compiled, and so not run: {}", new.join(", ")),
            )
            .help("compile it anew: touch the file with pgmi::sql_tests!()")
            .help("a build script that calls pgmi_build::check(…) makes Cargo notice new files by itself")
            .into_error()),
        }
    });
}

fn conclude(
    case: &'static Case,
    test: impl FnOnce(&'static SingleTests) -> Result<(), TestDatabaseError>,
) {
    if let Some(socket) = stockkeeper::orders() {
        stockkeeper::work(case, &socket);
        return;
    }
    let tests = prepared(case);
    let tested = tests.clone().and_then(test);
    // A process for each test: what it was in is for the next one.
    if let (Ok(tests), Some(_)) = (&tests, std::env::var_os("NEXTEST_RUN_ID")) {
        tests.close();
    }
    if let Err(error) = tested {
        fail(case, &error);
    }
}

/// Prepared once in this process. Others wait meanwhile.
fn prepared(case: &'static Case) -> Result<&'static SingleTests, TestDatabaseError> {
    static KNOWN: Mutex<BTreeMap<Key, Arc<Mutex<Option<Prepared>>>>> = Mutex::new(BTreeMap::new());
    let slot = Arc::clone(lock(&KNOWN).entry((case.project, case.parameters)).or_default());
    let mut slot = lock(&slot);
    match &*slot {
        Some(Ok(tests)) => Ok(tests),
        Some(Err((error, told_by))) => Err(error.in_short(told_by)),
        None => {
            // For as long as this process lives: other tests will need them.
            let made = request(case)
                .and_then(|it| Ok(it.sql_tests(|socket| stockkeeper::start(case, socket))?))
                .map(|tests| &*Box::leak(Box::new(tests)));
            *slot = Some(made.clone().map_err(|error| (error, case.name())));
            made
        }
    }
}
