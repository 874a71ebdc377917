//! Opening a connection: every host, every address, every way, until one works.

use std::{
    fmt,
    net::IpAddr,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use postgres::{
    Client, Config, NoTls,
    config::{SslMode as DriverMode, SslNegotiation},
    error::DbError,
};

use super::{
    cancel::Cancel,
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
    /// authentication; here it is 10 s unless set, and `connect_timeout=0` waits for ever.
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
    fn load_tls(&self) -> Result<Option<Tls>> {
        let secured = |endpoint| self.tls.ways(endpoint).iter().any(|way| *way != Way::Plain);
        if self.endpoints.iter().any(secured) { Tls::load(&self.tls).map(Some) } else { Ok(None) }
    }
}

fn sleep(wait: Duration) -> bool {
    thread::sleep(wait);
    true
}

type Outcome<T> = std::result::Result<T, Failure>;

/// One try: what stays the same for all hosts, addresses and ways.
struct Attempt<'a> {
    target: &'a Target,
    tls: Option<Tls>,
    options: ConnectOptions,
}

impl Attempt<'_> {
    fn any_host(&self) -> Outcome<Connection> {
        match self.target.wanted {
            WantedSession::PreferStandby => self
                .any_host_of(WantedSession::Standby)
                .or_else(|_| self.any_host_of(WantedSession::Any)),
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
        let config = self.config(endpoint, address, way);
        let tls = self.tls.clone().filter(|_| way != Way::Plain);
        let connector = tls.clone();
        let client = within(self.target.connect_timeout, &place, move || match connector {
            Some(tls) => config.connect(tls.connector()),
            None => config.connect(NoTls),
        })?;
        let cancel = Cancel::new(client.cancel_token(), tls, place);
        Ok(Connection { client, cancel })
    }

    fn config(&self, endpoint: &Endpoint, address: Option<IpAddr>, way: Way) -> Config {
        let target = self.target;
        let mut config = Config::new();
        config
            .user(&target.user)
            .dbname(&target.database)
            .application_name(&target.application_name)
            .port(endpoint.port)
            .channel_binding(target.channel_binding);
        match &endpoint.host {
            Host::Name(name) => config.host(name),
            Host::Socket(directory) => config.host(&directory.to_string_lossy()),
        };
        if let Some(address) = address {
            config.hostaddr(address);
        }
        if let Some(password) = target.password_for(endpoint) {
            config.password(password.reveal());
        }
        if let Some(options) = self.startup_options() {
            config.options(&options);
        }
        self.secure(&mut config, way);
        self.keep_alive(&mut config);
        match self.options.notice.clone() {
            Some(notice) => config.notice_callback(move |error| notice(error)),
            None => config.notice_callback(|_| ()),
        };
        config
    }

    fn secure(&self, config: &mut Config, way: Way) {
        config.ssl_mode(match way {
            Way::Plain => DriverMode::Disable,
            Way::TlsIfOffered => DriverMode::Prefer,
            Way::Tls => DriverMode::Require,
        });
        if self.target.tls.direct && way == Way::Tls {
            config.ssl_negotiation(SslNegotiation::Direct);
        }
    }

    fn keep_alive(&self, config: &mut Config) {
        let keepalive = &self.target.keepalive;
        config.keepalives(!keepalive.off);
        if let Some(idle) = keepalive.idle {
            config.keepalives_idle(idle);
        }
        if let Some(interval) = keepalive.interval {
            config.keepalives_interval(interval);
        }
        if let Some(count) = keepalive.count {
            config.keepalives_retries(count);
        }
        if let Some(timeout) = keepalive.user_timeout {
            config.tcp_user_timeout(timeout);
        }
        if let Some(timeout) = self.target.connect_timeout {
            config.connect_timeout(timeout);
        }
    }

    /// The user's `options` first, so that what the caller needs wins.
    fn startup_options(&self) -> Option<String> {
        let own = self.target.options.iter().cloned();
        let setting = |(name, value): &(String, String)| format!("-c {name}={}", escape(value));
        let all: Vec<_> = own.chain(self.options.settings.iter().map(setting)).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    fn place(&self, endpoint: &Endpoint) -> String {
        format!("{endpoint}/{}", self.target.database)
    }
}

/// Spaces and backslashes inside one word of `options` are escaped by `\`
/// ([libpq-connect](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS)).
fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        if c == '\\' || c.is_ascii_whitespace() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
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

fn with_note(failure: Failure, other: &Failure) -> Failure {
    let note = format!("before that or after it: {}", other.error);
    Failure { cause: failure.cause, error: failure.error.map(|diagnostic| diagnostic.note(note)) }
}

fn nothing_tried(place: &str) -> Failure {
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
