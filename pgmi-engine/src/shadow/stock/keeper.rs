//! The process that keeps the stock, from its first user to a while after its last.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::StockAddress;
use super::shelf::{Job, Shelf, Trouble};
use super::work::Worker;
use crate::Result;
use crate::cluster::{Origin, Server};
use crate::diagnostic::{Code, Diagnostic};
use crate::shadow::Shadows;

/// How long a stockkeeper stays.
#[derive(Clone, Copy, Debug)]
pub struct Hours {
    /// After its last user.
    pub linger: Duration,
    /// For the sake of databases that were kept.
    pub kept: Duration,
}

impl Default for Hours {
    /// Ten seconds, and an hour.
    fn default() -> Self {
        Self { linger: Duration::from_secs(10), kept: Duration::from_secs(3600) }
    }
}

/// One copies or drops while the other one does what somebody waits for.
const WORKERS: usize = 2;

/// How often it is asked whether the server is still there.
const PING: Duration = Duration::from_secs(2);

/// Makes and drops copies for everybody who asks at this address, until nobody has for a while.
///
/// # Errors
/// Somebody else's socket is in the way; the server cannot be reached.
pub fn keep_stock(server: Server, address: &StockAddress, hours: &Hours) -> Result<()> {
    let shop = Arc::new(Shop {
        shadows: Shadows::on(server)?,
        counter: Mutex::new(Counter {
            shelf: Shelf::new(Instant::now()),
            users: 0,
            last_left: Instant::now(),
            is_broken: false,
        }),
        changed: Condvar::new(),
    });
    for _ in 0..WORKERS {
        let worker = Worker::hire(&shop)?;
        std::thread::spawn(move || worker.work());
    }
    let listener = listen(address.socket())?;
    let accepting = Arc::clone(&shop);
    let acceptor = std::thread::spawn(move || accept(&accepting, &listener));
    shop.wait_for_closing_time(hours);
    // Wakes the acceptor, which then sees that it is over; whoever comes now starts another stockkeeper.
    // Where the socket's file is gone nobody can come, and the acceptor ends with the process.
    let last = address.connect();
    let _ = std::fs::remove_file(address.socket());
    if last.is_ok() {
        drop(last);
        let _ = acceptor.join();
    }
    shop.close();
    Ok(())
}

/// What the threads of a stockkeeper work on.
pub(super) struct Shop {
    pub(super) shadows: Shadows,
    counter: Mutex<Counter>,
    changed: Condvar,
}

pub(super) struct Counter {
    pub(super) shelf: Shelf,
    users: usize,
    last_left: Instant,
    /// The server is gone, or this process is to end.
    pub(super) is_broken: bool,
}

/// Nobody finds a socket that nobody listens at.
fn listen(socket: &Path) -> Result<UnixListener> {
    let new = socket.with_extension("new");
    let _ = std::fs::remove_file(&new);
    let listener = UnixListener::bind(&new).and_then(|listener| {
        std::fs::rename(&new, socket)?;
        Ok(listener)
    });
    listener.map_err(|error| {
        let message = format!("cannot listen at {}: {error}", socket.display());
        Diagnostic::error(Code::Io, message).into()
    })
}

fn accept(shop: &Arc<Shop>, listener: &UnixListener) {
    for stream in listener.incoming().flatten() {
        let mut counter = shop.lock();
        if counter.is_closing() {
            // Those who came after the last moment hear nothing, and ask somebody else.
            return;
        }
        counter.users += 1;
        drop(counter);
        let shop = Arc::clone(shop);
        std::thread::spawn(move || {
            let _ = shop.attend(BufReader::new(stream));
            shop.change(|counter| {
                counter.users -= 1;
                counter.last_left = Instant::now();
            });
        });
    }
}

impl Counter {
    fn is_closing(&self) -> bool {
        self.shelf.is_closing || self.is_broken
    }
}

