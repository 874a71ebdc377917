//! Asks PostgreSQL what the queries of `db/` take and return, and makes Rust of it.

fn main() {
    pgmi_build::compile();
}
