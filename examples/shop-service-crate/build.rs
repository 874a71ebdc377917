//! What PostgreSQL said is in the project's `pgmi.lock`; it is asked again only when something has changed.

fn main() {
    pgmi_build::compile();
}
