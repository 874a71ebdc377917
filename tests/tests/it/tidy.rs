//! The rules of the house that no compiler knows. A rule that is in the way is changed here, not evaded.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Which packages of the workspace a package may name. Doors lead into the engine, never to each other;
/// the engine leads nowhere.
const EDGES: &[(&str, &[&str])] = &[
    ("pgmi-engine", &[]),
    // What applications run on is no door: the demo's bindings stand on it.
    ("cargo-pgmi", &["pgmi", "pgmi-engine"]),
    ("pgmi-build", &["pgmi-engine"]),
    ("pgmi-macros", &["pgmi-engine"]),
    ("pgmi", &["pgmi-engine", "pgmi-macros"]),
];

/// Rooms of the engine that know no network, and those that do.
const OFFLINE: &[&str] = &[
    "check",
    "diagnostic",
    "inline",
    "lint",
    "sql",
    "project",
    "query",
    "report",
    "signature",
    "codegen",
    "manifest",
    "template",
];
const ONLINE: &[&str] = &[
    "analysis",
    "session",
    "connection",
    "cluster",
    "shadow",
    "catalog",
    "describe",
    "drift",
    "index",
    "suite",
    "testing",
];

/// Longest file of Rust that is not a test.
const LONGEST: usize = 400;

/// Names that say nothing about what is inside.
const NAMELESS: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager"];

#[test]
fn dependencies_lead_from_doors_to_the_engine() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let names: Vec<&str> = packages.iter().map(name).collect();
    for package in packages {
        let Some((_, allowed)) = EDGES.iter().find(|(it, _)| *it == name(package)) else {
            continue;
        };
        let named = package["dependencies"].as_array().unwrap().iter().map(name);
        for named in named.filter(|it| names.contains(it)) {
            assert!(allowed.contains(&named), "{} must not depend on {named}", name(package));
        }
    }
    for package in packages.iter().filter(|it| it["publish"].is_null()) {
        assert!(EDGES.iter().any(|(it, _)| *it == name(package)), "{}: no rule", name(package));
    }
}

#[test]
fn every_package_follows_the_lints_of_the_workspace() {
    for package in metadata()["packages"].as_array().unwrap() {
        let manifest = package["manifest_path"].as_str().unwrap();
        let text = fs::read_to_string(manifest).unwrap();
        assert!(text.contains("[lints]\nworkspace = true"), "{manifest}");
    }
}

#[test]
fn the_offline_half_of_the_engine_does_not_mention_the_online_one() {
    for room in OFFLINE {
        for path in rust_files(&root().join("pgmi-engine/src").join(room)) {
            for (number, line) in code(&path) {
                let online = ONLINE.iter().any(|it| line.contains(&format!("crate::{it}")));
                let network = line.contains("postgres::") || line.contains("std::net");
                assert!(!online && !network, "{}:{number}: {line}", path.display());
            }
        }
    }
}

#[test]
fn the_engine_reads_no_environment_and_prints_nothing() {
    for path in rust_files(&root().join("pgmi-engine/src")) {
        for (number, line) in code(&path) {
            for forbidden in ["env::var", "env::args", "println!", "eprint"] {
                assert!(!line.contains(forbidden), "{}:{number}: {line}", path.display());
            }
        }
    }
}

/// `proc_macro2::Span::unwrap` gives the compiler's own span, which knows its file and its line; inside a macro there
/// always is one.
const SPAN_OF_COMPILER: &str = "span.unwrap()";

#[test]
fn nothing_outside_tests_unwraps() {
    for path in sources() {
        let in_macros = path.starts_with(root().join("pgmi-macros"));
        for (number, line) in code(&path) {
            let line = if in_macros { line.replace(SPAN_OF_COMPILER, "") } else { line };
            let unwraps = line.contains(".unwrap()") || line.contains(".expect(");
            assert!(!unwraps, "{}:{number}: {line}", path.display());
        }
    }
}

#[test]
fn files_are_short_and_named_after_something() {
    for path in sources() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        let is_test = path.file_stem() == Some(OsStr::new("tests"));
        assert!(is_test || lines <= LONGEST, "{}: {lines} lines", path.display());
        let stem = path.file_stem().and_then(OsStr::to_str).unwrap();
        assert!(!NAMELESS.contains(&stem), "{}", path.display());
    }
}

#[test]
fn sql_that_is_built_in_says_who_runs_it() {
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        for rest in text.split("include_str!(\"").skip(1) {
            let included = rest.split('"').next().unwrap_or_default();
            if Path::new(included).extension() != Some(OsStr::new("sql")) {
                continue;
            }
            let file = path.parent().unwrap().join(included);
            let sql = fs::read_to_string(&file).unwrap();
            assert!(
                sql.starts_with("--") || sql.starts_with("/*"),
                "{}: a comment at its head says what it is for and who runs it",
                file.display()
            );
        }
    }
}

/// The lines that are compiled into the product: no comments, no tests.
fn code(path: &Path) -> Vec<(usize, String)> {
    if path.file_stem() == Some(OsStr::new("tests")) {
        return Vec::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let is_test = |line: &str| line.starts_with("#[cfg(") && line.contains("test");
    let lines = text.lines().take_while(|line| !is_test(line));
    lines
        .enumerate()
        .map(|(index, line)| (index + 1, line.to_owned()))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .collect()
}

/// The Rust of every package that is published.
fn sources() -> Vec<PathBuf> {
    EDGES.iter().flat_map(|(name, _)| rust_files(&root().join(name).join("src"))).collect()
}

/// Every `.rs` file below a folder; none when there is no such folder.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension() == Some(OsStr::new("rs")) {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = std::process::Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
