//! Containers, where pgmi was built without them.

use super::Places;
use super::server::ServerRequest;
use crate::Result;
use crate::diagnostic::{Code, Diagnostic};

/// A container with a PostgreSQL of ours; this build knows none.
#[derive(Clone, Debug)]
pub struct RunningContainer(std::convert::Infallible);

/// No containers.
pub fn running_containers(_places: &Places) -> Vec<RunningContainer> {
    Vec::new()
}

impl RunningContainer {
    /// Never called.
    pub fn image(&self) -> &str {
        match self.0 {}
    }

    /// Never called.
    pub fn major(&self) -> Option<u16> {
        match self.0 {}
    }

    /// Never called.
    pub fn state(&self) -> &str {
        match self.0 {}
    }

    /// Never called.
    pub fn id(&self) -> &str {
        match self.0 {}
    }

    /// # Errors
    /// Never called.
    pub fn stop(&self) -> Result<()> {
        match self.0 {}
    }
}

pub(super) fn start(_request: &ServerRequest) -> Result<String> {
    Err(Diagnostic::error(
        Code::ServerNotFound,
        "this pgmi was built without the feature `container`",
    )
    .into())
}
