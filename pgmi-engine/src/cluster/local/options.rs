//! The settings of a throwaway server, as arguments of `postgres`.

use crate::cluster::Settings;

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

/// Settings of `postgres` for a server whose data nobody needs tomorrow, with the reasons.
const FAST: &[(&str, &str)] = &[
    // Nothing has to survive a crash of the machine.
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    // Memory that holds the data should not hold its history too.
    ("min_wal_size", "32MB"),
    ("max_wal_size", "128MB"),
    // Everything that a project may do on a real server works here too: publications, slots.
    ("wal_level", "logical"),
    // A test process each, many connections each.
    ("max_connections", "300"),
    // One transaction may create and drop thousands of tables.
    ("max_locks_per_transaction", "256"),
    ("max_prepared_transactions", "64"),
    // Statistics that appear by themselves would change query plans from run to run.
    ("autovacuum", "off"),
    ("jit", "off"),
    // Its files lie in the data directory, and go with it even when the server is killed.
    ("dynamic_shared_memory_type", "mmap"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
];
