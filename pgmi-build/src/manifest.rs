//! The `Cargo.toml` of the crate that is built.

use std::path::Path;

use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::manifest::CrateSettings;
use pgmi_engine::{Error, Result};

/// What the manifest says about the bindings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manifest {
    /// `[package.metadata.pgmi]`
    pub settings: CrateSettings,
    /// The features of `pgmi` that this crate asks for; what other crates ask for is not its own.
    pub features: Vec<String>,
}

/// Reads it.
pub(crate) fn read(folder: &Path) -> Result<Manifest> {
    let manifest = folder.join("Cargo.toml");
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(&manifest)
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .map_err(|error| {
            let message = format!("cargo metadata: {error}");
            Error::from(Diagnostic::error(Code::Configuration, message))
        })?;
    let package = metadata.packages.iter().find(|it| it.manifest_path.as_std_path() == manifest);
    let Some(package) = package else { return Ok(Manifest::default()) };
    let of_pgmi = package.dependencies.iter().filter(|it| it.name == "pgmi");
    Ok(Manifest {
        settings: CrateSettings::read(&manifest)?,
        features: of_pgmi.flat_map(|it| it.features.clone()).collect(),
    })
}
