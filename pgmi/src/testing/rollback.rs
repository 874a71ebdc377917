//! One transaction for each test, on a connection that is lent from test to test.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use pgmi_engine::diagnostic::{Code, Diagnostic};

use super::case::{Case, Flavor};
use super::clients::{Lent, Seat};
use super::connected::{TestClient, connect_blocking};
use super::error::TestDatabaseError;
use super::ground::{Ground, Runtimes};
use super::lease::Lease;
use super::source::{self, IntoError, lock};

/// Begins; the setting goes when its transaction does, and stays when that is committed.
pub(super) const BEGIN: &str = "begin; select pg_catalog.set_config('pgmi.test', 'open', false)";

/// What its setting says.
const OPEN: &str = "open";

/// In one round trip: whether the transaction is still the one that was begun, its end, and in one line whether
/// something was committed and how many statements were prepared. Refused as a whole when the test left the
/// transaction failed; then without the first question.
///
/// What a transaction does not take along goes by itself: advisory locks of the session, and what it knows of
/// sequences. Settings, roles, cursors, temporary tables and LISTEN are undone with it.
const IS_OPEN: &str = "select pg_catalog.current_setting('pgmi.test', true);";
const END: &str = "rollback; discard sequences; \
                   select pg_catalog.concat_ws(' ', pg_catalog.pg_advisory_unlock_all(), pg_catalog.count(*), \
                   pg_catalog.current_setting('pgmi.test', true)) \
                   from pg_catalog.pg_prepared_statement() where from_sql";

/// Where the client goes when the test lets go of its [`TestDatabase`](super::TestDatabase).
pub(super) type Home<C> = Arc<Mutex<Option<C>>>;

/// A transaction that a test is in.
pub(super) trait Open: Send {
    /// Rolls back, or commits and keeps the database where somebody wants to see it.
    fn end(self: Box<Self>, keep: Option<&str>) -> Result<(), TestDatabaseError>;

    fn lease(&self) -> &Lease;
}

pub(super) struct Opened<C: TestClient> {
    ground: C::Ground,
    lease: Lease,
    seat: Seat<C>,
    home: Home<C>,
}

/// A client for an async test. Blocks, in ways that no runtime allows.
pub(super) fn client(
    case: &'static Case,
    flavor: Flavor,
) -> Result<Lent<tokio_postgres::Client>, TestDatabaseError> {
    // One thread or several: not how many.
    let kind = format!("{} {:?}", kind(case), std::mem::discriminant(&flavor));
    Lent::take(kind, || {
        let lease = source::lease(case, true)?;
        let (client, ground) = Runtimes::connect(flavor, lease.target())?;
        Ok((client, ground, lease))
    })
}

/// A client for a test that is not async.
pub(super) fn blocking_client(
    case: &'static Case,
) -> Result<Lent<postgres::Client>, TestDatabaseError> {
    Lent::take(kind(case), || {
        let lease = source::lease(case, true)?;
        Ok((connect_blocking(lease.target())?, (), lease))
    })
}

/// Sends BEGIN and does not wait for the answer: what the test sends comes after it on the same connection. Where
/// it is refused the end of the test notices that there was no transaction.
pub(super) async fn begin(client: &tokio_postgres::Client) -> Result<(), TestDatabaseError> {
    let mut answer = pin!(client.batch_execute(BEGIN));
    let sent = std::future::poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
        Poll::Ready(Ok(())) | Poll::Pending => Poll::Ready(Ok(())),
    });
    sent.await.map_err(|error| lost(&error))
}

/// What idle clients are told apart by.
fn kind(case: &Case) -> String {
    format!("{:?}", (case.project, case.parameters, case.fixtures))
}

impl<C: TestClient> Opened<C> {
    /// The transaction, and its client, which comes back through the home.
    pub(super) fn new(lent: Lent<C>) -> (Box<Self>, C, Home<C>) {
        let Lent { client, ground, lease, seat } = lent;
        let home = Home::default();
        (Box::new(Self { ground, lease, seat, home: Home::clone(&home) }), client, home)
    }
}

impl<C: TestClient> Open for Opened<C> {
    fn end(self: Box<Self>, keep: Option<&str>) -> Result<(), TestDatabaseError> {
        let Self { ground, mut lease, seat, home } = *self;
        // A test that holds on to its client, or lost it, leaves a database that nobody knows the state of.
        let Some(mut client) = lock(&home).take() else { return Ok(()) };
        if let Some(test) = keep {
            let _ = client.ask(&ground, "commit");
            drop(client);
            return lease.keep(test);
        }
        let said = match client.ask(&ground, &format!("{IS_OPEN} {END}")) {
            // 25P02: a failed transaction, this one or a later one.
            Err(error) if error.code().is_some_and(|it| it.code() == "25P02") => {
                client.ask(&ground, END).map(|said| [vec![Some(OPEN.to_owned())], said].concat())
            }
            said => said,
        };
        // Where the session does not answer nobody knows the state of the database.
        let Ok(said) = said else { return Ok(()) };
        let [is_open, Some(left)] = said.as_slice() else { return Ok(()) };
        let (prepared, committed) = left.trim().split_once(' ').unwrap_or((left.trim(), ""));
        if is_open.as_deref() != Some(OPEN) || committed == OPEN {
            return Err(ended().into_error());
        }
        if prepared == "0" && ground.is_tidy() {
            Lent { client, ground, lease, seat }.give_back();
        } else {
            drop(client);
            lease.say_clean(true);
        }
        Ok(())
    }

    fn lease(&self) -> &Lease {
        &self.lease
    }
}

pub(super) fn lost(error: &tokio_postgres::Error) -> TestDatabaseError {
    let message = format!("the connection of the test was lost: {error}");
    Diagnostic::error(Code::ConnectionLost, message).into_error()
}

fn ended() -> Diagnostic {
    Diagnostic::error(Code::TestFailed, "the test ended the transaction that was to be rolled back")
        .note("COMMIT, ROLLBACK and a transaction of the client's own end it; savepoints do not")
        .help("leave `rollback` out: the test then has a database of its own")
}
