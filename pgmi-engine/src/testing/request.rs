//! What a test asks for.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Result;
use crate::cluster::{Places, Server, ServerRequest, shared_folder};
use crate::connection::Environment;
use crate::manifest::{CrateSettings, ServerChoice};

/// What a test says about its database, and what its door knows about the machine.
#[derive(Clone, Debug, Default)]
pub struct TestRequest {
    /// The folder of the crate's `Cargo.toml`.
    pub krate: PathBuf,
    /// The project's folder, from that of the crate; what `[package.metadata.pgmi]` says by default.
    pub project: Option<PathBuf>,
    /// Deployment parameters; they win over those of `[package.metadata.pgmi]` and `pgmi.yaml`.
    pub parameters: Vec<(String, String)>,
    /// Files that are brought into the database after the project, in this order.
    pub fixtures: Vec<PathBuf>,
    /// `PGMI_SERVER`, which wins over `[package.metadata.pgmi]`.
    pub server: Option<ServerChoice>,
    pub places: Places,
    pub environment: Environment,
    /// Something that all processes of one run of tests share: what failed is not tried again in it.
    pub run: Option<String>,
    /// The test's name, for those who are sent to it.
    pub test: String,
}

impl TestRequest {
    /// Finds or starts the server that the crate wants.
    ///
    /// # Errors
    /// As [`Server::find`]; `[package.metadata.pgmi]` is wrong.
    pub fn find_server(&self) -> Result<Server> {
        Server::find(&self.server_request(&self.settings()?))
    }

    /// Through which folder processes find each other.
    ///
    /// # Errors
    /// As [`shared_folder`].
    pub fn folder(&self) -> Result<PathBuf> {
        shared_folder(&self.places)
    }

    pub(super) fn manifest(&self) -> PathBuf {
        self.krate.join("Cargo.toml")
    }

    pub(super) fn settings(&self) -> Result<CrateSettings> {
        CrateSettings::read(&self.manifest())
    }

    pub(super) fn server_request(&self, settings: &CrateSettings) -> ServerRequest {
        ServerRequest {
            choice: self.server.clone().unwrap_or_else(|| settings.server.clone()),
            major: settings.postgres,
            image: settings.image.clone(),
            places: self.places.clone(),
            environment: self.environment.clone(),
            said_by: Some(match self.server {
                Some(_) => "PGMI_SERVER",
                None => "`server` in [package.metadata.pgmi]",
            }),
        }
    }

    /// The project's folder. As short as can be: it is how findings name their files.
    pub(super) fn project_folder(&self, settings: &CrateSettings) -> PathBuf {
        let named = self.project.as_deref().or(settings.project.as_deref());
        self.krate.join(named.unwrap_or(Path::new("db")))
    }

    /// What all requests have in common that get the same answer while no file changes.
    pub(super) fn fingerprint(&self) -> String {
        let said = match &self.server {
            Some(ServerChoice::Given(connection)) => connection.clone(),
            said => format!("{said:?}"),
        };
        let asked = (&self.krate, &self.project, &self.parameters, &self.fixtures);
        let version = env!("CARGO_PKG_VERSION");
        let whole = format!("{version} {asked:?} {said} {:?}", self.places);
        Sha256::digest(whole)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
