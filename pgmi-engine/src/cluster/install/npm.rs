//! The npm client, asked for two things: which versions there are, and one of them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::{failed, ways_out};
use crate::cluster::places::Places;
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

pub(super) struct Npm {
    program: PathBuf,
}

impl Npm {
    /// Looks for npm in `PATH`.
    pub(super) fn find(places: &Places) -> Result<Self> {
        let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
        places
            .path
            .iter()
            .flat_map(std::env::split_paths)
            .map(|directory| directory.join(name))
            .find(|program| program.is_file())
            .map(|program| Self { program })
            .ok_or_else(missing)
    }

    /// Every published version of a package.
    pub(super) fn versions(&self, package: &str) -> Result<Vec<String>> {
        let output = self.run(&["view", package, "versions", "--json"], None)?;
        let answer = serde_json::from_slice(&output.stdout)
            .map_err(|error| failed(format!("npm view {package}: unexpected answer: {error}")))?;
        // A package with a single version is answered without the brackets.
        Ok(match answer {
            serde_json::Value::String(only) => vec![only],
            serde_json::Value::Array(all) => {
                all.iter().filter_map(|version| version.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        })
    }

    /// Unpacks a package below `folder` without running any of its scripts; returns where it lies.
    ///
    /// npm compares what it received with the checksum that the registry published.
    pub(super) fn install(&self, package: &str, version: &str, folder: &Path) -> Result<PathBuf> {
        let wanted = format!("{package}@{version}");
        let options = [
            "install",
            "--ignore-scripts",
            "--no-save",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--global=false",
            "--dry-run=false",
            "--install-strategy=hoisted",
            "--prefix",
            ".",
        ];
        self.run(&[&options[..], &[&wanted]].concat(), Some(folder))?;
        Ok(folder.join("node_modules").join(package))
    }

    fn run(&self, arguments: &[&str], folder: Option<&Path>) -> Result<Output> {
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::null());
        if let Some(folder) = folder {
            command.current_dir(folder);
        }
        let output = command
            .output()
            .map_err(|error| failed(format!("cannot run {}: {error}", self.program.display())))?;
        match output.status.success() {
            true => Ok(output),
            false => Err(refused(arguments, &output)),
        }
    }
}

/// npm repeats itself at length; its first lines say what was wrong.
fn refused(arguments: &[&str], output: &Output) -> Error {
    let words = String::from_utf8_lossy(&output.stderr);
    let lines = words.lines().filter_map(|line| line.strip_prefix("npm error "));
    let told: Vec<_> = lines.filter(|line| !line.contains("complete log")).take(6).collect();
    let told = if told.is_empty() { words.trim().to_owned() } else { told.join("\n") };
    let diagnostic = Diagnostic::error(Code::ServerInstall, format!("npm {} failed", arguments[0]));
    ways_out(diagnostic.note(told).help("is the npm registry reachable from here?")).into()
}

fn missing() -> Error {
    let diagnostic =
        Diagnostic::error(Code::ServerInstall, "npm, which fetches PostgreSQL, is not in PATH");
    ways_out(diagnostic.help("install Node.js with npm, then run this command again")).into()
}
