//! Running a statement again where that is safe and may help.

mod source;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::{Cardinality, Error, Idempotent, Output, Result, Statement};

pub use source::Source;

/// How often an idempotent statement is tried, and how long is waited in between.
///
/// ```ignore
/// let album = pgmi::Retry::times(3).fetch(&db::SelectAlbumById { id: 7 }, &pool).await?;
/// ```
///
/// Tried again is what PostgreSQL gave up for others' sake (serialization failures, deadlocks), and what a lost
/// connection or a server that shuts down may have left undone. Only statements whose signature file says
/// `idempotent: true` can be tried again, and not inside a transaction: there, the whole of it has to be.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    attempts: u32,
    wait: Duration,
    longest: Duration,
}

impl Retry {
    /// Tries again up to this many times, after 10 ms, 20 ms, 40 ms …, at most a second; each wait shortened at
    /// random by up to a half, so that two that met do not meet again.
    pub const fn times(times: u32) -> Self {
        Self {
            attempts: times.saturating_add(1),
            wait: Duration::from_millis(10),
            longest: Duration::from_secs(1),
        }
    }

    /// How long is waited before the second attempt; twice as long before each later one, up to `longest`.
    #[must_use]
    pub const fn waiting(self, first: Duration, longest: Duration) -> Self {
        Self { wait: first, longest, ..self }
    }

    /// Runs the statement as `fetch` does, with a client of the pool for each attempt.
    ///
    /// # Errors
    /// That of the last attempt, or the first that trying again would not mend.
    // The future of an `async fn` brings its bounds along: the compiler would say of a statement that is not
    // idempotent that it is none where it is called, where that is awaited, and where the result is used.
    pub fn fetch<'a, S: Idempotent>(
        self,
        statement: &'a S,
        source: &'a impl Source,
    ) -> Pin<Box<dyn Future<Output = Result<Output<S>>> + Send + 'a>> {
        Box::pin(self.run(statement, source))
    }

    async fn run<S: Statement>(self, statement: &S, source: &impl Source) -> Result<Output<S>> {
        let (mut left, mut wait) = (self.attempts, self.wait);
        loop {
            left = left.saturating_sub(1);
            match once(statement, source).await {
                Err(error) if left > 0 && error.is_transient() => {}
                done => return done,
            }
            tokio::time::sleep(shortened(wait)).await;
            wait = (wait * 2).min(self.longest);
        }
    }
}

async fn once<S: Statement>(statement: &S, source: &impl Source) -> Result<Output<S>> {
    let client = source.client().await.map_err(|error| Error::connect(S::NAME, error))?;
    S::Cardinality::fetch(statement, &client).await
}

/// Between the half and the whole. Hashers of the standard library are seeded at random, which is random enough.
fn shortened(wait: Duration) -> Duration {
    use std::hash::{BuildHasher, RandomState};
    let part = RandomState::new().hash_one(0) % 1024;
    wait / 2 + wait.mul_f64(f64::from(u32::try_from(part).unwrap_or(0)) / 2048.0)
}
