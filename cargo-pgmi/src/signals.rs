//! Ctrl-C and SIGTERM: before a deployment they end the process, during one they roll it back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pgmi_engine::diagnostic::Outcome;
use pgmi_engine::session::Interrupt;

/// What a signal does.
#[derive(Default)]
pub struct Signals {
    interrupt: Interrupt,
    /// Something is under way that must be undone.
    busy: Arc<AtomicBool>,
}

impl Signals {
    /// Takes over the process's handling of signals.
    pub fn catch() -> Self {
        let signals = Self::default();
        let (interrupt, busy) = (signals.interrupt.clone(), signals.busy.clone());
        // It fails only when a handler is set already, which nobody else does.
        let _ = ctrlc::set_handler(move || {
            if interrupt.is_set() || !busy.load(Ordering::Relaxed) {
                std::process::exit(i32::from(Outcome::Interrupted.exit_code()));
            }
            interrupt.interrupt();
        });
        signals
    }

    /// From here on the first signal asks to stop in order; the second still ends the process.
    pub fn begin_work(&self) -> &Interrupt {
        self.busy.store(true, Ordering::Relaxed);
        &self.interrupt
    }
}
