//! What decides about a build: `Cargo.toml`, and over it what the build script says.

use std::path::PathBuf;

use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::manifest::{CrateSettings, ServerChoice};
use pgmi_engine::{Error, Result};

/// What a build script says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub settings: CrateSettings,
    /// As it was written; what is wrong with it is said when it is used.
    pub server: Option<String>,
    /// Features of `pgmi`.
    pub features: Vec<String>,
}

impl Said {
    /// What the build script says wins.
    pub fn over(&self, mut settings: CrateSettings) -> Result<CrateSettings> {
        let said = self.settings.clone();
        settings.project = said.project.or(settings.project);
        settings.queries = said.queries.or(settings.queries);
        settings.sources = said.sources.or(settings.sources);
        settings.postgres = said.postgres.or(settings.postgres);
        settings.image = said.image.or(settings.image);
        settings.parameters.extend(said.parameters);
        settings.types.extend(said.types);
        settings.derives.extend(said.derives);
        if let Some(server) = &self.server {
            settings.server = choice("Config::server", server)?;
        }
        Ok(settings)
    }
}

/// A server as somebody wrote it; `of` is where.
pub(crate) fn choice(of: &str, text: &str) -> Result<ServerChoice> {
    let wrong = |why| Diagnostic::error(Code::Configuration, format!("{of}: {why}"));
    text.parse().map_err(|why| Error::from(wrong(why)))
}

/// The project's folder, from that of the crate.
pub(crate) fn project(settings: &CrateSettings) -> PathBuf {
    settings.project.clone().unwrap_or_else(|| PathBuf::from("db"))
}
