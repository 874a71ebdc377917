//! The program that is measured.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use pgmi_engine::cluster::{Binaries, Places};

use crate::Result;

/// The program as it is shipped, built into the folder this one was built into.
pub(crate) fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--quiet", "-p", "cargo-pgmi"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .status()?;
    let this = std::env::current_exe()?;
    let program = this.with_file_name(format!("cargo-pgmi{}", std::env::consts::EXE_SUFFIX));
    match built.success() && program.is_file() {
        true => Ok(program),
        false => Err("cargo-pgmi was not built: run this with cargo run --release".into()),
    }
}

/// The server programs of a major, or the newest ones.
pub(crate) fn binaries(major: Option<u16>) -> Result<Binaries> {
    let places = Places::gather(|name| std::env::var_os(name));
    Ok(Binaries::find(&places, major).map_err(|error| error.to_string())?)
}

/// Runs a command to its end; an error has what it said.
pub(crate) fn success(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}
