//! The settings of a throwaway server, as arguments of `postgres`.

use crate::cluster::Settings;
use crate::cluster::fast::FAST;

/// Where it listens, what makes it fast, and what the caller wants; the last word counts.
pub(super) fn options(settings: &Settings, port: u16) -> Vec<String> {
    let listen = if settings.tcp.is_some() { "127.0.0.1" } else { "" };
    let own = [("port".to_owned(), port.to_string()), ("listen_addresses".into(), listen.into())];
    let fast = FAST.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    own.into_iter()
        .chain(fast)
        .chain(settings.options.iter().cloned())
        .flat_map(|(name, value)| ["-c".to_owned(), format!("{name}={value}")])
        .collect()
}
