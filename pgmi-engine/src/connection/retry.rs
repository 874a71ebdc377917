//! Trying again: only a connection is ever tried again, never a statement.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use super::failure::Failure;

/// The waits between tries, before jitter.
const WAITS: [Duration; 3] =
    [Duration::from_millis(100), Duration::from_millis(200), Duration::from_millis(400)];

/// Tries once and, while the failure may pass by itself, three times more.
///
/// `pause` waits, and answers whether to go on. `jitter` gives a number from -1 to 1; it spreads the
/// tries of many clients by a tenth of the wait.
pub(super) fn with_retries<T>(
    mut attempt: impl FnMut() -> Result<T, Failure>,
    pause: &dyn Fn(Duration) -> bool,
    jitter: impl Fn() -> f64,
) -> Result<T, Failure> {
    for wait in WAITS {
        match attempt() {
            Err(failure) if failure.is_transient() => {
                if !pause(wait.mul_f64(1.0 + 0.1 * jitter())) {
                    return Err(failure);
                }
            }
            done => return done,
        }
    }
    attempt()
}

/// A number from -1 to 1; the standard library's hash seeds are random enough for that.
pub(super) fn random_jitter() -> f64 {
    let random = RandomState::new().hash_one(0u8) >> 11;
    random as f64 / (1u64 << 52) as f64 - 1.0
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::connection::failure::{Cause, Failure};

    fn failure(sqlstate: &str) -> Failure {
        Failure::bare(Cause::Server(sqlstate.into()))
    }

    /// Runs attempts that fail with these codes and then succeed; gives tries and waits.
    fn run(codes: &[&str], patience: usize) -> (usize, Vec<u128>, bool) {
        let (mut tries, waits) = (0, RefCell::new(Vec::new()));
        let result = with_retries(
            || {
                tries += 1;
                codes.get(tries - 1).map_or(Ok(()), |code| Err(failure(code)))
            },
            &|wait| {
                waits.borrow_mut().push(wait.as_millis());
                waits.borrow().len() <= patience
            },
            || 0.0,
        );
        (tries, waits.into_inner(), result.is_ok())
    }

    #[test]
    fn transient_failures_are_tried_again() {
        assert_eq!(run(&[], 9), (1, vec![], true));
        assert_eq!(run(&["57P03", "08006"], 9), (3, vec![100, 200], true));
        assert_eq!(run(&["57P03"; 9], 9), (4, vec![100, 200, 400], false));
    }

    #[test]
    fn other_failures_are_final() {
        assert_eq!(run(&["28P01"; 9], 9), (1, vec![], false));
        assert_eq!(run(&["57P03", "3D000"], 9), (2, vec![100], false));
    }

    #[test]
    fn a_pause_may_stop_it() {
        assert_eq!(run(&["57P03"; 9], 0), (1, vec![100], false));
        assert_eq!(run(&["57P03"; 9], 1), (2, vec![100, 200], false));
    }

    #[test]
    fn jitter_stays_in_its_tenth() {
        for _ in 0..100 {
            assert!((-1.0..=1.0).contains(&random_jitter()));
        }
    }
}
