//! A program that brings its database up to date by itself.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use pgmi_engine::connection::{Defaults, Environment, Flags, resolve};
use pgmi_engine::diagnostic::render;
use pgmi_engine::project::{Configuration, OpenOptions, Parameters, Project};
use pgmi_engine::session::{DeployFailure, DeployReport, DeployRequest, Events, Interrupt, deploy};

use crate::Embedded;

/// How long a deployment may take when `pgmi.yaml` does not say so.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(180);

impl Embedded {
    /// The project as the engine knows it: with checksums, metadata and tests.
    ///
    /// # Errors
    /// What the compiler would have refused; a macro of the same version leaves nothing to find.
    pub fn project(&self) -> pgmi_engine::Result<Project> {
        // Sizes were judged when the program was compiled.
        let options = OpenOptions { max_file_size: u64::MAX };
        Project::from_files(self.files().iter().map(|it| (it.path(), it.content())), &options)
    }

    /// Deploys the project into the database of a connection string: a URI, libpq's `key=value` or ADO.NET's.
    ///
    /// The database is created when it is missing. The parameters win over those of the project's
    /// `pgmi.yaml`. Blocks until it is done; a second deployment at the same moment fails at once.
    ///
    /// # Errors
    /// [`DeployError`]: settings, connection, another deployment, or what PostgreSQL refused.
    pub fn deploy<K: AsRef<str>, V: Into<String>>(
        &self,
        connection: &str,
        parameters: impl IntoIterator<Item = (K, V)>,
    ) -> Result<DeployReport, DeployError> {
        let request = self.request(connection, parameters).map_err(DeployFailure::from)?;
        let silent: Events = Arc::new(|_| {});
        Ok(deploy(request, silent, &Interrupt::default())?)
    }

    fn request<K: AsRef<str>, V: Into<String>>(
        &self,
        connection: &str,
        given: impl IntoIterator<Item = (K, V)>,
    ) -> pgmi_engine::Result<DeployRequest> {
        let project = self.project()?;
        let configuration = Configuration::of(&project)?;
        let mut parameters = Parameters::default();
        parameters.extend(configuration.params.iter().map(|(key, value)| (key, value.as_str())))?;
        parameters.extend(given)?;
        let flags = Flags {
            connection: Some(connection.to_owned()),
            connection_from: Some("the program"),
            ..Flags::default()
        };
        let timeout = configuration.timeout().unwrap_or(DEFAULT_TIMEOUT);
        Ok(DeployRequest {
            project,
            parameters,
            target: resolve(&flags, &environment(), &Defaults::default())?,
            overwrite: false,
            rehearse: false,
            verbose: false,
            skip_tests: false,
            report_tests: false,
            record: false,
            lock_wait: Duration::ZERO,
            timeout: (!timeout.is_zero()).then_some(timeout),
        })
    }
}

/// The variables that complete a connection string, such as `PGPASSWORD`.
fn environment() -> Environment {
    let variables = std::env::vars_os();
    variables
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// Why a deployment did not happen, or how far it came. Printed, it is what `cargo pgmi deploy` would say: the
/// file, the line, PostgreSQL's words, the next step.
#[derive(Debug)]
pub struct DeployError(Box<DeployFailure>);

impl DeployError {
    /// Everything that is known about it.
    pub fn failure(&self) -> &DeployFailure {
        &self.0
    }

    /// The SQLSTATE, when it was PostgreSQL that refused.
    pub fn sqlstate(&self) -> Option<&str> {
        self.0.error.sqlstate()
    }
}

impl fmt::Display for DeployError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.0.error.diagnostics().iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n\n" };
            write!(f, "{separator}{}", render::render(finding, false))?;
        }
        Ok(())
    }
}

impl std::error::Error for DeployError {}

impl From<DeployFailure> for DeployError {
    fn from(failure: DeployFailure) -> Self {
        Self(Box::new(failure))
    }
}

impl From<Box<DeployFailure>> for DeployError {
    fn from(failure: Box<DeployFailure>) -> Self {
        Self(failure)
    }
}
