//! Whether a target is on this machine.

use std::net::IpAddr;

use super::Target;
use super::endpoint::{Endpoint, Host};

impl Target {
    /// Whether every server that may be meant is on this machine: a socket, `localhost`, a loopback address.
    pub fn is_local(&self) -> bool {
        self.endpoints.iter().all(Endpoint::is_local)
    }
}

impl Endpoint {
    fn is_local(&self) -> bool {
        match (&self.host, self.address) {
            (_, Some(address)) => address.is_loopback(),
            (Host::Socket(_), None) => true,
            (Host::Name(name), None) => {
                let address: Result<IpAddr, _> = name.parse();
                address
                    .map_or_else(|_| name.eq_ignore_ascii_case("localhost"), |it| it.is_loopback())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::connection::{Defaults, Environment, Flags, resolve};

    #[test]
    fn one_server_elsewhere_is_enough() {
        for (connection, local) in [
            ("host=localhost", true),
            ("host=LocalHost,127.0.0.9,::1", true),
            #[cfg(unix)]
            ("host=/var/run/postgresql", true),
            ("host=db.example hostaddr=127.0.0.1", true),
            ("host=localhost hostaddr=10.0.0.1", false),
            ("host=localhost,db.example", false),
            ("host=localhost.example", false),
        ] {
            let flags = Flags {
                connection: Some(format!("{connection} user=u dbname=d")),
                ..Flags::default()
            };
            let target = resolve(&flags, &Environment::default(), &Defaults::default()).unwrap();
            assert_eq!(target.is_local(), local, "{connection}");
        }
    }
}
