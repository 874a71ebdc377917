//! Clients that are lent from one test to the next, and how many of them there are.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::connected::TestClient;
use super::error::TestDatabaseError;
use super::lease::Lease;
use super::source::lock;

/// A client, connected to a database that no other test is in.
pub(super) struct Lent<C: TestClient> {
    pub(super) client: C,
    pub(super) ground: C::Ground,
    pub(super) lease: Lease,
    pub(super) seat: Seat<C>,
}

/// The clients of one driver, by what their databases hold.
pub type Kinds<C> = Mutex<BTreeMap<String, Arc<Clients<C>>>>;

/// Those whose databases hold the same. Connecting costs more than a small test does, so there are no more of
/// them than are of use.
pub struct Clients<C: TestClient> {
    state: Mutex<State<C>>,
    changed: Condvar,
}

struct State<C: TestClient> {
    idle: Vec<Connected<C>>,
    /// How many are lent or on their way.
    busy: usize,
    /// When the latest came back or set out.
    last: Instant,
}

/// A client, what its connection lives on, and the database that it is in.
pub(super) type Connected<C> = (C, <C as TestClient>::Ground, Lease);

/// A place among the busy; given up when dropped.
pub(super) struct Seat<C: TestClient>(Arc<Clients<C>>);

/// How long nobody may have come back before there are more clients than processors: tests that take long wait
/// for something else, and more of them can run at once.
const PATIENCE: Duration = Duration::from_millis(10);

impl<C: TestClient> Lent<C> {
    /// One that waits, one that comes back in time, or a new one.
    pub(super) fn take(
        kind: String,
        connect: impl FnOnce() -> Result<Connected<C>, TestDatabaseError>,
    ) -> Result<Self, TestDatabaseError> {
        let clients = Arc::clone(lock(C::kinds()).entry(kind).or_insert_with(Clients::none));
        let idle = clients.wait();
        let seat = Seat(clients);
        let (client, ground, lease) = match idle {
            Some((client, ground, mut lease)) => {
                lease.say_clean(false);
                (client, ground, lease)
            }
            None => connect()?,
        };
        Ok(Self { client, ground, lease, seat })
    }

    /// Leaves it, in a database that is as it was, to the next test.
    pub(super) fn give_back(self) {
        let Self { client, ground, mut lease, seat } = self;
        // The process may be over in a moment, and the database should not go with it.
        lease.say_clean(true);
        lock(&seat.0.state).idle.push((client, ground, lease));
    }
}

impl<C: TestClient> Clients<C> {
    fn none() -> Arc<Self> {
        let state = State { idle: Vec::new(), busy: 0, last: Instant::now() };
        Arc::new(Self { state: Mutex::new(state), changed: Condvar::new() })
    }

    /// An idle one; none where a new one is to be connected. It is busy from now on.
    fn wait(&self) -> Option<Connected<C>> {
        let mut state = lock(&self.state);
        loop {
            let waits = state.idle.pop();
            let is_time = state.busy < processors() || state.last.elapsed() >= PATIENCE;
            match waits {
                Some((client, ..)) if client.is_gone() => continue,
                None if !is_time => {}
                found => {
                    (state.busy, state.last) = (state.busy + 1, Instant::now());
                    return found;
                }
            }
            let waited = self.changed.wait_timeout(state, PATIENCE);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl<C: TestClient> Drop for Seat<C> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        (state.busy, state.last) = (state.busy - 1, Instant::now());
        drop(state);
        self.0.changed.notify_one();
    }
}

/// Asking the system takes longer than everything else in here.
fn processors() -> usize {
    static KNOWN: OnceLock<usize> = OnceLock::new();
    *KNOWN.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}
