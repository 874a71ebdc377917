//! What the build script left, and where the macro stands.

use std::path::{Path, PathBuf};

use pgmi_engine::inline::TargetKind;
use pgmi_engine::inline::left::{FOLDER, SOURCES, Sources};
use proc_macro2::TokenStream;

use crate::include;

/// The folder with what is known of inline queries.
///
/// # Errors
/// What the user has to do before there is one.
pub(crate) fn folder() -> Result<PathBuf, &'static str> {
    match std::env::var_os("OUT_DIR").map(|out| Path::new(&out).join(FOLDER)) {
        None => Err(include::NO_BUILD_SCRIPT),
        Some(folder) if !folder.join(SOURCES).exists() => Err(include::NO_BINDINGS),
        Some(folder) => Ok(folder),
    }
}

/// The package's folder.
pub(crate) fn package() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default()
}

/// What was read.
pub(crate) fn read(folder: &Path) -> Sources {
    let text = std::fs::read(folder.join(SOURCES)).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// The path of the module in which the database's own types are, for the crate that is compiled: one of its own,
/// else one of the package's library.
pub(crate) fn types(sources: &Sources) -> Option<TokenStream> {
    let krate = std::env::var("CARGO_CRATE_NAME").unwrap_or_default();
    let is_binary = std::env::var_os("CARGO_BIN_NAME").is_some();
    let own = sources
        .modules
        .iter()
        .find(|it| it.krate == krate && (it.kind == TargetKind::Binary) == is_binary);
    let (root, module) = match own {
        Some(own) => ("crate".to_owned(), own),
        None => {
            let library = sources.modules.iter().find(|it| it.kind == TargetKind::Library)?;
            (format!("::{}", library.krate), library)
        }
    };
    let path: Vec<_> = [root].iter().chain(&module.path).cloned().collect();
    path.join("::").parse().ok()
}

/// A file as the compiler names it, from the package's folder: the compiler stands in the workspace's.
pub(crate) fn in_package(file: &str) -> Option<String> {
    let package = package();
    let absolute = package.ancestors().map(|above| above.join(file)).find(|path| path.exists())?;
    let path = absolute.strip_prefix(&package).unwrap_or(&absolute);
    Some(path.display().to_string().replace('\\', "/"))
}
