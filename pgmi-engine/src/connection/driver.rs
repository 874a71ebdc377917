//! What the driver is told about one attempt.

use std::net::IpAddr;

use postgres::config::{SslMode, SslNegotiation};
use tokio_postgres::Config;

use super::{
    connect::ConnectOptions,
    endpoint::{Endpoint, Host},
    target::Target,
    tls::Way,
};

/// The blocking driver's configuration for one address and one way.
pub(super) fn config(
    target: &Target,
    options: &ConnectOptions,
    endpoint: &Endpoint,
    address: Option<IpAddr>,
    way: Way,
) -> postgres::Config {
    let mut config = postgres::Config::from(plain_config(target, options, endpoint, address, way));
    match options.notice.clone() {
        Some(notice) => config.notice_callback(move |error| notice(error)),
        None => config.notice_callback(|_| ()),
    };
    config
}

/// The same for a connection that a runtime drives; notices are its own business.
pub(super) fn plain_config(
    target: &Target,
    options: &ConnectOptions,
    endpoint: &Endpoint,
    address: Option<IpAddr>,
    way: Way,
) -> Config {
    let mut config = Config::new();
    config
        .user(&target.user)
        .dbname(&target.database)
        .application_name(&target.application_name)
        .port(endpoint.port)
        .channel_binding(target.channel_binding);
    match &endpoint.host {
        Host::Name(name) => config.host(name),
        Host::Socket(directory) => config.host(directory.to_string_lossy()),
    };
    if let Some(address) = address {
        config.hostaddr(address);
    }
    if let Some((password, _)) = target.password_for(endpoint) {
        config.password(password.reveal());
    }
    if let Some(startup) = startup_options(target, options) {
        config.options(&startup);
    }
    secure(&mut config, target, way);
    keep_alive(&mut config, target);
    config
}

fn secure(config: &mut Config, target: &Target, way: Way) {
    config.ssl_mode(match way {
        Way::Plain => SslMode::Disable,
        Way::TlsIfOffered => SslMode::Prefer,
        Way::Tls => SslMode::Require,
    });
    if target.tls.direct && way == Way::Tls {
        config.ssl_negotiation(SslNegotiation::Direct);
    }
}

fn keep_alive(config: &mut Config, target: &Target) {
    let keepalive = &target.keepalive;
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
    if let Some(timeout) = target.connect_timeout {
        config.connect_timeout(timeout);
    }
}

/// The user's `options` first, so that what the caller needs wins.
fn startup_options(target: &Target, options: &ConnectOptions) -> Option<String> {
    let own = target.options.iter().cloned();
    let setting = |(name, value): &(String, String)| format!("-c {name}={}", escape(value));
    let all: Vec<_> = own.chain(options.settings.iter().map(setting)).collect();
    (!all.is_empty()).then(|| all.join(" "))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::{Defaults, Environment, Flags, resolve};

    fn target(string: &str) -> Target {
        let flags = Flags { connection: Some(string.into()), ..Flags::default() };
        resolve(&flags, &Environment::default(), &Defaults::default()).unwrap()
    }

    fn built(string: &str, options: &ConnectOptions, way: Way) -> postgres::Config {
        let target = target(string);
        config(&target, options, &target.endpoints[0], "127.0.0.1".parse().ok(), way)
    }

    #[test]
    fn everything_arrives() {
        let string = "host=h port=1 user=u password=p dbname=d options='-c x=1' keepalives_idle=5";
        let options = ConnectOptions {
            settings: vec![("pgmi.session".into(), r"a b\c".into())],
            ..ConnectOptions::default()
        };
        let config = built(string, &options, Way::Tls);
        assert_eq!(config.get_ports(), [1]);
        assert_eq!(config.get_user(), Some("u"));
        assert_eq!(config.get_password(), Some(&b"p"[..]));
        assert_eq!(config.get_dbname(), Some("d"));
        assert_eq!(config.get_application_name(), Some("pgmi"));
        assert_eq!(config.get_options(), Some(r"-c x=1 -c pgmi.session=a\ b\\c"));
        assert_eq!(config.get_ssl_mode(), SslMode::Require);
        assert_eq!(config.get_keepalives_idle().as_secs(), 5);
        assert_eq!(config.get_connect_timeout().map(|limit| limit.as_secs()), Some(10));
    }

    #[test]
    fn zero_means_no_connect_timeout() {
        let config =
            built("host=h user=u connect_timeout=0", &ConnectOptions::default(), Way::Plain);
        assert_eq!(config.get_connect_timeout(), None);
        assert_eq!(config.get_ssl_mode(), SslMode::Disable);
        assert_eq!(config.get_options(), None);
    }
}
