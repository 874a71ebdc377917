//! The package that is built.

use std::path::{Path, PathBuf};
use std::process::Command;

use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::inline::Package;
use pgmi_engine::manifest::CrateSettings;
use pgmi_engine::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::output;

/// What Cargo said the last time, below `OUT_DIR`: starting it takes longer than all the rest of a build in
/// which nothing has changed.
const REMEMBERED: &str = "pgmi/package.json";

/// What a package says about its queries.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// `[package.metadata.pgmi]`
    pub settings: CrateSettings,
    /// The features of `pgmi` that this crate asks for; what other crates ask for is not its own.
    pub features: Vec<String>,
    /// Its Rust sources.
    pub package: Package,
    /// The `Cargo.toml` that it inherits from.
    pub workspace: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Remembered {
    stamp: String,
    workspace: PathBuf,
    package: Value,
}

/// Reads it.
pub(crate) fn read(folder: &Path, out: &Path) -> Result<Manifest> {
    let manifest = folder.join("Cargo.toml");
    let said = said(folder, out)?;
    let mut package = Package { root: folder.to_owned(), ..Package::of_metadata(&said.package) };
    if package.crates.is_empty() {
        // Another crate may re-export it.
        package.crates.push("pgmi".to_owned());
    }
    Ok(Manifest {
        settings: CrateSettings::read(&manifest)?,
        features: features(&said.package),
        package,
        workspace: said.workspace,
    })
}

/// What Cargo says about the package, now or the last time.
fn said(folder: &Path, out: &Path) -> Result<Remembered> {
    let file = out.join(REMEMBERED);
    let known = std::fs::read(&file).ok();
    let known: Option<Remembered> = known.and_then(|text| serde_json::from_slice(&text).ok());
    if let Some(known) = known.filter(|it| it.stamp == stamp(folder, &it.workspace)) {
        return Ok(known);
    }
    let said = ask(folder)?;
    if let Ok(text) = serde_json::to_string(&said) {
        // It is asked again, then.
        let _ = output::write(&file, &text);
    }
    Ok(said)
}

fn ask(folder: &Path) -> Result<Remembered> {
    let manifest = folder.join("Cargo.toml");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(&manifest)
        .output()
        .map_err(|error| failed(&error.to_string()))?;
    if !output.status.success() {
        return Err(failed(&String::from_utf8_lossy(&output.stderr)));
    }
    let said: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| failed(&error.to_string()))?;
    let packages = said["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let is_this = |it: &&Value| it["manifest_path"].as_str().map(Path::new) == Some(&manifest);
    let package = packages.iter().find(is_this).unwrap_or(&Value::Null);
    let root = said["workspace_root"].as_str().map_or(folder, Path::new);
    let workspace = root.join("Cargo.toml");
    let keys = ["manifest_path", "targets", "features", "dependencies"];
    let package = json!(
        keys.iter().map(|key| (*key, &package[key])).collect::<std::collections::BTreeMap<_, _>>()
    );
    Ok(Remembered { stamp: stamp(folder, &workspace), workspace, package })
}

/// Changes with whatever Cargo's answer depends on: both manifests, and the folders in which it looks for
/// targets.
fn stamp(folder: &Path, workspace: &Path) -> String {
    let manifest = folder.join("Cargo.toml");
    let files = [&manifest, workspace].map(|file| {
        let metadata = std::fs::metadata(file).ok();
        metadata.map(|it| (it.len(), it.modified().ok()))
    });
    let folders = ["src", "src/bin", "tests", "examples", "benches"]
        .map(|below| std::fs::metadata(folder.join(below)).ok().and_then(|it| it.modified().ok()));
    format!("{} {files:?} {folders:?}", env!("CARGO_PKG_VERSION"))
}

/// What the package asks of `pgmi`: where it depends on it, and by those of its own features that are on.
fn features(package: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let of_pgmi = list(&package["dependencies"]).into_iter().filter(|it| it["name"] == "pgmi");
    let asked = of_pgmi.flat_map(|it| list(&it["features"]));
    let own = package["features"].as_object().into_iter().flatten();
    let on = own.filter(|(name, _)| is_on(name)).flat_map(|(_, implied)| list(implied));
    let text = |value: Value| {
        let text = value.as_str()?;
        Some(text.strip_prefix("pgmi/").or(text.strip_prefix("pgmi?/")).unwrap_or(text).to_owned())
    };
    asked.chain(on).filter_map(text).filter(|it| it.starts_with("with-")).collect()
}

/// Whether Cargo builds the package with a feature of its own.
fn is_on(feature: &str) -> bool {
    let name = feature.to_uppercase().replace('-', "_");
    std::env::var_os(format!("CARGO_FEATURE_{name}")).is_some()
}

fn failed(why: &str) -> Error {
    Diagnostic::error(Code::Configuration, format!("cargo metadata: {}", why.trim())).into()
}
