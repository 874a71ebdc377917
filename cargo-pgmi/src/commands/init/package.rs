//! The crate beside which a project begins, as Cargo knows it.

use std::path::{Path, PathBuf};

use cargo_metadata::{MetadataCommand, TargetKind};
use pgmi_engine::Result;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::manifest::CrateSettings;

/// A package.
#[derive(Debug)]
pub struct Package {
    pub manifest: PathBuf,
    /// Its build script, if it has one.
    pub build_script: Option<PathBuf>,
}

impl Package {
    /// The package that a path is in, which itself may not exist yet; none outside of packages.
    ///
    /// # Errors
    /// [`Code::Configuration`] when Cargo cannot read its manifest.
    pub fn around(path: &Path) -> Result<Option<Self>> {
        let Ok(path) = std::path::absolute(path) else { return Ok(None) };
        let folders = path.ancestors();
        let Some(root) = folders.into_iter().find(|it| it.join("Cargo.toml").is_file()) else {
            return Ok(None);
        };
        let metadata = MetadataCommand::new().current_dir(root).no_deps().exec();
        let metadata = metadata.map_err(|error| not_read(root, &error))?;
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let manifest = real(&root.join("Cargo.toml"));
        let found = metadata
            .packages
            .into_iter()
            .find(|package| real(package.manifest_path.as_std_path()) == manifest);
        Ok(found.map(|package| {
            let scripts =
                package.targets.iter().filter(|it| it.kind.contains(&TargetKind::CustomBuild));
            let script = scripts.map(|target| target.src_path.clone().into_std_path_buf()).next();
            Self {
                manifest: shown(&root.join("Cargo.toml")),
                build_script: script.as_deref().map(shown),
            }
        }))
    }

    /// The folder of its manifest.
    pub fn root(&self) -> &Path {
        self.manifest.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Where its project is, or would be.
    ///
    /// # Errors
    /// The engine's, for settings that it does not know.
    pub fn project(&self) -> Result<PathBuf> {
        let named = CrateSettings::read(&self.manifest)?.project;
        Ok(shown(&self.root().join(named.as_deref().unwrap_or(Path::new("db")))))
    }
}

/// As one would write it from here.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let below = path.strip_prefix(&here).or_else(|_| path.strip_prefix("."));
    below.map_or_else(|_| path.to_owned(), Path::to_owned)
}

fn not_read(root: &Path, error: &cargo_metadata::Error) -> Diagnostic {
    let said = error.to_string();
    let message = format!("cargo cannot read the crate in `{}`", root.display());
    Diagnostic::error(Code::Configuration, message)
        .note(said.trim().to_owned())
        .help("mend its Cargo.toml first, or begin without it: --template basic")
}
