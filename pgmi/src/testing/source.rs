//! Where databases come from. What one test of this process found out serves the others.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pgmi_engine::cluster::Places;
use pgmi_engine::connection::Environment;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::shadow::stock::Answer;
use pgmi_engine::shadow::{Shadows, Template};
use pgmi_engine::testing::{Prepared, Ready, TestRequest};

use super::case::Case;
use super::error::TestDatabaseError;
use super::lease::Lease;
use super::stockkeeper;

/// What tests have in common that get copies of the same template.
type Key = (Option<&'static str>, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// What is known about a template.
#[derive(Clone)]
enum Known {
    /// Its copies are asked for.
    Ready(Ready),
    /// Nobody makes copies ahead of time: each test makes its own.
    Direct(Arc<(Shadows, Template)>),
    /// It cannot be made, and which test said so in full.
    Failed(TestDatabaseError, &'static str),
}

type Slot = Arc<Mutex<Option<Known>>>;

/// How often a template may be gone by the time it is copied: one is being made anew while tests run.
const ATTEMPTS: usize = 3;

/// A database for a test; one that will be given back where `lent`.
pub(super) fn lease(case: &'static Case, lent: bool) -> Result<Lease, TestDatabaseError> {
    let slot = slot(case);
    for attempt in 0..ATTEMPTS {
        match known(&slot, case, attempt == 0)? {
            Known::Ready(ready) => match ready.stock.ask(&ready.template, lent)? {
                Answer::Database(loan) => return Lease::of_stock(loan, &environment()),
                Answer::Missing | Answer::Absent => forget(&slot, &ready),
            },
            Known::Direct(prepared) => return Lease::made(&prepared),
            Known::Failed(error, told_by) => return Err(error.in_short(told_by)),
        }
    }
    Err(Diagnostic::error(Code::DatabaseSetup, "the template of the test's database disappears")
        .help("does somebody else remove databases whose names begin with pgmi_?")
        .into_error())
}

/// What is known, found out if it is not. Others wait meanwhile.
fn known(slot: &Slot, case: &'static Case, recall: bool) -> Result<Known, TestDatabaseError> {
    let mut known = lock(slot);
    if let Some(known) = &*known {
        return Ok(known.clone());
    }
    let request = request(case)?;
    let remembered = if recall { request.remembered() } else { None };
    let found = match remembered {
        Some(ready) => Known::Ready(ready),
        None => match request.prepare(recall, |socket| stockkeeper::start(case, socket)) {
            Ok(Prepared::Ready(ready)) => Known::Ready(ready),
            Ok(Prepared::Direct(prepared)) => Known::Direct(Arc::from(prepared)),
            Err(error) => {
                let error = TestDatabaseError::from(error);
                *known = Some(Known::Failed(error.clone(), case.name()));
                return Err(error);
            }
        },
    };
    *known = Some(found.clone());
    Ok(found)
}

/// Forgets what does not hold any more, unless another test has found out something new.
fn forget(slot: &Slot, old: &Ready) {
    let mut known = lock(slot);
    if matches!(&*known, Some(Known::Ready(ready)) if ready == old) {
        *known = None;
    }
}

fn slot(case: &'static Case) -> Slot {
    static SLOTS: Mutex<BTreeMap<Key, Slot>> = Mutex::new(BTreeMap::new());
    let mut slots = lock(&SLOTS);
    Arc::clone(slots.entry((case.project, case.parameters, case.fixtures)).or_default())
}

/// What the engine is asked.
pub(super) fn request(case: &Case) -> Result<TestRequest, TestDatabaseError> {
    let folder = case.folder();
    let server = std::env::var("PGMI_SERVER").ok().filter(|it| !it.is_empty());
    let server = server.map(|it| it.parse()).transpose().map_err(|why: String| {
        Diagnostic::error(Code::Configuration, format!("PGMI_SERVER: {why}")).into_error()
    })?;
    let parameters = case.parameters.iter().map(|(key, value)| ((*key).into(), (*value).into()));
    Ok(TestRequest {
        project: case.project.map(PathBuf::from),
        parameters: parameters.collect(),
        fixtures: case.fixtures.iter().map(|it| folder.join(it)).collect(),
        krate: folder,
        server,
        places: Places::gather(|name| std::env::var_os(name)),
        environment: environment(),
        run: std::env::var("NEXTEST_RUN_ID").ok(),
        test: case.name().to_owned(),
    })
}

/// The variables that complete a connection string, such as `PGPASSWORD`.
fn environment() -> Environment {
    let variables = std::env::vars_os();
    variables
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// A test that panicked while it held it has changed nothing halfway.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A finding as the error of a test.
pub(super) trait IntoError {
    fn into_error(self) -> TestDatabaseError;
}

impl IntoError for Diagnostic {
    fn into_error(self) -> TestDatabaseError {
        pgmi_engine::Error::from(self).into()
    }
}
