//! What the first build costs: everything that queries need at compile time, from nothing, beside sqlx and its macros.
//! The crates are no members of the workspace, and forget their target folder before each run.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::measure::{Series, table};
use crate::program::success;
use crate::{Numbers, Result};

/// Who takes turns: a name, dependencies, and dependencies of the build script. `{}` is the folder of pgmi.
const CRATES: [(&str, &str, &str); 4] = [
    (
        "pgmi-macros, pgmi-build with `server`",
        "pgmi-macros.path = '{}/pgmi-macros'\n",
        "pgmi-build = { path = '{}/pgmi-build', default-features = false, features = ['server'] }\n",
    ),
    (
        "sqlx, no TLS",
        "sqlx = { version = '0.9', default-features = false, features = ['macros', 'postgres', 'runtime-tokio'] }\n",
        "",
    ),
    (
        "pgmi-macros, pgmi-build as it comes (TLS, containers)",
        "pgmi-macros.path = '{}/pgmi-macros'\n",
        "pgmi-build.path = '{}/pgmi-build'\n",
    ),
    (
        "sqlx, TLS",
        "sqlx = { version = '0.9', default-features = false, features = ['macros', 'postgres', 'runtime-tokio', 'tls-rustls'] }\n",
        "",
    ),
];

/// Rounds.
pub(crate) fn run(numbers: &Numbers) -> Result<()> {
    let rounds = numbers.get(0, 3);
    let this = std::env::current_exe()?;
    let root = this.ancestors().nth(2).ok_or("no target folder")?.join("bench-build");
    for at in 0..CRATES.len() {
        write(&root, at)?;
    }
    let mut series = CRATES.map(|(name, ..)| Series::new(name));
    for _ in 0..rounds {
        for (at, series) in series.iter_mut().enumerate() {
            series.add(built(&root, at)?);
        }
    }
    println!("{}", table("cargo build from nothing", &series.each_ref()));
    Ok(())
}

/// Writes the crate, and fetches what it depends on.
fn write(root: &Path, at: usize) -> Result<()> {
    let (_, dependencies, build) = CRATES[at];
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let folder = root.join(at.to_string());
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"from-nothing\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{dependencies}\n[build-dependencies]\n{build}"
    );
    let manifest = manifest.replace("{}", &workspace.display().to_string());
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(
        folder.join("src/lib.rs"),
        "//! Uses nothing: what is built is what it depends on.\n",
    )?;
    if !build.is_empty() {
        fs::write(folder.join("build.rs"), "fn main() {}\n")?;
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    success(&mut cargo(&folder, "fetch"))
}

/// Code of other people's crates is not compiled incrementally, and here pgmi's is one of those.
fn built(root: &Path, at: usize) -> Result<Duration> {
    let folder = root.join(at.to_string());
    let _ = fs::remove_dir_all(folder.join("target"));
    let mut command = cargo(&folder, "build");
    command.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", folder.join("target"));
    let begin = Instant::now();
    success(&mut command)?;
    Ok(begin.elapsed())
}

fn cargo(folder: &Path, word: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args([word, "--quiet"]).current_dir(folder);
    command
}
