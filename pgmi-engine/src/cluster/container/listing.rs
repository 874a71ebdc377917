//! The containers that a user has, seen from outside.

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use testcontainers::bollard::Docker;
use testcontainers::bollard::models::ContainerSummary;
use testcontainers::bollard::query_parameters::{
    ListContainersOptionsBuilder, RemoveContainerOptionsBuilder,
};
use testcontainers::core::client::docker_client_instance;

use super::{MAJOR, OWNER, owner_of};
use crate::Result;
use crate::cluster::{Places, failed, shared_folder};

/// An engine that does not answer by then has nothing to list.
const PATIENCE: Duration = Duration::from_secs(5);

/// A container with a PostgreSQL of ours, running or not.
#[derive(Clone, Debug)]
pub struct RunningContainer {
    id: String,
    image: String,
    major: Option<u16>,
    state: String,
}

/// The user's containers; none where Docker cannot be reached.
pub fn running_containers(places: &Places) -> Vec<RunningContainer> {
    let Some(owner) = shared_folder(places).ok().and_then(|folder| owner_of(&folder)) else {
        return Vec::new();
    };
    let listed = with_docker(async |docker| {
        let filters = HashMap::from([("label", vec![format!("{OWNER}={owner}")])]);
        let options = ListContainersOptionsBuilder::new().all(true).filters(&filters).build();
        docker.list_containers(Some(options)).await.map_err(|error| error.to_string())
    });
    let mut found: Vec<_> =
        listed.unwrap_or_default().into_iter().filter_map(RunningContainer::of).collect();
    found.sort_by(|a, b| (a.major, &a.image).cmp(&(b.major, &b.image)));
    found
}

impl RunningContainer {
    fn of(summary: ContainerSummary) -> Option<Self> {
        let labels = summary.labels.unwrap_or_default();
        Some(Self {
            id: summary.id?,
            image: summary.image.unwrap_or_default(),
            major: labels.get(MAJOR).and_then(|major| major.parse().ok()),
            state: summary.status.unwrap_or_default(),
        })
    }

    /// The image it was made of.
    pub fn image(&self) -> &str {
        &self.image
    }

    /// The major that was asked for; none when only an image was.
    pub fn major(&self) -> Option<u16> {
        self.major
    }

    /// As Docker puts it: `Up 2 minutes`.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Its id, as short as people write it.
    pub fn id(&self) -> &str {
        self.id.get(..12).unwrap_or(&self.id)
    }

    /// Ends and removes it, with its data.
    ///
    /// # Errors
    /// Docker refuses.
    pub fn stop(&self) -> Result<()> {
        let removed = with_docker(async |docker| {
            let options = RemoveContainerOptionsBuilder::new().force(true).v(true).build();
            let removed = docker.remove_container(&self.id, Some(options)).await;
            removed.map_err(|error| error.to_string())
        });
        removed
            .map_err(|why| failed(format!("cannot remove container {}: {why}", self.id())).into())
    }
}

/// Asks the engine that testcontainers would ask.
fn with_docker<F, T>(question: impl FnOnce(Docker) -> F) -> std::result::Result<T, String>
where
    F: Future<Output = std::result::Result<T, String>>,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let docker = docker_client_instance().await.map_err(|error| error.to_string())?;
        let answer = tokio::time::timeout(PATIENCE, question(docker)).await;
        answer.unwrap_or_else(|_| Err("Docker does not answer".to_owned()))
    })
}
