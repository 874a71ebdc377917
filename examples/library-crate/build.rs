//! What PostgreSQL said is in `db/pgmi.lock`; it is asked again only when a query or the schema has changed.

fn main() {
    pgmi_build::compile();
}
