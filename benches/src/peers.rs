//! Other tools: programs of `benches/peers`, and those that are installed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;

/// Builds a program of `benches/peers`, whose dependencies are fetched from crates.io.
///
/// It stays in the target folder, so that they are built once.
pub(crate) fn build(name: &str) -> Result<PathBuf> {
    let target = folder()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--locked", "--quiet", "--bin", name, "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/peers/Cargo.toml"))
        .arg("--target-dir")
        .arg(target.join("target"))
        .status()?;
    let program =
        target.join("target/release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    match built.success() && program.is_file() {
        true => Ok(program),
        false => Err(format!("{name} was not built").into()),
    }
}

/// dbmate's program, fetched with npm where it is not installed.
pub(crate) fn dbmate() -> Option<PathBuf> {
    dbmate_that_is_there().or_else(|| {
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-save", "--prefix"])
            .arg(folder().ok()?)
            .arg("dbmate");
        npm.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
        dbmate_that_is_there()
    })
}

/// dbmate's program, installed or fetched before.
pub(crate) fn dbmate_that_is_there() -> Option<PathBuf> {
    installed("dbmate").or_else(|| {
        let platforms = std::fs::read_dir(folder().ok()?.join("node_modules/@dbmate")).ok()?;
        let programs = platforms.flatten().map(|it| it.path().join("bin/dbmate"));
        programs.into_iter().find(|it| it.is_file())
    })
}

/// A program of `PATH`.
pub(crate) fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut programs = std::env::split_paths(&path).map(|it| it.join(name));
    programs.find(|it| it.is_file())
}

fn folder() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let folder = this.ancestors().nth(2).ok_or("no target folder")?.join("bench-peers");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A program with its arguments.
pub(crate) fn command(program: &Path, arguments: &[&dyn AsRef<OsStr>]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments.iter().map(AsRef::as_ref));
    command
}
