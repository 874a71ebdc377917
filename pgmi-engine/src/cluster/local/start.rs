//! Starting a server: a place, a keeper, and the moment it is ready.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::account::Account;
use super::endpoint::Endpoint;
use super::keeper::{Keeper, Orders};
use super::options::options;
use super::{HOME, abandoned, base, sockets_of, template};
use crate::cluster::lock::Lock;
use crate::cluster::{Binaries, Settings, failed};
use crate::{Error, Result};

/// A server that accepts connections, and the keeper that will end it.
pub(super) struct Started {
    pub home: PathBuf,
    pub endpoint: Endpoint,
    pub keeper: Keeper,
}

/// The port of a server that listens on its own socket only: nobody else shares that folder.
const PORT_OF_SOCKET: u16 = 5432;

/// How often a free port may be gone by the time the server wants it.
const ATTEMPTS: u32 = 5;

/// A server that has not opened its doors by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts a server and waits until it accepts connections.
pub(super) fn start(binaries: &Binaries, settings: &Settings, linger: Duration) -> Result<Started> {
    let mut attempt = 1;
    loop {
        match start_once(binaries, settings, linger) {
            Err(Failed::PortTaken(_)) if settings.tcp == Some(0) && attempt < ATTEMPTS => {
                attempt += 1;
            }
            Err(Failed::PortTaken(error) | Failed::Otherwise(error)) => return Err(error),
            Ok(started) => return Ok(started),
        }
    }
}

enum Failed {
    PortTaken(Error),
    Otherwise(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Otherwise(error)
    }
}

fn start_once(
    binaries: &Binaries,
    settings: &Settings,
    linger: Duration,
) -> std::result::Result<Started, Failed> {
    let account = Account::of_servers()?;
    let base = base::for_data(settings, account)?;
    let home = base.join(format!("{HOME}{}", unique()));
    let password = settings.tcp.map(|_| random_password()).transpose()?;
    let port = match settings.tcp {
        None => PORT_OF_SOCKET,
        Some(0) => free_port()?,
        Some(port) => port,
    };
    let endpoint = Endpoint { sockets: sockets_of(&home), port, password };
    // A password differs each time, so there is nothing to copy.
    let template = match settings.tcp {
        None => template::path(binaries, settings, account),
        Some(_) => None,
    };
    let orders = Orders {
        account,
        binaries,
        home: &home,
        sockets: &endpoint.sockets,
        linger,
        locale: &settings.locale,
        template: template.as_deref(),
        password: endpoint.password.as_deref(),
        options: options(settings, port),
    };

    let keeper = {
        let _lock = Lock::folder(&base)?;
        abandoned::sweep(&base, account);
        Keeper::hire(&orders)?
    };
    match wait_until_ready(&home) {
        Ok(()) => Ok(Started { home, endpoint, keeper }),
        Err(why) => Err(did_not_start(binaries, &home, &why, keeper)),
    }
}

/// A server writes its state into `postmaster.pid`; its end shows in `exited`. Looking at both is
/// cheaper and sooner than `pg_ctl --wait`, which looks every 100 ms.
fn wait_until_ready(home: &Path) -> std::result::Result<(), String> {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        let state = fs::read_to_string(home.join("data/postmaster.pid")).unwrap_or_default();
        if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
            return Ok(());
        }
        if home.join("exited").exists() {
            return Err("ended while starting".to_owned());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Err(format!("was not ready after {} seconds", PATIENCE.as_secs()))
}

/// Tells what the log says, then has the keeper remove it.
fn did_not_start(binaries: &Binaries, home: &Path, why: &str, keeper: Keeper) -> Failed {
    let log = super::log_tail(home);
    keeper.dismiss();
    let mut diagnostic = failed(format!("PostgreSQL {} {why}", binaries.version))
        .note(format!("its programs lie in {}", binaries.directory.display()));
    if !log.is_empty() {
        diagnostic = diagnostic.note(format!("the end of its log:\n{log}"));
    }
    if log.contains("No space left on device") {
        let folder = home.parent().unwrap_or(home);
        diagnostic = diagnostic.help(format!("make room in {}", folder.display()));
    }
    let taken = ["could not bind", "could not create any TCP/IP sockets"];
    match taken.iter().any(|words| log.contains(words)) {
        true => Failed::PortTaken(diagnostic.help("choose another port").into()),
        false => Failed::Otherwise(diagnostic.into()),
    }
}

/// A name that no other start has, in this process or another.
fn unique() -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("{}-{count}-{:08x}", std::process::id(), now.subsec_nanos())
}

/// Free now; the server may still find it taken.
fn free_port() -> Result<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| failed(format!("no free port on 127.0.0.1: {error}")).into())
}

fn random_password() -> Result<String> {
    use std::io::Read;

    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut random| random.read_exact(&mut bytes))
        .map_err(|error| failed(format!("cannot read /dev/urandom: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
