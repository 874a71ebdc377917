//! Where numbers come from: without it they say nothing.

use std::process::Command;

use crate::Result;

/// The machine, its processors, and the versions of what matters, as a list.
pub(crate) fn described() -> Result<String> {
    let processors = std::thread::available_parallelism()?;
    Ok(format!(
        "- {} {}, {processors} processors{}\n- {}\n- pgmi {}\n",
        std::env::consts::OS,
        std::env::consts::ARCH,
        model().map_or_else(String::new, |it| format!(": {it}")),
        said("rustc", "--version").unwrap_or_else(|| "rustc of an unknown version".to_owned()),
        env!("CARGO_PKG_VERSION"),
    ))
}

/// What the processor calls itself, where Linux says so.
fn model() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|it| it.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn said(program: &str, word: &str) -> Option<String> {
    let output = Command::new(program).arg(word).output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}
