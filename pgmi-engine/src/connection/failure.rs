//! Why one attempt failed: what it means for the next attempt, and what the user should read.

use std::{error::Error as _, io};

use super::server_error::server_error;
#[cfg(feature = "tls")]
use super::tls_failure;
use crate::{
    Error,
    diagnostic::{Code, Diagnostic, ServerError},
};

/// One attempt that failed.
pub(super) struct Failure {
    pub(super) cause: Cause,
    pub(super) error: Error,
}

/// What kind of failure it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// PostgreSQL answered with this SQLSTATE.
    Server(String),
    /// No TLS connection came about.
    Tls,
    /// The network, the look-up of the host, or the server hung up; some of these pass by themselves.
    Network { passes: bool },
    /// The server is not of the kind that `target_session_attrs` asks for.
    Unsuitable,
    /// Anything else, such as a missing password.
    Other,
}

impl Failure {
    pub(super) fn new(cause: Cause, diagnostic: Diagnostic) -> Self {
        Self { cause, error: diagnostic.into() }
    }

    #[cfg(test)]
    pub(super) fn bare(cause: Cause) -> Self {
        Self::new(cause, Diagnostic::error(Code::ConnectionFailed, ""))
    }

    /// Explains what the driver reported about an attempt at `place` (`host:port/database`).
    pub(super) fn explain(error: &postgres::Error, place: &str) -> Self {
        if let Some(server) = error.as_db_error() {
            return refused_by_server(server_error(server), place);
        }
        #[cfg(feature = "tls")]
        if let Some(failure) = tls_failure::explain(error, place) {
            return failure;
        }
        if let Some(io) = error.source().and_then(|source| source.downcast_ref::<io::Error>()) {
            return network(io, place);
        }
        let reason = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        if error.is_closed() {
            return hung_up(place);
        }
        match reason.as_str() {
            "password missing" => password_missing(place),
            _ => Self::new(Cause::Other, failed(place, &reason)),
        }
    }

    /// Whether the same attempt may work a moment later.
    pub(super) fn is_transient(&self) -> bool {
        match &self.cause {
            Cause::Server(sqlstate) => is_transient(sqlstate),
            Cause::Network { passes } => *passes,
            Cause::Tls | Cause::Unsuitable | Cause::Other => false,
        }
    }

    /// Whether another host may do better. A server that refuses a user speaks for all of them, one
    /// that is starting or the wrong kind does not.
    pub(super) fn concerns_one_host(&self) -> bool {
        match &self.cause {
            Cause::Server(sqlstate) => sqlstate == "57P03",
            Cause::Network { .. } | Cause::Unsuitable => true,
            Cause::Tls | Cause::Other => false,
        }
    }

    /// Whether `pg_hba.conf` or TLS stood in the way, so that the other [`super::tls::Way`] may work.
    pub(super) fn concerns_the_way(&self) -> bool {
        self.cause == Cause::Tls || self.cause == Cause::Server("28000".into())
    }
}

/// SQLSTATE classes that pass by themselves: connection (08), resources (53), operator intervention
/// (57), and locks and serialisation
/// ([errcodes-appendix](https://www.postgresql.org/docs/current/errcodes-appendix.html)).
fn is_transient(sqlstate: &str) -> bool {
    // A cancelled statement, a dropped database and a protocol that is not understood stay so.
    let stays = matches!(sqlstate, "57014" | "57P04" | "08P01");
    let passes = matches!(sqlstate.get(..2), Some("08" | "53" | "57"));
    !stays && (passes || matches!(sqlstate, "40001" | "40P01" | "55P03"))
}

/// The beginning of every message: what was attempted, and why not.
pub(super) fn failed(place: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::ConnectionFailed, format!("cannot connect to {place}: {reason}"))
}

fn refused_by_server(server: ServerError, place: &str) -> Failure {
    let diagnostic = failed(place, &server.message);
    let diagnostic = match next_step(&server) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    };
    Failure::new(Cause::Server(server.sqlstate.clone()), diagnostic.server(server))
}

fn next_step(server: &ServerError) -> Option<&'static str> {
    Some(match server.sqlstate.as_str() {
        "28P01" => {
            "check user and password; a password is given by PGPASSWORD, ~/.pgpass or a connection string"
        }
        "28000" => {
            "check user and sslmode, or let this client in with a line in the server's pg_hba.conf"
        }
        "3D000" => "check the name after -d, or create the database first",
        "42501" => "ask the database's owner for: grant connect on database … to …",
        "53300" => {
            "close other connections, or raise max_connections or the role's connection limit"
        }
        "57P03" => "the server is starting, stopping or recovering; try again in a moment",
        "08P01" if server.message.contains("startup parameter") => {
            "a connection pooler stands in between; connect to PostgreSQL itself"
        }
        _ => return None,
    })
}

fn password_missing(place: &str) -> Failure {
    let diagnostic = failed(place, "the server asks for a password, and none is known")
        .help("set PGPASSWORD, or add a line host:port:database:user:password to ~/.pgpass");
    Failure::new(Cause::Other, diagnostic)
}

