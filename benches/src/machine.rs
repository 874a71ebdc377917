//! Where numbers come from: without it they say nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// The machine, and the versions of what is measured on it.
pub(crate) struct Machine {
    system: String,
    processors: usize,
    processor: Option<String>,
    /// Name and version of programs and crates, those that are there.
    versions: Vec<String>,
}

/// Programs that matter, where they are there.
const PROGRAMS: [(&str, &[&str]); 4] = [
    ("rustc", &["--version"]),
    ("cargo", &["nextest", "--version"]),
    ("psql", &["--version"]),
    ("sqitch", &["--version"]),
];

/// Crates that are measured, and the lock file that says which version, from the target folder.
const CRATES: [(&str, &str); 3] = [
    ("sqlx", "bench-compile/with-sqlx-online/Cargo.lock"),
    ("bsql", "bench-compile/with-bsql/Cargo.lock"),
    ("tokio-postgres", "bench-compile/with-pgmi/Cargo.lock"),
];

/// The lock file of the programs in `peers`, and what they measure.
const PEERS: &str = include_str!("../peers/Cargo.lock");
const MEASURED: [&str; 4] = ["sqlx", "diesel-async", "refinery", "tokio-postgres"];

impl Machine {
    pub(crate) fn look() -> Self {
        let versions = PROGRAMS.iter().filter_map(|(name, words)| said(Path::new(name), words));
        let pgmi = format!("pgmi {}", env!("CARGO_PKG_VERSION"));
        let mut all: Vec<String> = std::iter::once(pgmi).chain(versions).collect();
        for version in crates().into_iter().chain(fetched()) {
            if !all.contains(&version) {
                all.push(version);
            }
        }
        Self {
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            processors: std::thread::available_parallelism().map_or(0, usize::from),
            processor: model(),
            versions: all,
        }
    }

    /// As a list.
    pub(crate) fn markdown(&self) -> String {
        let processor = self.processor.as_ref().map_or_else(String::new, |it| format!(": {it}"));
        let mut lines =
            vec![format!("- {}, {} processors{processor}", self.system, self.processors)];
        lines.extend(self.versions.iter().map(|version| format!("- {version}")));
        lines.join("\n") + "\n"
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "system": self.system,
            "processors": self.processors,
            "processor": self.processor,
            "versions": self.versions,
        })
    }
}

/// What the processor calls itself, where Linux says so.
fn model() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|it| it.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// Crates with the versions that are measured.
fn crates() -> Vec<String> {
    let peers = MEASURED.iter().filter_map(|name| locked(PEERS, name));
    let own = CRATES.iter().filter_map(|(name, lock)| {
        locked(&std::fs::read_to_string(target()?.join(lock)).ok()?, name)
    });
    peers.chain(own).collect()
}

/// A crate and its version in a lock file.
fn locked(lock: &str, name: &str) -> Option<String> {
    let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    Some(format!("{name} {}", rest.split('"').next()?))
}

/// Programs that benchmarks have fetched.
fn fetched() -> Vec<String> {
    let cornucopia = target().map(|it| it.join("bench-compile/bin/cornucopia"));
    let programs = [cornucopia, crate::peers::dbmate_that_is_there()];
    programs.into_iter().flatten().filter_map(|it| said(&it, &["--version"])).collect()
}

fn target() -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.ancestors().nth(2)?.to_owned())
}

fn said(program: &Path, words: &[&str]) -> Option<String> {
    let output =
        Command::new(program).args(words).output().ok().filter(|it| it.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_measured_has_a_version() {
        let known = crates();
        for name in MEASURED {
            assert!(known.iter().any(|it| it.starts_with(&format!("{name} "))), "{known:?}");
        }
        assert_eq!(locked(PEERS, "sqlx"), Some("sqlx 0.9.0".to_owned()));
        assert_eq!(locked(PEERS, "no-such-crate"), None);
    }
}
