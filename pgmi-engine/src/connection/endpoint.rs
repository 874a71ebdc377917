//! Where a server listens: a host name or address with a port, or a Unix socket.

use std::{fmt, io, net::IpAddr, net::ToSocketAddrs, path::PathBuf};

use super::settings::{Settings, Value, settings_error};
use crate::{Error, Result};

/// PostgreSQL's port when nobody names one.
const PORT: u16 = 5432;

/// One place to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    pub(super) host: Host,
    /// `hostaddr`: spares the look-up; the host name is still what a certificate is checked against.
    pub(super) address: Option<IpAddr>,
    pub(super) port: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// A name, or an IPv4 or IPv6 address.
    Name(String),
    /// The directory of a Unix socket.
    Socket(PathBuf),
}

/// Reads `host`, `hostaddr` and `port`, each a list separated by commas
/// ([multiple hosts](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS)).
///
/// # Errors
/// `connection-settings` for a bad port or address, an abstract socket, and lists that do not match.
pub(super) fn endpoints(settings: &Settings) -> Result<Vec<Endpoint>> {
    let hosts = list(settings.get("host"));
    let addresses = list(settings.get("hostaddr"));
    let ports = list(settings.get("port"));
    let count = hosts.len().max(addresses.len()).max(1);
    for (name, items) in [("hostaddr", &addresses), ("host", &hosts), ("port", &ports)] {
        let one_for_all = name == "port" && items.len() == 1;
        if !items.is_empty() && items.len() != count && !one_for_all {
            return Err(uneven(name, items.len(), count));
        }
    }
    let item = |items: &[String], at: usize| items.get(at).filter(|i| !i.is_empty()).cloned();
    let endpoint = |at: usize| {
        let address = address(item(&addresses, at), settings)?;
        let port = item(&ports, if ports.len() == 1 { 0 } else { at });
        Ok(Endpoint {
            host: host(item(&hosts, at), address)?,
            address,
            port: number(port, settings)?,
        })
    };
    (0..count).map(endpoint).collect()
}

fn list(value: Option<&Value>) -> Vec<String> {
    value.map_or_else(Vec::new, |v| v.text.split(',').map(|item| item.trim().to_owned()).collect())
}

fn uneven(name: &str, found: usize, expected: usize) -> Error {
    settings_error(format!("{found} values of {name} for {expected} hosts"))
        .help("give one port for all hosts, or as many ports as hosts")
        .into()
}

fn address(text: Option<String>, settings: &Settings) -> Result<Option<IpAddr>> {
    let wrong = || settings.get("hostaddr").map(|v| v.wrong("hostaddr", "an IPv4 or IPv6 address"));
    match text.map(|text| text.parse()) {
        None => Ok(None),
        Some(Ok(address)) => Ok(Some(address)),
        Some(Err(_)) => wrong().map_or(Ok(None), Err),
    }
}

fn host(text: Option<String>, address: Option<IpAddr>) -> Result<Host> {
    let Some(text) = text else {
        return Ok(Host::Name(address.map_or_else(|| "localhost".into(), |ip| ip.to_string())));
    };
    if text.starts_with('@') {
        return Err(settings_error("sockets in the abstract namespace are not supported")
            .help("give the directory of the socket, such as /var/run/postgresql")
            .into());
    }
    if text.starts_with('/') {
        return socket(text);
    }
    // Brackets are an IPv6 address's clothes in a URI; people keep them on in flags.
    let name = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(&text);
    Ok(Host::Name(name.to_owned()))
}

fn socket(directory: String) -> Result<Host> {
    if cfg!(unix) {
        return Ok(Host::Socket(directory.into()));
    }
    Err(settings_error("Unix sockets are not supported on this system")
        .help("give a host name or an address")
        .into())
}

