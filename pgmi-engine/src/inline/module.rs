//! Where `include_queries!()` puts the database's own types.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::package::{Package, Target, TargetKind};

/// A module with bindings in it, and so with the module `types`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindingsModule {
    /// The target it is part of.
    pub kind: TargetKind,
    /// Its crate's name.
    pub krate: String,
    /// `["db"]` for `crate::db`.
    pub path: Vec<String>,
}

impl Package {
    /// The module `inner` of a file, in the target that the file belongs to.
    pub(super) fn bindings_module(&self, file: &Path, inner: &[String]) -> Option<BindingsModule> {
        let of = |target: &Target, path: Vec<String>| BindingsModule {
            kind: target.kind,
            krate: target.name.clone(),
            path: path.into_iter().chain(inner.iter().cloned()).collect(),
        };
        if let Some(root) = self.targets.iter().find(|target| target.path == file) {
            return Some(of(root, Vec::new()));
        }
        let below = |target: &Target| {
            let path = path_below(target.path.parent()?, file)?;
            declares(&target.path, path.first()?).then(|| of(target, path))
        };
        self.targets.iter().find_map(below)
    }
}

/// Whether the root of a target has a `mod name;`: a library and a program may share a folder.
fn declares(root: &Path, name: &str) -> bool {
    std::fs::read_to_string(root).is_ok_and(|text| text.contains(&format!("mod {name};")))
}

/// `src/a/b.rs` and `src/a/b/mod.rs` are the module `a::b` of what has its root in `src`.
fn path_below(folder: &Path, file: &Path) -> Option<Vec<String>> {
    let relative = file.strip_prefix(folder).ok()?.with_extension("");
    let mut path: Vec<String> =
        relative.components().map(|it| it.as_os_str().to_string_lossy().into_owned()).collect();
    path.pop_if(|last| last == "mod");
    Some(path)
}
