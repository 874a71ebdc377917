//! Time limits and Ctrl-C: a deployment runs on its own thread, and this one can call it off.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::connection::Cancel;

/// How often somebody who waits looks up.
const TICK: Duration = Duration::from_millis(20);

/// Between two requests to cancel: one may arrive between two statements and meet nothing.
const CANCEL_EVERY: Duration = Duration::from_millis(250);

/// How long a server may take to give up; then it is left behind.
const PATIENCE: Duration = Duration::from_secs(5);

/// A wish to stop, set from a signal handler or another thread.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Asks the deployment to stop; it cancels what the server is doing and rolls back.
    pub fn interrupt(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why a deployment was called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Timeout,
    Interrupt,
}

/// What the deploying thread and the watching one share.
#[derive(Clone, Default)]
pub(crate) struct Watch {
    cancel: Arc<Mutex<Option<Cancel>>>,
    stopped: Arc<AtomicBool>,
}

impl Watch {
    /// Tells how to cancel what the server is doing from now on.
    pub(crate) fn set_cancel(&self, cancel: Cancel) {
        *self.cancel.lock().unwrap_or_else(PoisonError::into_inner) = Some(cancel);
    }

    /// Whether the deployment was called off: nothing more is to be sent.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// How to cancel; none before anything was connected to.
    pub(crate) fn current(&self) -> Option<Cancel> {
        self.cancel.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn cancel(&self) {
        if let Some(cancel) = self.current() {
            // A request that fails is repeated by the caller, or the patience runs out.
            let _ = cancel.cancel();
        }
    }

    /// Waits for the result. On a timeout or an interrupt the server is asked to cancel; the result is
    /// `None` when it does not come even then.
    pub(crate) fn wait<T>(
        &self,
        result: &Receiver<T>,
        timeout: Option<Duration>,
        interrupt: &Interrupt,
    ) -> (Option<T>, Option<Stop>) {
        let deadline = timeout.map(|timeout| Instant::now() + timeout);
        let stop = loop {
            match result.recv_timeout(TICK) {
                Ok(value) => return (Some(value), None),
                Err(RecvTimeoutError::Disconnected) => return (None, None),
                Err(RecvTimeoutError::Timeout) if interrupt.is_set() => break Stop::Interrupt,
                Err(RecvTimeoutError::Timeout)
                    if deadline.is_some_and(|at| Instant::now() >= at) =>
                {
                    break Stop::Timeout;
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        self.stopped.store(true, Ordering::Relaxed);
        (self.give_up(result), Some(stop))
    }

    fn give_up<T>(&self, result: &Receiver<T>) -> Option<T> {
        // A server that was never reached has nothing to roll back.
        let patience = if self.current().is_some() { PATIENCE } else { CANCEL_EVERY };
        let begin = Instant::now();
        while begin.elapsed() < patience {
            // On a thread of its own: where the network is gone, connecting to cancel hangs too.
            let watch = self.clone();
            std::thread::spawn(move || watch.cancel());
            if let Ok(value) = result.recv_timeout(CANCEL_EVERY) {
                return Some(value);
            }
        }
        None
    }
}