fn number(text: Option<String>, settings: &Settings) -> Result<u16> {
    let Some(text) = text else { return Ok(PORT) };
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(port) if digits && port > 0 => Ok(port),
        _ => Err(settings
            .get("port")
            .map_or_else(|| settings_error("the port is wrong").into(), wrong_port)),
    }
}

fn wrong_port(value: &Value) -> Error {
    value.wrong("port", "a number from 1 to 65535")
}

impl Endpoint {
    /// Looks the host up; a socket has no address.
    ///
    /// # Errors
    /// What the system's resolver says.
    pub(super) fn addresses(&self) -> io::Result<Vec<IpAddr>> {
        match (&self.host, self.address) {
            (_, Some(address)) => Ok(vec![address]),
            (Host::Socket(_), None) => Ok(Vec::new()),
            (Host::Name(name), None) => {
                let found = (name.as_str(), self.port).to_socket_addrs()?;
                let mut addresses = Vec::new();
                for address in found.map(|socket| socket.ip()) {
                    if !addresses.contains(&address) {
                        addresses.push(address);
                    }
                }
                Ok(addresses)
            }
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Name(name) if name.contains(':') => write!(f, "[{name}]:{}", self.port),
            Host::Name(name) => write!(f, "{name}:{}", self.port),
            Host::Socket(directory) => {
                write!(f, "{}", directory.join(format!(".s.PGSQL.{}", self.port)).display())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::source::Source;

    fn read(host: &str, hostaddr: &str, port: &str) -> Result<String> {
        let mut settings = Settings::default();
        for (name, text) in [("host", host), ("hostaddr", hostaddr), ("port", port)] {
            if !text.is_empty() {
                settings.fill(name, text, Source::Flag("--flag"));
            }
        }
        let shown: Vec<_> = endpoints(&settings)?.iter().map(Endpoint::to_string).collect();
        Ok(shown.join(" "))
    }

    #[test]
    fn hosts_ports_and_sockets() {
        for (host, hostaddr, port, expected) in [
            ("", "", "", "localhost:5432"),
            ("h", "", " 5433 ", "h:5433"),
            ("::1", "", "", "[::1]:5432"),
            ("[::1]", "", "1", "[::1]:1"),
            ("a,b", "", "1", "a:1 b:1"),
            ("a,b", "", "1,2", "a:1 b:2"),
            ("a,b", "", ",2", "a:5432 b:2"),
            ("a,,b", "", "", "a:5432 localhost:5432 b:5432"),
            ("", "127.0.0.1,::1", "", "127.0.0.1:5432 [::1]:5432"),
            ("a,b", "127.0.0.1,127.0.0.2", "", "a:5432 b:5432"),
            #[cfg(unix)]
            ("/run/pg", "", "5433", "/run/pg/.s.PGSQL.5433"),
            #[cfg(unix)]
            ("/run/pg,h", "", "", "/run/pg/.s.PGSQL.5432 h:5432"),
        ] {
            assert_eq!(read(host, hostaddr, port).unwrap(), expected, "{host} {hostaddr} {port}");
        }
    }

    #[test]
    fn what_cannot_be() {
        for (host, hostaddr, port, words) in [
            ("h", "", "abc", "1 to 65535"),
            ("h", "", "0", "1 to 65535"),
            ("h", "", "65536", "1 to 65535"),
            ("h", "", "99999", "1 to 65535"),
            ("h", "", "-1", "1 to 65535"),
            ("h", "", "+1", "1 to 65535"),
            ("a,b", "", "1,2,3", "3 values of port for 2 hosts"),
            ("a", "", "1,2", "2 values of port for 1 hosts"),
            ("a,b", "127.0.0.1", "", "1 values of hostaddr"),
            ("h", "nowhere", "", "IPv4 or IPv6"),
            ("@abstract", "", "", "abstract"),
        ] {
            let error = read(host, hostaddr, port).unwrap_err();
            assert!(error.to_string().contains(words), "{host} {hostaddr} {port}: {error}");
            assert_eq!(error.outcome().exit_code(), 10);
        }
    }
}
