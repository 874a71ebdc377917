//! Running a test.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{ExitCode, Termination};
use std::sync::{Arc, Mutex};

use tokio::runtime::{Builder, Runtime};

use super::case::{Case, Flavor};
use super::clients::Lent;
use super::conclude::{Outcome, conclude, refused};
use super::database::Shared;
use super::error::TestDatabaseError;
use super::lease::Lease;
use super::rollback::{self, Open};
use super::source::{self, lock};
use super::stockkeeper;

/// A test while it runs.
pub struct Test {
    case: &'static Case,
    place: Mutex<Place>,
    /// What an async test that is rolled back will work with.
    lent: Mutex<Option<Lent<tokio_postgres::Client>>>,
}

/// Where it works.
#[derive(Default)]
pub(super) enum Place {
    /// Nobody has asked for a database.
    #[default]
    Nowhere,
    Own(Box<Lease>, Arc<Shared>),
    Transaction(Box<dyn Open>),
}

/// Runs an async test on a runtime of its own.
pub fn asynchronous<T: Termination>(
    case: &'static Case,
    flavor: Flavor,
    body: impl AsyncFnOnce(&Test) -> Result<T, TestDatabaseError>,
) -> ExitCode {
    run(case, |test| {
        // Before there is a runtime: what is done for it may block.
        match (case.database, case.rollback) {
            (true, true) => {
                let lent = rollback::client(case, flavor)?;
                let runtime = lent.ground.lent();
                *lock(&test.lent) = Some(lent);
                if let Some(runtime) = runtime {
                    return runtime.block_on(body(test));
                }
            }
            (true, false) => drop(test.shared()?),
            (false, _) => {}
        }
        let runtime = runtime(flavor).map_err(|error| refused(&format!("no runtime: {error}")))?;
        runtime.block_on(body(test))
    })
}

/// Runs a test that is not async.
pub fn blocking<T: Termination>(
    case: &'static Case,
    body: impl FnOnce(&Test) -> Result<T, TestDatabaseError>,
) -> ExitCode {
    run(case, body)
}

fn run<T: Termination>(
    case: &'static Case,
    body: impl FnOnce(&Test) -> Result<T, TestDatabaseError>,
) -> ExitCode {
    if let Some(socket) = stockkeeper::orders() {
        stockkeeper::work(case, &socket);
        return ExitCode::SUCCESS;
    }
    let test = Test { case, place: Mutex::default(), lent: Mutex::default() };
    let outcome = match catch_unwind(AssertUnwindSafe(|| body(&test))) {
        Ok(Ok(value)) => Outcome::Returned(value.report()),
        Ok(Err(error)) => Outcome::Refused(error),
        Err(panic) => Outcome::Panicked(panic),
    };
    conclude(case, std::mem::take(&mut *lock(&test.place)), outcome)
}

fn runtime(flavor: Flavor) -> std::io::Result<Runtime> {
    match flavor {
        Flavor::CurrentThread => Builder::new_current_thread().enable_all().build(),
        Flavor::MultiThread(None) => Builder::new_multi_thread().enable_all().build(),
        Flavor::MultiThread(Some(workers)) => {
            Builder::new_multi_thread().worker_threads(workers).enable_all().build()
        }
    }
}

impl Test {
    /// A parameter.
    ///
    /// # Errors
    /// There is no database for the test.
    #[doc(hidden)]
    pub async fn argument<A: super::Argument>(&self) -> Result<A, TestDatabaseError> {
        A::of(self).await
    }

    /// A parameter of a test that is not async.
    ///
    /// # Errors
    /// There is no database for the test.
    #[doc(hidden)]
    pub fn blocking_argument<A: super::BlockingArgument>(&self) -> Result<A, TestDatabaseError> {
        A::of(self)
    }

    pub(super) fn case(&self) -> &'static Case {
        self.case
    }

    /// The client of a test that is rolled back.
    pub(super) fn lent(&self) -> Option<Lent<tokio_postgres::Client>> {
        lock(&self.lent).take()
    }

    /// The database that the test has for itself; the first parameter asks for it.
    pub(super) fn shared(&self) -> Result<Arc<Shared>, TestDatabaseError> {
        if self.case.rollback {
            return Err(refused("a test that is rolled back takes one `pgmi::TestDatabase`"));
        }
        let mut place = lock(&self.place);
        if let Place::Own(_, shared) = &*place {
            return Ok(Arc::clone(shared));
        }
        let lease = source::lease(self.case, false)?;
        let shared = Arc::new(Shared::new(&lease, false));
        *place = Place::Own(Box::new(lease), Arc::clone(&shared));
        Ok(shared)
    }

    /// Notes the transaction that the test is in.
    pub(super) fn enter(&self, opened: Box<dyn Open>) -> Arc<Shared> {
        let shared = Arc::new(Shared::new(opened.lease(), true));
        *lock(&self.place) = Place::Transaction(opened);
        shared
    }
}
