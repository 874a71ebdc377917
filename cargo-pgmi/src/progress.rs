//! One line on a terminal that says what is going on, for whatever takes longer than a second.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is over sooner is not worth a line that flickers.
const PATIENCE: Duration = Duration::from_secs(1);

/// Between two looks of the line.
const TICK: Duration = Duration::from_millis(120);

/// The line; there is at most one.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Whether there is a terminal that may show it.
    shown: bool,
    line: Arc<Mutex<Option<ProgressBar>>>,
}

/// Takes the line away when it is dropped.
#[must_use]
pub struct Busy(Progress);

impl Progress {
    /// Nothing is going on yet.
    pub fn new(shown: bool) -> Self {
        Self { shown, line: Arc::default() }
    }

    /// Something begins that may take long.
    pub fn begin(&self, what: &str) -> Busy {
        if self.shown {
            let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            // No colours: NO_COLOR has nothing to forbid.
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
                line.set_style(style);
            }
            line.set_message(what.to_owned());
            self.set(Some(line.clone()));
            std::thread::spawn(move || appear(&line));
        }
        Busy(self.clone())
    }

    /// What is going on now.
    pub fn say(&self, what: &str) {
        if let Some(line) = self.current() {
            line.set_message(what.to_owned());
        }
    }

    /// Writes something else, the line out of the way.
    pub fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        match self.current() {
            Some(line) => line.suspend(write),
            None => write(),
        }
    }

    fn current(&self) -> Option<ProgressBar> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, line: Option<ProgressBar>) {
        let before =
            std::mem::replace(&mut *self.line.lock().unwrap_or_else(PoisonError::into_inner), line);
        if let Some(before) = before {
            before.finish_and_clear();
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

fn appear(line: &ProgressBar) {
    std::thread::sleep(PATIENCE);
    if !line.is_finished() {
        line.set_draw_target(ProgressDrawTarget::stderr());
        line.enable_steady_tick(TICK);
    }
}
