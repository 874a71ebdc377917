//! What `check`, `generate` and `explain` share: every query of a project, described over its schema.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::check::{Files, Proof, prove};
use pgmi_engine::cluster::Server;
use pgmi_engine::connection::ConnectOptions;
use pgmi_engine::describe::{Describer, Trees};
use pgmi_engine::diagnostic::SourceText;
use pgmi_engine::project::{Configuration, Parameters, Project, SchemaHash};
use pgmi_engine::session::Events;
use pgmi_engine::shadow::{Shadow, Shadows};
use pgmi_engine::signature::PgenieProject;

use crate::arguments::{ParameterArguments, project_folder, server_request};
use crate::crate_settings::Crate;
use crate::environment::{Variables, places};
use crate::signals::Signals;

/// Which project, and which PostgreSQL is asked about it
#[derive(Args, Clone, Debug)]
pub struct QueryArguments {
    /// Major version of the PostgreSQL that is asked; that of [package.metadata.pgmi] by default
    #[arg(long, value_name = "MAJOR")]
    postgres: Option<u16>,
    /// Folder of the queries; `queries` of the project by default
    #[arg(long, value_name = "FOLDER")]
    queries: Option<PathBuf>,
    #[command(flatten)]
    parameters: ParameterArguments,
}

/// A project whose queries were described.
pub struct Described {
    pub files: Files,
    pub proof: Proof,
    folder: PathBuf,
    queries: Option<PathBuf>,
    /// A database that holds the deployed project, and the server it is on.
    pub shadow: Shadow,
    _shadows: Shadows,
}

impl QueryArguments {
    /// Deploys the project into a throwaway database and describes its queries there.
    ///
    /// # Errors
    /// The project cannot be read or deployed, or there is no server. What is wrong with single queries
    /// is in the result.
    pub fn describe(&self, project: Option<&PathBuf>, signals: &Signals) -> Result<Described> {
        let here = Crate::here()?;
        let folder = project_folder(project.map(PathBuf::as_path))?;
        let variables = Variables::of(&folder);
        let parameters = self.deployment_parameters(&here, &folder)?;
        let project = Project::open_any_layout(&folder, &variables.open_options()?)?;
        let queries = self.queries.clone().or_else(|| here.queries());
        let files = Files::read(&folder, queries.as_deref());

        let mut request = server_request(&here, places())?;
        request.major = self.postgres.or(request.major).or(pgenie_major(&folder)?);
        let shadows = Shadows::on(Server::find(&request)?)?;
        let silent: Events = Arc::new(|_| {});
        let template = shadows.template(&project, &parameters, &silent, signals.begin_work())?;
        let shadow = shadows.copy(&template)?;

        let trees = Trees::default();
        let options = ConnectOptions {
            notice: Some(Arc::new(trees.callback())),
            ..ConnectOptions::default()
        };
        let mut describer = Describer::new(shadow.target().connect(options)?.client, trees)?;
        // Not the server's full version: a lock must not change with a minor release.
        let major = shadows.server().major().to_string();
        let schema = SchemaHash::of(&project, &parameters, &major);
        let proof = prove(&mut describer, &schema, &files.queries.queries);
        Ok(Described { files, proof, folder, queries, shadow, _shadows: shadows })
    }

    /// `pgmi.yaml`, then the crate's settings, then the flags; later ones win.
    fn deployment_parameters(&self, here: &Crate, folder: &std::path::Path) -> Result<Parameters> {
        let configuration = Configuration::read(folder)?;
        let mut parameters = Parameters::default();
        parameters.extend(&configuration.params)?;
        parameters.extend(&here.settings.parameters)?;
        self.parameters.add_to(&mut parameters)?;
        Ok(parameters)
    }
}

impl Described {
    /// Reads the committed files again, after some were written.
    pub fn reread(&mut self) {
        self.files = Files::read(&self.folder, self.queries.as_deref());
    }
}

/// The major version that a pGenie project is made for.
fn pgenie_major(folder: &std::path::Path) -> Result<Option<u16>> {
    let name = "project1.pgn.yaml";
    match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => {
            let project = PgenieProject::parse(&SourceText::new(name, text))?;
            Ok(u16::try_from(project.postgres).ok())
        }
        Err(_) => Ok(None),
    }
}
