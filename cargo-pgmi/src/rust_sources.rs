//! Queries that stand in the Rust files of a project's users: every package of the workspace that has this
//! project. One lock is for all of them.

use std::path::{Path, PathBuf};

use cargo_metadata::MetadataCommand;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::inline::{Inline, Package};
use pgmi_engine::manifest::CrateSettings;
use pgmi_engine::{Error, Result};
use serde_json::Value;

use crate::crate_settings::Crate;

/// The queries of all packages that have this project.
///
/// # Errors
/// Cargo cannot say which packages there are, or one of their manifests is wrong.
pub fn inline_queries(project: &Path, here: &Crate) -> Result<Inline> {
    let mut found = Inline::default();
    let Ok(project) = project.canonicalize() else { return Ok(found) };
    let Some(manifest) = manifest(&project, here) else { return Ok(found) };
    for package in packages(&manifest)? {
        if let Some(package) = user_of(&project, &package)? {
            found.extend(package.scan(None));
        }
    }
    Ok(found)
}

/// The manifest to begin with: the one above the project, else that of the crate one stands in, where it names
/// the project. None where nothing of it speaks of pgmi: then Cargo need not be asked.
fn manifest(project: &Path, here: &Crate) -> Option<PathBuf> {
    let above = project.ancestors().map(|it| it.join("Cargo.toml")).find(|it| it.is_file());
    let names_it = here.project().and_then(|it| it.canonicalize().ok()).as_deref() == Some(project);
    let beside = here.root.as_ref().filter(|_| names_it).map(|it| it.join("Cargo.toml"));
    let speaks = |it: &PathBuf| std::fs::read_to_string(it).is_ok_and(|text| text.contains("pgmi"));
    beside.or(above).filter(speaks)
}

fn packages(manifest: &Path) -> Result<Vec<Value>> {
    let mut cargo = MetadataCommand::new();
    cargo.manifest_path(manifest).no_deps().other_options(["--offline".to_owned()]);
    let said = cargo.exec().map_err(|error| match &error {
        cargo_metadata::Error::Io(why) if why.kind() == std::io::ErrorKind::NotFound => no_cargo(),
        _ => failed(&error.to_string()),
    })?;
    let packages =
        said.packages.iter().map(serde_json::to_value).collect::<serde_json::Result<_>>();
    packages.map_err(|error| failed(&error.to_string()))
}

/// The package, if this is its project.
fn user_of(project: &Path, package: &Value) -> Result<Option<Package>> {
    let mut package = Package::of_metadata(package);
    if package.crates.is_empty() {
        return Ok(None);
    }
    let settings = CrateSettings::read(&package.root.join("Cargo.toml"))?;
    let own = package.root.join(settings.project.as_deref().unwrap_or(Path::new("db")));
    if own.canonicalize().ok().as_deref() != Some(project) {
        return Ok(None);
    }
    package.sources = settings.sources;
    let here = std::env::current_dir().unwrap_or_default();
    let shown = package.root.strip_prefix(&here).unwrap_or(&package.root);
    package.shown = shown.display().to_string();
    Ok(Some(package))
}

fn failed(why: &str) -> Error {
    let message = format!("cargo metadata, which says where the Rust files are: {}", why.trim());
    Diagnostic::error(Code::Configuration, message).into()
}

fn no_cargo() -> Error {
    Diagnostic::error(Code::Configuration, "there is no `cargo` on the PATH")
        .note("the project belongs to a crate, and cargo says where the queries in its Rust files are")
        .help("put cargo on the PATH, or copy the project out of the crate")
        .into()
}