/// The server closed the connection without a word.
pub(super) fn hung_up(place: &str) -> Failure {
    let diagnostic = failed(place, "the server closed the connection without an answer")
        .help("check that PostgreSQL listens there, and look into its log");
    Failure::new(Cause::Network { passes: true }, diagnostic)
}

/// Nothing was heard within the connect timeout.
pub(super) fn timed_out(place: &str, limit: std::time::Duration) -> Failure {
    let reason = format!("no answer within {} s", limit.as_secs_f64());
    let diagnostic = failed(place, &reason)
        .help("check host, port and firewall")
        .help("allow more time with connect_timeout=… or PGCONNECT_TIMEOUT");
    // Not tried again: the user's patience is over, and the system has already sent its packets again.
    Failure::new(Cause::Network { passes: false }, diagnostic)
}

/// The host's name could not be looked up.
pub(super) fn unknown_host(error: &io::Error, place: &str) -> Failure {
    let text = error.to_string();
    let passes = text.contains("Temporary failure") || text.contains("11002");
    let diagnostic = failed(place, "the host is unknown")
        .note(text)
        .help("check the spelling of the host name, and the network's name server");
    Failure::new(Cause::Network { passes }, diagnostic)
}

/// What the operating system said about the socket.
pub(super) fn network(error: &io::Error, place: &str) -> Failure {
    use io::ErrorKind as Kind;
    let (passes, reason, help) = match error.kind() {
        Kind::ConnectionRefused => {
            (true, "connection refused", "check that PostgreSQL is running and listens there")
        }
        Kind::NotFound => {
            (true, "there is no such socket", "check that PostgreSQL is running, and its port")
        }
        Kind::PermissionDenied => {
            (false, "the socket may not be opened", "check the permissions of its directory")
        }
        Kind::TimedOut => (false, "no answer", "check host, port and firewall"),
        Kind::ConnectionReset | Kind::BrokenPipe | Kind::UnexpectedEof => {
            return hung_up(place);
        }
        Kind::NetworkUnreachable | Kind::HostUnreachable => {
            (true, "the network does not reach it", "check host, VPN and firewall")
        }
        _ => (false, "the network failed", "check host and port"),
    };
    let diagnostic = failed(place, reason).note(error.to_string()).help(help);
    Failure::new(Cause::Network { passes }, diagnostic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(sqlstate: &str) -> Failure {
        let server = ServerError {
            sqlstate: sqlstate.into(),
            message: "the server's words".into(),
            ..ServerError::default()
        };
        refused_by_server(server, "h:1/d")
    }

    #[test]
    fn transient_sqlstates() {
        for code in ["08006", "08001", "53300", "57P01", "57P03", "40001", "40P01", "55P03"] {
            assert!(server(code).is_transient(), "{code}");
        }
        for code in ["28P01", "28000", "3D000", "42601", "42501", "57014", "57P04", "08P01", ""] {
            assert!(!server(code).is_transient(), "{code}");
        }
    }

    #[test]
    fn the_server_is_quoted_and_a_next_step_given() {
        for code in ["28P01", "28000", "3D000", "42501", "53300", "57P03"] {
            let error = server(code).error;
            assert_eq!(error.sqlstate(), Some(code));
            assert_eq!(error.outcome().exit_code(), 11);
            assert_eq!(error.to_string(), "cannot connect to h:1/d: the server's words");
            assert_eq!(error.primary().help.len(), 1, "{code}");
        }
    }

    #[test]
    fn the_networks_failures() {
        for (kind, passes, words) in [
            (io::ErrorKind::ConnectionRefused, true, "refused"),
            (io::ErrorKind::ConnectionReset, true, "closed the connection"),
            (io::ErrorKind::UnexpectedEof, true, "closed the connection"),
            (io::ErrorKind::NetworkUnreachable, true, "network"),
            (io::ErrorKind::HostUnreachable, true, "network"),
            (io::ErrorKind::PermissionDenied, false, "socket"),
        ] {
            let failure = network(&io::Error::from(kind), "h:1/d");
            assert_eq!(failure.is_transient(), passes, "{kind}");
            assert!(failure.error.to_string().contains(words), "{kind}: {}", failure.error);
            assert!(!failure.error.primary().help.is_empty());
        }
    }

    #[test]
    fn a_temporary_look_up_failure_passes() {
        let look_up = |text: &str| unknown_host(&io::Error::other(text), "h:1/d").is_transient();
        assert!(look_up("Temporary failure in name resolution"));
        assert!(!look_up("Name or service not known"));
    }

    #[test]
    fn only_some_failures_send_us_on() {
        assert!(server("57P03").concerns_one_host());
        assert!(!server("28P01").concerns_one_host());
        assert!(server("28000").concerns_the_way());
        assert!(!server("28P01").concerns_the_way());
    }
}
