//! What `cargo metadata` says about a package.

use std::path::PathBuf;

use serde_json::Value;

use super::{Package, Target, TargetKind};

/// The crate whose macros hold queries.
const PGMI: &str = "pgmi";

impl Package {
    /// From an entry of `packages` of
    /// [`cargo metadata`](https://doc.rust-lang.org/cargo/commands/cargo-metadata.html#json-format).
    pub fn of_metadata(package: &Value) -> Self {
        let manifest = PathBuf::from(text(package, "manifest_path"));
        Self {
            root: manifest.parent().map(PathBuf::from).unwrap_or_default(),
            targets: list(package, "targets").iter().filter_map(target).collect(),
            crates: names_of_pgmi(package),
            ..Self::default()
        }
    }
}

/// Build scripts have no use for queries: they run before there are any.
fn target(target: &Value) -> Option<Target> {
    let kinds: Vec<&str> = list(target, "kind").iter().filter_map(Value::as_str).collect();
    let kind = match *kinds.first()? {
        "custom-build" => return None,
        "bin" | "example" => TargetKind::Binary,
        "test" | "bench" => TargetKind::Other,
        _ => TargetKind::Library,
    };
    let name = text(target, "name").replace('-', "_");
    Some(Target { kind, name, path: PathBuf::from(text(target, "src_path")) })
}

fn names_of_pgmi(package: &Value) -> Vec<String> {
    let of_pgmi = list(package, "dependencies").iter().filter(|it| text(it, "name") == PGMI);
    let names = of_pgmi.map(|it| it["rename"].as_str().unwrap_or(PGMI).replace('-', "_"));
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}
