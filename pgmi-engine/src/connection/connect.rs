//! Opening a connection: every host, every address, every way, until one works.

use std::{
    fmt,
    net::IpAddr,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use postgres::{Client, NoTls, error::DbError};

use super::{
    cancel::Cancel,
    driver,
    endpoint::{Endpoint, Host},
    failure::{Cause, Failure, failed, network, timed_out, unknown_host},
    retry::{random_jitter, with_retries},
    session_kind,
    target::{Target, WantedSession},
    tls::{Tls, Way},
};
use crate::Result;

/// What is done with the server's notices.
pub type NoticeCallback = Arc<dyn Fn(DbError) + Send + Sync>;

/// Waits before the next try, and answers whether there should be one.
pub type Pause = Arc<dyn Fn(Duration) -> bool + Send + Sync>;

/// What a caller adds to a [`Target`].
#[derive(Clone, Default)]
pub struct ConnectOptions {
    /// Called for each notice and warning; without it they are dropped.
    pub notice: Option<NoticeCallback>,
    /// Server settings of this session, name and value, sent as `-c name=value` with the startup packet.
    pub settings: Vec<(String, String)>,
    /// Replaces sleeping between tries, to stop early (`false`: no further try) or to test without waiting.
    pub pause: Option<Pause>,
}

/// An open connection.
pub struct Connection {
    pub client: Client,
    /// Cancels, from any thread, what `client` is doing.
    pub cancel: Cancel,
}

impl Target {
    /// Connects. A failure that may pass by itself (connection refused, server starting, too many
    /// clients, …) is tried again three times, after 100, 200 and 400 ms.
    ///
    /// As in libpq, `connect_timeout` holds for each address of each host and covers TLS and
    /// authentication; here it is 10 s unless set, and `connect_timeout=0` waits for ever. When it is
    /// over there is no further try.
    /// Not to be called from inside an async runtime: `Client` blocks.
    ///
    /// # Errors
    /// `connection-failed` when no server lets us in; [`crate::Error::sqlstate`] tells what the server
    /// answered, `3D000` for a database that does not exist. `connection-settings` when a
    /// certificate or key cannot be used.
    pub fn connect(&self, options: ConnectOptions) -> Result<Connection> {
        let tls = self.load_tls()?;
        let pause = options.pause.clone().unwrap_or_else(|| Arc::new(sleep));
        let attempt = Attempt { target: self, tls, options };
        with_retries(|| attempt.any_host(), pause.as_ref(), random_jitter)
            .map_err(|failure| failure.error)
    }

    /// Reads certificates, unless no endpoint will need them.
    pub(super) fn load_tls(&self) -> Result<Option<Tls>> {
        let secured = |endpoint| self.tls.ways(endpoint).iter().any(|way| *way != Way::Plain);
        if self.endpoints.iter().any(secured) { Tls::load(&self.tls).map(Some) } else { Ok(None) }
    }
}

fn sleep(wait: Duration) -> bool {
    thread::sleep(wait);
    true
}

pub(super) type Outcome<T> = std::result::Result<T, Failure>;

/// One try: what stays the same for all hosts, addresses and ways.
struct Attempt<'a> {
    target: &'a Target,
    tls: Option<Tls>,
    options: ConnectOptions,
}

impl Attempt<'_> {
    fn any_host(&self) -> Outcome<Connection> {
        match self.target.wanted {
            WantedSession::PreferStandby => {
                self.any_host_of(WantedSession::Standby).or_else(|failure| {
                    match failure.concerns_one_host() {
                        true => self.any_host_of(WantedSession::Any),
                        false => Err(failure),
                    }
                })
            }
            wanted => self.any_host_of(wanted),
        }
    }

    fn any_host_of(&self, wanted: WantedSession) -> Outcome<Connection> {
        let mut endpoints: Vec<_> = self.target.endpoints.iter().collect();
        if self.target.random_order {
            endpoints.sort_by_cached_key(|_| random_jitter().to_bits());
        }
        first_success(endpoints, |endpoint| self.host(endpoint, wanted))
    }

    fn host(&self, endpoint: &Endpoint, wanted: WantedSession) -> Outcome<Connection> {
        let place = self.place(endpoint);
        let addresses = endpoint.addresses().map_err(|error| unknown_host(&error, &place))?;
        match endpoint.host {
            Host::Socket(_) => self.address(endpoint, None, wanted),
            Host::Name(_) => {
                first_success(addresses, |ip| self.address(endpoint, Some(ip), wanted))
            }
        }
    }

    fn address(
        &self,
        endpoint: &Endpoint,
        address: Option<IpAddr>,
        wanted: WantedSession,
    ) -> Outcome<Connection> {
        let place = self.place(endpoint);
        let mut earlier: Option<Failure> = None;
        for way in self.target.tls.ways(endpoint) {
            match self.open(endpoint, address, *way) {
                Ok(mut connection) => {
                    session_kind::check(&mut connection.client, wanted, &place)?;
                    return Ok(connection);
                }
                Err(failure) => {
                    let go_on = failure.concerns_the_way();
                    earlier = Some(merge(earlier, failure));
                    if !go_on {
                        break;
                    }
                }
            }
        }
        Err(earlier.unwrap_or_else(|| nothing_tried(&place)))
    }

    fn open(&self, endpoint: &Endpoint, address: Option<IpAddr>, way: Way) -> Outcome<Connection> {
        let place = self.place(endpoint);
        let config = driver::config(self.target, &self.options, endpoint, address, way);
        let tls = self.tls.clone().filter(|_| way != Way::Plain);
        let connector = tls.clone();
        let client = within(self.target.connect_timeout, &place, move || match connector {
            Some(tls) => config.connect(tls.connector()),
            None => config.connect(NoTls),
        });
        let client = client.map_err(|failure| self.with_password_source(failure, endpoint))?;
        let cancel = Cancel::new(client.cancel_token(), tls, place);
        Ok(Connection { client, cancel })
    }

    /// A refused password is mended where it was written.
    fn with_password_source(&self, failure: Failure, endpoint: &Endpoint) -> Failure {
        let Failure { cause, error } = failure;
        let (true, Some((_, source))) =
            (cause == Cause::Server("28P01".into()), self.target.password_for(endpoint))
        else {
            return Failure { cause, error };
        };
        let note = format!("the password is from {source}");
        Failure { cause, error: error.map(|diagnostic| diagnostic.note(note)) }
    }

    fn place(&self, endpoint: &Endpoint) -> String {
        format!("{endpoint}/{}", self.target.database)
    }
}

