//! What makes a throwaway server fast, wherever it runs.

/// Settings of `postgres` for a server whose data nobody needs tomorrow, with the reasons.
pub(super) const FAST: &[(&str, &str)] = &[
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
