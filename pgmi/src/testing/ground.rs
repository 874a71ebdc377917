//! What a connection lives on that is lent from test to test.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use pgmi_engine::connection::Target;
use tokio::runtime::{Builder, Runtime};

use super::case::Flavor;
use super::conclude::refused;
use super::error::TestDatabaseError;

/// What a connection lives on.
pub trait Ground: Send {
    /// Whether nothing is left of the test that has used it.
    #[doc(hidden)]
    fn is_tidy(&self) -> bool;
}

/// A client that blocks brings its own.
impl Ground for () {
    fn is_tidy(&self) -> bool {
        true
    }
}

/// The runtime that drives an async connection.
pub enum Runtimes {
    /// The test's own, which is lent with the client: no thread has to wake another one for each message.
    Lent(Arc<Runtime>),
    /// A thread for all tests that run on several.
    Shared(&'static Runtime),
}

impl Runtimes {
    /// Connects, in a way that outlives the test. Blocks.
    pub(super) fn connect(
        flavor: Flavor,
        target: &Target,
    ) -> Result<(tokio_postgres::Client, Self), TestDatabaseError> {
        let this = Self::of(flavor).map_err(|error| refused(&format!("no runtime: {error}")))?;
        let driven = this.runtime().block_on(target.connect_on_runtime())?;
        this.runtime().spawn(driven.driver);
        Ok((driven.client, this))
    }

    fn of(flavor: Flavor) -> std::io::Result<Self> {
        match flavor {
            Flavor::CurrentThread => {
                let runtime = Builder::new_current_thread().enable_all().build()?;
                Ok(Self::Lent(Arc::new(runtime)))
            }
            Flavor::MultiThread(_) => shared()
                .map(Self::Shared)
                .ok_or_else(|| std::io::Error::other("there is no thread for it")),
        }
    }

    pub(super) fn runtime(&self) -> &Runtime {
        match self {
            Self::Lent(runtime) => runtime,
            Self::Shared(runtime) => runtime,
        }
    }

    /// The one that the test itself is to run on.
    pub(super) fn lent(&self) -> Option<Arc<Runtime>> {
        match self {
            Self::Lent(runtime) => Some(Arc::clone(runtime)),
            Self::Shared(_) => None,
        }
    }
}

impl Ground for Runtimes {
    /// No task but the one of the connection, and no clock that stands still.
    fn is_tidy(&self) -> bool {
        match self {
            Self::Lent(runtime) => runtime.metrics().num_alive_tasks() <= 1 && !is_paused(runtime),
            Self::Shared(_) => true,
        }
    }
}

/// Whether somebody stopped the clock of a runtime with `tokio::time::pause`.
fn is_paused(runtime: &Runtime) -> bool {
    let _inside = runtime.enter();
    let (real, its) = (Instant::now(), tokio::time::Instant::now());
    while real.elapsed().is_zero() {
        std::hint::spin_loop();
    }
    its.elapsed().is_zero()
}

/// None where the system has no thread for it.
fn shared() -> Option<&'static Runtime> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let build = || {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("pgmi-test")
            .enable_all()
            .build()
            .ok()
    };
    RUNTIME.get_or_init(build).as_ref()
}