/// The first success; a failure that concerns all of them ends the search.
fn first_success<I, T>(items: Vec<I>, mut attempt: impl FnMut(I) -> Outcome<T>) -> Outcome<T> {
    let mut failures: Vec<Failure> = Vec::new();
    for item in items {
        match attempt(item) {
            Ok(done) => return Ok(done),
            Err(failure) if failure.concerns_one_host() => failures.push(failure),
            Err(failure) => {
                failures.push(failure);
                break;
            }
        }
    }
    // The last host's failure leads; those of the hosts before it are notes.
    let last = failures.pop().unwrap_or_else(|| nothing_tried("the server"));
    Err(failures.iter().rev().fold(last, with_note))
}

/// Joins the failures of two ways; the one that came further leads.
fn merge(earlier: Option<Failure>, later: Failure) -> Failure {
    match earlier {
        None => later,
        Some(earlier) if later.concerns_the_way() => with_note(earlier, &later),
        Some(earlier) => with_note(later, &earlier),
    }
}

pub(super) fn with_note(failure: Failure, other: &Failure) -> Failure {
    let note = format!("also tried: {}", other.error);
    Failure { cause: failure.cause, error: failure.error.map(|diagnostic| diagnostic.note(note)) }
}

pub(super) fn nothing_tried(place: &str) -> Failure {
    Failure::new(Cause::Network { passes: false }, failed(place, "the host has no address"))
}

/// Runs `connect` on a thread of its own and stops listening after `limit`.
///
/// The driver's own timeout ends with the TCP handshake; a server that accepts and then is silent
/// would hold us for ever. The thread that is left behind ends with the process or the server.
fn within(
    limit: Option<Duration>,
    place: &str,
    connect: impl FnOnce() -> std::result::Result<Client, postgres::Error> + Send + 'static,
) -> Outcome<Client> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("pgmi-connect".into())
        .spawn(move || drop(sender.send(connect())))
        .map_err(|error| network(&error, place))?;
    let answer = match limit {
        Some(limit) => receiver.recv_timeout(limit).map_err(|_| timed_out(place, limit))?,
        None => receiver.recv().map_err(|_| nothing_tried(place))?,
    };
    answer.map_err(|error| Failure::explain(&error, place))
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("cancel", &self.cancel).finish_non_exhaustive()
    }
}

impl fmt::Debug for ConnectOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectOptions").field("settings", &self.settings).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use postgres::Config;

    use super::*;

    fn server(sqlstate: &str) -> Failure {
        Failure::new(Cause::Server(sqlstate.into()), failed("h:1/d", sqlstate))
    }

    #[test]
    fn a_refused_password_ends_the_search_and_a_starting_server_does_not() {
        let search = |codes: &[&str]| {
            let mut tried = 0;
            let result: Outcome<()> = first_success(codes.to_vec(), |code| {
                tried += 1;
                if code.is_empty() { Ok(()) } else { Err(server(code)) }
            });
            (tried, result.map_err(|failure| failure.error.to_string()))
        };
        assert_eq!(search(&["57P03", "", "28P01"]), (2, Ok(())));
        let (tried, result) = search(&["57P03", "28P01", ""]);
        assert_eq!((tried, result.unwrap_err().as_str()), (2, "cannot connect to h:1/d: 28P01"));
    }

    #[test]
    fn of_two_ways_the_one_that_came_further_leads() {
        let leads = |first: &str, second: &str| {
            let error = merge(Some(server(first)), server(second)).error;
            assert_eq!(error.primary().notes.len(), 1);
            error.to_string()
        };
        assert!(leads("28000", "28P01").ends_with("28P01"));
        assert!(leads("28P01", "28000").ends_with("28P01"));
    }

    #[test]
    fn a_thread_that_does_not_answer_is_left_behind() {
        let (_keep, silence) = mpsc::channel::<()>();
        let wait = Duration::from_millis(20);
        let result = within(Some(wait), "h:1/d", move || {
            let _ = silence.recv();
            Config::new().connect(NoTls)
        });
        let failure = result.err().unwrap();
        assert!(failure.error.to_string().contains("no answer within 0.02 s"));
        assert!(!failure.is_transient());
    }
}
