//! One transaction for each test, on a connection that is lent from test to test.

use std::sync::{Arc, Mutex};

use pgmi_engine::diagnostic::{Code, Diagnostic};

use super::case::Case;
use super::connected::{Idle, TestClient};
use super::error::TestDatabaseError;
use super::lease::Lease;
use super::source::{self, IntoError, lock};

/// Begins; the setting goes when its transaction does, and stays when that is committed.
pub(super) const BEGIN: &str = "begin; select pg_catalog.set_config('pgmi.test', 'open', false)";

/// What its setting says.
const OPEN: &str = "open";

/// Three questions in one round trip, around the end of the transaction and a session made as it was: whether the
/// transaction is still the one that was begun, whether something was committed, how many statements were prepared.
/// Refused as a whole when the test left the transaction failed; then without the first one.
const IS_OPEN: &str = "select pg_catalog.current_setting('pgmi.test', true);";
const END: &str = "rollback; select pg_catalog.current_setting('pgmi.test', true); \
                   reset session authorization; reset all; unlisten *; close all; discard temp; \
                   discard sequences; select pg_catalog.pg_advisory_unlock_all(); \
                   select pg_catalog.count(*) from pg_catalog.pg_prepared_statements where from_sql";

/// Where the client goes when the test lets go of its [`TestDatabase`](super::TestDatabase).
pub(super) type Home<C> = Arc<Mutex<Option<C>>>;

/// A transaction that a test is in.
pub(super) trait Open: Send {
    /// Rolls back, or commits and keeps the database where somebody wants to see it.
    fn end(self: Box<Self>, keep: Option<&str>) -> Result<(), TestDatabaseError>;

    fn lease(&self) -> &Lease;
}

pub(super) struct Opened<C> {
    template: String,
    lease: Lease,
    home: Home<C>,
}

/// A client in an idle database of this template, if there is one.
pub(super) fn idle<C: TestClient>(case: &'static Case) -> Option<(Lease, C)> {
    let template = key(case);
    let mut idle = lock(C::idle());
    let at = idle.iter().position(|it| it.template == template)?;
    let Idle { lease, client, .. } = idle.swap_remove(at);
    Some((lease, client))
}

/// A database that is given back after the test. Asked for on a thread of its own, because a runtime may be
/// around, in which nothing may block.
pub(super) fn lease(case: &'static Case) -> Result<Lease, TestDatabaseError> {
    let asked = std::thread::spawn(move || source::lease(case, true)).join();
    asked.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl<C: TestClient> Opened<C> {
    pub(super) fn new(case: &'static Case, lease: Lease, home: Home<C>) -> Box<Self> {
        Box::new(Self { template: key(case), lease, home })
    }
}

/// What idle clients are told apart by.
fn key(case: &Case) -> String {
    format!("{:?}", (case.project, case.parameters, case.fixtures))
}

impl<C: TestClient> Open for Opened<C> {
    fn end(self: Box<Self>, keep: Option<&str>) -> Result<(), TestDatabaseError> {
        let Self { template, lease, home } = *self;
        // A test that holds on to its client, or lost it, leaves a database that nobody knows the state of.
        let Some(mut client) = lock(&home).take() else { return Ok(()) };
        if let Some(test) = keep {
            let _ = client.ask("commit");
            drop(client);
            return lease.keep(test);
        }
        let said = match client.ask(&format!("{IS_OPEN} {END}")) {
            // 25P02: a failed transaction, this one or a later one.
            Err(error) if error.code().is_some_and(|it| it.code() == "25P02") => {
                client.ask(END).map(|said| [vec![Some(OPEN.to_owned())], said].concat())
            }
            said => said,
        };
        // Where the session does not answer nobody knows the state of the database.
        let Ok(said) = said else { return Ok(()) };
        let [is_open, committed, _, prepared] = said.as_slice() else { return Ok(()) };
        if is_open.as_deref() != Some(OPEN) || committed.as_deref() == Some(OPEN) {
            return Err(ended().into_error());
        }
        match prepared.as_deref() {
            Some("0") => lock(C::idle()).push(Idle { template, lease, client }),
            _ => lease.give_back(),
        }
        Ok(())
    }

    fn lease(&self) -> &Lease {
        &self.lease
    }
}

fn ended() -> Diagnostic {
    Diagnostic::error(Code::TestFailed, "the test ended the transaction that was to be rolled back")
        .note("COMMIT, ROLLBACK and a transaction of the client's own end it; savepoints do not")
        .help("leave `rollback` out: the test then has a database of its own")
}
