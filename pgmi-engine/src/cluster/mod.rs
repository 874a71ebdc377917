//! A PostgreSQL to work in, wherever it comes from.
//!
//! [`Server::find`] answers with a [`Server`]: one that was given, one made of programs of this machine,
//! or a container. Below it:
//!
//! [`Binaries::find`] looks for the programs of a server, [`install`] fetches them.
//! [`Cluster::start`] makes a server for one owner, [`Cluster::shared`] one for all processes and
//! threads that ask for the same. Both are gone when their users are.
//! Containers stay until they are told to go; [`running_containers`] lists them.

mod binaries;
#[cfg(feature = "container")]
mod container;
#[cfg(not(feature = "container"))]
#[path = "no_container.rs"]
mod container;
mod fast;
mod install;
#[cfg(unix)]
mod local;
mod lock;
mod places;
mod said;
mod server;
mod settings;
#[cfg(not(unix))]
mod unavailable;

pub use binaries::{Binaries, SUPPORTED_MAJORS};
pub use container::{RunningContainer, running_containers};
pub use install::{Installed, install};
#[cfg(unix)]
pub use local::{Cluster, Running};
pub(crate) use lock::Lock;
pub use places::Places;
pub use server::{Origin, Server, ServerRequest, shared_folder};
pub use settings::Settings;
#[cfg(not(unix))]
pub use unavailable::{Cluster, Running};

use crate::diagnostic::{Code, Diagnostic};

fn failed(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::ClusterFailed, message)
}
