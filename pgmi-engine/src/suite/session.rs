//! A connection that runs one statement at a time, within a time limit.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use postgres::Client;

use crate::connection::Cancel;
use crate::session::{Interrupt, Notice, Opened, Stop, Watch, ends_connection};

/// What the server says besides errors, until it is asked for.
#[derive(Clone, Default)]
pub(super) struct Notices(Arc<Mutex<Heard>>);

#[derive(Default)]
struct Heard {
    lines: Vec<String>,
    /// Whether the server ends all sessions, because one of them crashed.
    crash: bool,
}

impl Notices {
    pub(super) fn add(&self, notice: &Notice) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The last words of a session that another one takes down are a warning, not an error.
        heard.crash |= notice.sqlstate == "57P02";
        heard.lines.extend(notice.lines());
    }

    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).lines)
    }

    /// Whether the server said that another session's crash ends this one.
    pub(super) fn tell_of_crash(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).crash
    }
}

/// Why a statement did not go through.
pub(super) enum Trouble {
    Refused(postgres::Error),
    /// What the server said when it was asked to stop, if it did.
    TimedOut(Option<postgres::Error>),
    Interrupted,
    /// The server process is gone.
    Lost(Option<postgres::Error>),
}

/// A session at the place where tests begin, in an open transaction.
pub(super) struct TestSession {
    /// Gone when the server no longer answers.
    client: Option<Client>,
    cancel: Option<Cancel>,
    pub(super) notices: Notices,
}

impl TestSession {
    pub(super) fn new(opened: Opened, notices: Notices) -> Self {
        opened.notices.set_open(true);
        Self { client: Some(opened.client), cancel: opened.watch.current(), notices }
    }

    /// Runs one message. How long it took is measured here, where a slow network is seen too.
    pub(super) fn run(
        &mut self,
        sql: &str,
        limit: Option<Duration>,
        interrupt: &Interrupt,
    ) -> (Duration, Result<(), Trouble>) {
        let Some(mut client) = self.client.take() else {
            return (Duration::ZERO, Err(Trouble::Lost(None)));
        };
        let watch = Watch::default();
        if let Some(cancel) = self.cancel.clone() {
            watch.set_cancel(cancel);
        }
        let (sender, receiver) = mpsc::channel();
        let text = sql.to_owned();
        let begin = Instant::now();
        // On a thread of its own, which can be left behind when the server does not even cancel.
        std::thread::spawn(move || {
            let result = client.batch_execute(&text);
            let _ = sender.send((client, result));
        });
        let (answer, stop) = watch.wait(&receiver, limit, interrupt);
        let took = begin.elapsed();
        let Some((client, result)) = answer else {
            return (took, Err(trouble(None, stop)));
        };
        self.client = Some(client).filter(|client| !client.is_closed());
        (took, result.map_err(|error| trouble(Some(error), stop)))
    }
}

fn trouble(error: Option<postgres::Error>, stop: Option<Stop>) -> Trouble {
    match (stop, error) {
        (Some(Stop::Interrupt), _) => Trouble::Interrupted,
        (Some(Stop::Timeout), error) => Trouble::TimedOut(error),
        (None, Some(error)) => match error.as_db_error() {
            Some(db) if !ends_connection(db) => Trouble::Refused(error),
            _ => Trouble::Lost(Some(error)),
        },
        (None, None) => Trouble::Lost(None),
    }
}
