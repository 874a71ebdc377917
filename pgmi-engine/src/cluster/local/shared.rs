//! One server for many: processes and threads that want the same one find it in a folder.
//!
//! The folder holds, for each kind of server, a file that says where the server is, and a lock
//! under which it is joined or started. Neither says whether it runs: its keeper does.

use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::endpoint::Endpoint;
use super::lease::Lease;
use super::start::start;
use super::{Cluster, End};
use crate::cluster::lock::Lock;
use crate::cluster::{Binaries, Settings, failed};
use crate::{Error, Result};

/// A server that is shared: what its file says.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Shared {
    major: u16,
    version: String,
    home: PathBuf,
    endpoint: Endpoint,
}

/// A shared server that runs, seen from outside.
#[derive(Clone, Debug)]
pub struct Running {
    shared: Shared,
}

/// Joins the server of this kind, or starts it when it does not run.
pub(super) fn join_or_start(
    folder: &Path,
    binaries: &Binaries,
    settings: &Settings,
) -> Result<Cluster> {
    fs::create_dir_all(folder).map_err(|error| cannot_share(folder, &error))?;
    let name = name(binaries, settings);
    let file = folder.join(format!("{name}.json"));
    let _lock = Lock::exclusive(&folder.join(format!("{name}.lock")))?;
    if let Some(cluster) = read(&file).and_then(join) {
        return Ok(cluster);
    }
    let started = start(binaries, &Settings { tcp: None, ..settings.clone() }, settings.linger)?;
    let shared = Shared {
        major: binaries.major,
        version: binaries.version.clone(),
        home: started.home,
        endpoint: started.endpoint,
    };
    write(&file, &shared).map_err(|error| cannot_share(&file, &error))?;
    Ok(shared.cluster(started.keeper.into_lease()))
}

/// The shared servers that run, oldest major first.
pub(super) fn running(folder: &Path) -> Vec<Running> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path());
    let mut running: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|it| it == "json"))
        .filter_map(|file| read(&file))
        .filter(|shared| matches!(Lease::take(&shared.home), Ok(Some(_))))
        .filter(|shared| shared.endpoint.answers())
        .map(|shared| Running { shared })
        .collect();
    running.sort_by_key(|it| it.shared.major);
    running
}

impl Running {
    /// The major version of the server.
    pub fn major(&self) -> u16 {
        self.shared.major
    }

    /// As PostgreSQL spells it.
    pub fn version(&self) -> &str {
        &self.shared.version
    }

    /// How a client reaches a database of it.
    pub fn connection_string(&self, database: &str) -> String {
        self.shared.endpoint.over_socket(database)
    }

    /// Ends the server, whoever uses it, and waits until its files are gone.
    ///
    /// # Errors
    /// Its keeper does not listen.
    pub fn stop(&self) -> Result<()> {
        let home = &self.shared.home;
        let told = match Lease::take(home) {
            Ok(Some(lease)) => lease.say("stop"),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        told.map_err(|error| cannot_share(home, &error))?;
        super::wait_until_gone(home)
    }
}

impl Shared {
    fn cluster(self, lease: Lease) -> Cluster {
        let Self { major, version, home, endpoint } = self;
        Cluster { major, version, home, endpoint, end: Some(End::Leave(lease)) }
    }
}

/// Nothing when there is no such server any more, or it does not answer.
fn join(shared: Shared) -> Option<Cluster> {
    let lease = Lease::take(&shared.home).ok()??;
    if !shared.endpoint.answers() {
        return None;
    }
    // Never through a link: root writes here into a folder of the server's user.
    let mut joined = fs::OpenOptions::new();
    let _ = joined.write(true).create_new(true).mode(0o666).open(shared.home.join("joined"));
    Some(shared.cluster(lease))
}

/// Servers that differ in anything are different servers.
fn name(binaries: &Binaries, settings: &Settings) -> String {
    let kind = format!("{binaries:?} {} {:?}", settings.locale, settings.options);
    let kind = Sha256::digest(kind);
    let short: String = kind[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{short}-{}", binaries.major, rustix::process::geteuid().as_raw())
}

/// A file that cannot be read as one is as good as none.
fn read(file: &Path) -> Option<Shared> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

/// Readers see the old or the new, never half of it.
fn write(file: &Path, shared: &Shared) -> std::io::Result<()> {
    let new = file.with_extension("new");
    fs::write(&new, serde_json::to_vec(shared)?)?;
    fs::rename(&new, file)
}

fn cannot_share(path: &Path, error: &std::io::Error) -> Error {
    failed(format!("cannot share a throwaway PostgreSQL: {}: {error}", path.display()))
        .help("choose a folder that can be written with PGMI_CACHE_DIR")
        .into()
}
