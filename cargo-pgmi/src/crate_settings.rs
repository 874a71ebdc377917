//! `[package.metadata.pgmi]` of the crate one stands in.

use std::path::{Path, PathBuf};

use pgmi_engine::Result;
use pgmi_engine::diagnostic::SourceText;
use pgmi_engine::manifest::CrateSettings;

/// A crate, and what it says about its project.
#[derive(Clone, Debug, Default)]
pub struct Crate {
    /// The folder of its `Cargo.toml`; none outside of crates.
    pub root: Option<PathBuf>,
    pub settings: CrateSettings,
}

impl Crate {
    /// The nearest crate; one that says nothing outside of crates.
    ///
    /// # Errors
    /// The engine's when its manifest cannot be read, or has keys that pgmi does not know.
    pub fn here() -> Result<Self> {
        let here = std::env::current_dir().unwrap_or_default();
        let mut manifests = here.ancestors().map(|folder| folder.join("Cargo.toml"));
        let Some(manifest) = manifests.find(|path| path.is_file()) else {
            return Ok(Self::default());
        };
        let settings = CrateSettings::read(&manifest)?;
        Ok(Self { root: manifest.parent().map(PathBuf::from), settings })
    }

    /// From the folder one stands in to that of `Cargo.toml`: `../..`, or nothing.
    pub fn way_up(&self) -> PathBuf {
        let here = std::env::current_dir().unwrap_or_default();
        let below = self.root.as_ref().and_then(|root| here.strip_prefix(root).ok());
        below.into_iter().flat_map(Path::components).map(|_| "..").collect()
    }

    /// Its `Cargo.toml`, to show what stands in it.
    pub fn manifest(&self) -> Option<SourceText> {
        let text = std::fs::read_to_string(self.root.as_ref()?.join("Cargo.toml")).ok()?;
        Some(SourceText::new(self.way_up().join("Cargo.toml").display().to_string(), text))
    }

    /// The project's folder, if the crate names one; from where one stands, as one would write it.
    pub fn project(&self) -> Option<PathBuf> {
        self.settings.project.as_ref().map(|folder| self.way_up().join(folder))
    }

    /// The folder of its queries, if the crate names one; likewise.
    pub fn queries(&self) -> Option<PathBuf> {
        self.settings.queries.as_ref().map(|folder| self.way_up().join(folder))
    }
}
