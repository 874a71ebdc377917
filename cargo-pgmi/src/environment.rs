//! What this process was started with, as values for the engine, which reads no environment.

use pgmi_engine::cluster::Places;

/// Where PostgreSQL may be on this machine.
pub fn places() -> Places {
    Places::gather(|name| std::env::var_os(name))
}
