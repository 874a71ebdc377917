//! Cargo, run into the very folder this test was built into, so that nothing is built twice.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process;

use crate::target::profile_directory;

/// `cargo <subcommand>` in the workspace, with the profile and the target folder of this test.
pub fn cargo(subcommand: &str) -> process::Command {
    let folder = profile_directory();
    let profile = folder.file_name().and_then(OsStr::to_str).unwrap_or("debug");
    let target = folder.parent().expect("a profile's folder has a parent");
    let mut command =
        process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args([subcommand, "--quiet", "--profile"])
        .arg(if profile == "debug" { "dev" } else { profile })
        .arg("--target-dir")
        .arg(target)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    // What Cargo tells a test about itself would make build scripts run again.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|it| name.starts_with(it)) {
            command.env_remove(&*name);
        }
    }
    command
}

/// Builds a program of the workspace.
pub fn build(package: &str) -> PathBuf {
    let mut command = cargo("build");
    command.args(["--package", package, "--bin", package]);
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{words}");
    profile_directory().join(format!("{package}{}", std::env::consts::EXE_SUFFIX))
}
