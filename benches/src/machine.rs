//! Where numbers come from: without it they say nothing.

use std::process::Command;

use serde_json::{Value, json};

/// The machine, and the versions of what is measured on it.
pub(crate) struct Machine {
    system: String,
    processors: usize,
    processor: Option<String>,
    /// Name and version of programs, those that are there.
    versions: Vec<(&'static str, String)>,
}

/// Programs that matter, where they are there.
const PROGRAMS: [(&str, &[&str]); 4] = [
    ("rustc", &["--version"]),
    ("cargo", &["nextest", "--version"]),
    ("psql", &["--version"]),
    ("sqitch", &["--version"]),
];

impl Machine {
    pub(crate) fn look() -> Self {
        let versions =
            PROGRAMS.iter().filter_map(|(name, words)| Some((*name, said(name, words)?)));
        let pgmi = ("pgmi", format!("pgmi {}", env!("CARGO_PKG_VERSION")));
        Self {
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            processors: std::thread::available_parallelism().map_or(0, usize::from),
            processor: model(),
            versions: std::iter::once(pgmi).chain(versions).collect(),
        }
    }

    /// As a list.
    pub(crate) fn markdown(&self) -> String {
        let processor = self.processor.as_ref().map_or_else(String::new, |it| format!(": {it}"));
        let mut lines =
            vec![format!("- {}, {} processors{processor}", self.system, self.processors)];
        lines.extend(self.versions.iter().map(|(_, version)| format!("- {version}")));
        lines.join("\n") + "\n"
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "system": self.system,
            "processors": self.processors,
            "processor": self.processor,
            "versions": self.versions.iter().map(|(_, version)| version).collect::<Vec<_>>(),
        })
    }
}

/// What the processor calls itself, where Linux says so.
fn model() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|it| it.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn said(program: &str, words: &[&str]) -> Option<String> {
    let output =
        Command::new(program).args(words).output().ok().filter(|it| it.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines().next().map(str::to_owned)
}
