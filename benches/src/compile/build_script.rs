//! The build script by itself, as Cargo starts it, where nothing has changed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::tool::Tool;
use super::{Bench, success};
use crate::Result;
use crate::measure::{Series, table};

pub(super) fn run(bench: &Bench, rounds: usize) -> Result<()> {
    let mut files = Series::within("queries in files", 30.0);
    let mut inline = Series::within("`query!`", 30.0);
    let mut scripts = [(Tool::Pgmi, &mut files), (Tool::PgmiInline, &mut inline)];
    for (tool, _) in &scripts {
        success(&mut bench.check(*tool))?;
    }
    // The first round warms up and is not counted.
    for round in 0..=4 * rounds {
        for (tool, series) in &mut scripts {
            let mut script = script(bench, *tool)?;
            let begin = Instant::now();
            success(&mut script)?;
            if round > 0 {
                series.add(begin.elapsed());
            }
        }
    }
    println!("{}", table("The build script, nothing changed", &[&files, &inline]));
    Ok(())
}

fn script(bench: &Bench, tool: Tool) -> Result<Command> {
    let folder = bench.krates.folder(tool);
    let built = bench.krates.root().join("target/debug/build");
    let out = newest(&built, tool, "out")?;
    let mut command = Command::new(newest(&built, tool, "build-script-build")?);
    command
        .current_dir(&folder)
        .env("CARGO_MANIFEST_DIR", &folder)
        .env("OUT_DIR", out)
        .env("CARGO", "cargo")
        .env("PGMI_SERVER", bench.cluster.connection_string("postgres"))
        .env("PGMI_CACHE_DIR", bench.krates.root().join("cache"));
    Ok(command)
}

/// What is called so in the newest folder of this crate.
fn newest(built: &Path, tool: Tool, name: &str) -> Result<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(built)? {
        let folder = entry?.path();
        let of = folder.file_name().and_then(OsStr::to_str).and_then(|it| it.rsplit_once('-'));
        let path = folder.join(name);
        if of.is_some_and(|(krate, _)| krate == tool.krate()) && path.exists() {
            found.push((path.metadata()?.modified()?, path));
        }
    }
    found.sort();
    found
        .pop()
        .map(|(_, path)| path)
        .ok_or_else(|| format!("no `{name}` of {}", tool.krate()).into())
}
