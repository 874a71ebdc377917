//! How a client reaches a throwaway server.

use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The user that `initdb` makes: a superuser.
pub(super) const USER: &str = "postgres";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Endpoint {
    /// The folder of the socket.
    pub sockets: PathBuf,
    /// Of the socket's name, and of TCP.
    pub port: u16,
    /// What TCP asks for; without it the server does not listen there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

impl Endpoint {
    /// libpq's keywords and values, over the socket.
    pub(super) fn over_socket(&self, database: &str) -> String {
        let sockets = quoted(&self.sockets.to_string_lossy());
        format!("host={sockets} port={} user={USER} dbname={}", self.port, quoted(database))
    }

    /// The same over TCP, where the server listens.
    pub(super) fn over_tcp(&self, database: &str) -> Option<String> {
        let (port, database) = (self.port, quoted(database));
        let password = self.password.as_deref()?;
        Some(format!(
            "host=127.0.0.1 port={port} user={USER} password={password} dbname={database}"
        ))
    }

    /// Whether somebody listens; a server that was killed leaves its socket behind.
    pub(super) fn answers(&self) -> bool {
        UnixStream::connect(self.sockets.join(format!(".s.PGSQL.{}", self.port))).is_ok()
    }
}

/// A value as [libpq](https://www.postgresql.org/docs/current/libpq-connect.html) reads it.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    match !value.is_empty() && value.chars().all(plain) {
        true => value.to_owned(),
        false => format!("'{}'", value.replace('\\', r"\\").replace('\'', r"\'")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_reads_back_any_name() {
        let endpoint =
            Endpoint { sockets: "/tmp/a b'c".into(), port: 5433, password: Some("x".into()) };
        let config: postgres::Config = endpoint.over_socket(r"it's \ mine").parse().unwrap();
        assert_eq!(config.get_dbname(), Some(r"it's \ mine"));
        assert_eq!(config.get_hosts(), [tokio_postgres::config::Host::Unix("/tmp/a b'c".into())]);
        let config: postgres::Config = endpoint.over_tcp("d").unwrap().parse().unwrap();
        assert_eq!((config.get_ports(), config.get_password()), (&[5433][..], Some(&b"x"[..])));
    }
}