impl Shop {
    /// Serves one user, to the end.
    fn attend(&self, mut user: BufReader<UnixStream>) -> std::io::Result<()> {
        let mut wish = String::new();
        user.read_line(&mut wish)?;
        let Some((lent, template)) = understood(&wish) else { return Ok(()) };
        let name = match self.take(template, lent) {
            Ok(name) => name,
            Err(Trouble::Missing) => return user.get_mut().write_all(b"missing\n"),
            Err(Trouble::Full(why) | Trouble::Failed(why)) => {
                return writeln!(user.get_mut(), "failed {}", why.replace('\n', " "));
            }
        };
        let server = self.shadows.server();
        let word = if server.origin() == Origin::Given { "given" } else { "database" };
        let told = writeln!(user.get_mut(), "{word} {name} {}", server.connection_string(&name));
        let mut is_clean = false;
        let mut word = String::new();
        while told.is_ok() && user.read_line(&mut word).is_ok_and(|length| length > 0) {
            match word.trim_end().split_once(' ') {
                Some(("keep", what_for)) if self.keep(what_for, &name) => {
                    return user.get_mut().write_all(b"kept\n");
                }
                _ => is_clean = lent && word == "clean\n",
            }
            word.clear();
        }
        self.change(|counter| match is_clean {
            true => counter.shelf.pile(template, Instant::now()).returned.push(name),
            false => counter.shelf.discard(name, Instant::now()),
        });
        Ok(())
    }

    /// Waits for a copy.
    fn take(&self, template: &str, lent: bool) -> std::result::Result<String, Trouble> {
        let mut counter = self.lock();
        counter.shelf.pile(template, Instant::now()).waiting += 1;
        self.changed.notify_all();
        loop {
            let is_broken = counter.is_broken;
            let pile = counter.shelf.pile(template, Instant::now());
            let trouble = || Some(Err(Trouble::Failed("the server is gone".into())));
            let result = pile.take(lent).map(Ok).or_else(|| pile.trouble.clone().map(Err));
            if let Some(result) = result.or_else(|| is_broken.then(trouble).flatten()) {
                pile.waiting -= 1;
                if pile.waiting == 0 {
                    pile.trouble = None;
                }
                self.changed.notify_all();
                return result;
            }
            counter = self.wait(counter, PING);
        }
    }

    /// Leaves a copy there for somebody to look at.
    fn keep(&self, what_for: &str, name: &str) -> bool {
        let kept = self.shadows.administration.mark(name, "pgmi kept, since").is_ok();
        if kept {
            self.change(|counter| {
                let now = Instant::now();
                for gone in counter.shelf.kept.add(what_for, name, now) {
                    counter.shelf.discard(gone, now);
                }
            });
        }
        kept
    }

    /// The next job; none when there will be none any more.
    pub(super) fn next_job(&self) -> Option<Job> {
        let mut counter = self.lock();
        loop {
            if counter.is_broken {
                return None;
            }
            if let Some(job) = counter.shelf.next(Instant::now()) {
                return Some(job);
            }
            if counter.shelf.is_closing && counter.shelf.is_empty() {
                self.changed.notify_all();
                return None;
            }
            let nap = counter.shelf.nap();
            counter = self.wait(counter, nap);
        }
    }

    /// Returns when nobody was there for a while, and nothing is kept.
    fn wait_for_closing_time(&self, hours: &Hours) {
        loop {
            let is_there = self.shadows.administration.run("").is_ok();
            let mut counter = self.lock();
            let now = Instant::now();
            for name in counter.shelf.kept.expired(hours.kept, now) {
                counter.shelf.discard(name, now);
            }
            counter.is_broken |= !is_there;
            let alone = counter.users == 0 && now.duration_since(counter.last_left) >= hours.linger;
            if alone && counter.shelf.clear() {
                self.changed.notify_all();
            }
            if counter.is_broken || alone && counter.shelf.kept.is_empty() {
                counter.shelf.is_closing = true;
                self.changed.notify_all();
                return;
            }
            drop(self.wait(counter, PING.min(hours.linger / 2).max(Duration::from_millis(5))));
        }
    }

    /// Drops what is left, then lets the workers go.
    fn close(&self) {
        let mut counter = self.lock();
        counter.shelf.clear();
        self.changed.notify_all();
        while !counter.is_broken && !counter.shelf.is_empty() {
            counter = self.wait(counter, PING);
        }
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut Counter)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Counter> {
        self.counter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(
        &self,
        counter: MutexGuard<'a, Counter>,
        limit: Duration,
    ) -> MutexGuard<'a, Counter> {
        let waited = self.changed.wait_timeout(counter, limit);
        waited.map_or_else(|poisoned| poisoned.into_inner().0, |(counter, _)| counter)
    }
}

/// Whether a copy may be lent, and of which template. Its name goes into statements.
fn understood(wish: &str) -> Option<(bool, &str)> {
    let (word, template) = wish.trim_end().split_once(' ')?;
    let digits = template.strip_prefix("pgmi_")?;
    let is_name = digits.len() == 16 && digits.bytes().all(|it| it.is_ascii_hexdigit());
    match word {
        "own" if is_name => Some((false, template)),
        "lend" if is_name => Some((true, template)),
        _ => None,
    }
}
