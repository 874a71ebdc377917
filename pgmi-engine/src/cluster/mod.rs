//! A PostgreSQL to work in: server binaries of this machine, and throwaway servers made of them.
//!
//! [`Binaries::find`] looks for the programs of a server, [`install`] fetches them.
//! [`Cluster::start`] makes a server for one owner, [`Cluster::shared`] one for all processes and
//! threads that ask for the same. Both are gone when their users are.

mod binaries;
mod install;
#[cfg(unix)]
mod local;
mod lock;
mod places;
mod settings;
#[cfg(not(unix))]
mod unavailable;

pub use binaries::{Binaries, SUPPORTED_MAJORS};
pub use install::{Installed, install};
#[cfg(unix)]
pub use local::{Cluster, Running};
pub use places::Places;
pub use settings::Settings;
#[cfg(not(unix))]
pub use unavailable::{Cluster, Running};

use crate::diagnostic::{Code, Diagnostic};

fn failed(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::ClusterFailed, message)
}
