//! A connection that runs one statement at a time, within a time limit.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
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
    /// It was not sent, because the session was of no more use.
    Unusable,
}

/// How long a session may take to end, with what it still has to do.
const PARTING: Duration = Duration::from_secs(5);

/// A session at the place where tests begin, in an open transaction.
///
/// It lives on a thread of its own, which can be left behind when the server does not even cancel; one for
/// its whole life, because a thread that begins waits its turn where all processors are busy.
pub(super) struct TestSession {
    /// Taken when nothing more is to be sent.
    orders: Option<Sender<Order>>,
    answers: Receiver<Answer>,
    cancel: Option<Cancel>,
    pub(super) notices: Notices,
}

struct Order {
    sql: String,
    /// Whether somebody waits for the answer.
    is_awaited: bool,
}

/// How long it took, and what came of it.
type Answer = (Duration, Sent);

enum Sent {
    Done(Result<(), postgres::Error>),
    /// Not sent, because an earlier message that nobody waited for did not go through.
    Not,
}

impl TestSession {
    pub(super) fn new(opened: Opened, notices: Notices) -> Self {
        opened.notices.set_open(true);
        let (orders, inbox) = mpsc::channel();
        let (outbox, answers) = mpsc::channel();
        let (client, cancel) = (opened.client, opened.watch.current());
        std::thread::spawn(move || serve(client, &inbox, &outbox));
        Self { orders: Some(orders), answers, cancel, notices }
    }

    /// Runs one message, behind those that nobody waited for.
    pub(super) fn run(
        &mut self,
        sql: &str,
        limit: Option<Duration>,
        interrupt: &Interrupt,
    ) -> (Duration, Result<(), Trouble>) {
        self.order(sql, true);
        if self.orders.is_none() {
            return (Duration::ZERO, Err(Trouble::Lost(None)));
        }
        let watch = Watch::default();
        if let Some(cancel) = self.cancel.clone() {
            watch.set_cancel(cancel);
        }
        let begin = Instant::now();
        let (answer, stop) = watch.wait(&self.answers, limit, interrupt);
        match answer {
            Some((took, Sent::Done(result))) => {
                (took, result.map_err(|error| trouble(Some(error), stop)))
            }
            Some((took, Sent::Not)) => (took, Err(Trouble::Unusable)),
            None => {
                self.orders = None;
                (begin.elapsed(), Err(trouble(None, stop)))
            }
        }
    }

    /// Sends a message of ours without waiting for it: the server goes on with it while we look at what
    /// came of the last one. When it does not go through, nothing does any more.
    pub(super) fn post(&mut self, sql: &str) {
        self.order(sql, false);
    }

    fn order(&mut self, sql: &str, is_awaited: bool) {
        let order = Order { sql: sql.to_owned(), is_awaited };
        self.orders = self.orders.take().filter(|orders| orders.send(order).is_ok());
    }
}

/// Ends the connection. Nobody is left waiting for a server that does not answer.
impl Drop for TestSession {
    fn drop(&mut self) {
        if self.orders.take().is_some() {
            // Nothing more comes; that it ends is what is waited for.
            while self.answers.recv_timeout(PARTING).is_ok() {}
        }
    }
}

/// Sends what is ordered, until nobody orders any more. How long it took is measured here, where a slow
/// network is seen too.
fn serve(mut client: Client, orders: &Receiver<Order>, answers: &Sender<Answer>) {
    let mut is_usable = true;
    for order in orders {
        let begin = Instant::now();
        let sent = match is_usable {
            true => Sent::Done(client.batch_execute(&order.sql)),
            false => Sent::Not,
        };
        if order.is_awaited {
            if answers.send((begin.elapsed(), sent)).is_err() {
                return;
            }
        } else if !matches!(sent, Sent::Done(Ok(()))) {
            is_usable = false;
        }
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
