//! `cargo pgmi server`: PostgreSQL binaries of this machine, and the server that runs share.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use pgmi_engine::cluster::{Binaries, Cluster, Installed, Places, Running, Settings, install};
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::{Error, Result};

use crate::environment;

/// Get PostgreSQL, and start, stop and list throwaway servers
#[derive(Args)]
pub struct Server {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Fetch PostgreSQL server programs into your cache folder; prints where they are
    Install {
        /// Major versions
        #[arg(default_values_t = [NEWEST])]
        majors: Vec<u16>,
    },
    /// Start the throwaway server that your builds and tests share, and let it run until `stop`;
    /// prints how to connect
    Start {
        /// Major version; the newest one that is there by default
        major: Option<u16>,
    },
    /// Stop servers that your builds and tests share
    Stop {
        /// Major versions; all by default
        majors: Vec<u16>,
    },
    /// List the server programs that were found, and the servers that run
    Status,
}

const NEWEST: u16 = 18;

impl Server {
    /// Runs the chosen action.
    pub fn run(self) -> Result<()> {
        let places = environment::places();
        match self.action {
            Action::Install { majors } => install_all(&places, &majors),
            Action::Start { major } => start(&places, major),
            Action::Stop { majors } => stop(&places, &majors),
            Action::Status => status(&places),
        }
    }
}

fn install_all(places: &Places, majors: &[u16]) -> Result<()> {
    for &major in majors {
        eprintln!("PostgreSQL {major}: looking for it");
        let installed = install(places, major)?;
        match &installed {
            Installed::Already(it) => eprintln!("PostgreSQL {}: installed already", it.version),
            Installed::Now(it) => eprintln!("PostgreSQL {}: installed", it.version),
        }
        payload(installed.into_binaries().directory.display())?;
    }
    Ok(())
}

fn start(places: &Places, major: Option<u16>) -> Result<()> {
    let folder = shared_folder(places)?;
    let binaries = Binaries::find(places, major)?;
    let cluster = Cluster::shared(&folder, &binaries, &Settings::new(folder.join("data")))?;
    cluster.keep_running()?;
    eprintln!("PostgreSQL {} runs until: cargo pgmi server stop", binaries.version);
    payload(cluster.connection_string("postgres"))
}

fn stop(places: &Places, majors: &[u16]) -> Result<()> {
    let running = Cluster::running(&shared_folder(places)?);
    let asked = |it: &Running| majors.is_empty() || majors.contains(&it.major());
    let chosen: Vec<_> = running.into_iter().filter(asked).collect();
    for server in &chosen {
        server.stop()?;
        eprintln!("PostgreSQL {} stopped", server.version());
    }
    if chosen.is_empty() {
        eprintln!("no server runs");
    }
    Ok(())
}

fn status(places: &Places) -> Result<()> {
    for binaries in Binaries::list(places) {
        let (version, origin) = (binaries.version, binaries.origin);
        let directory = binaries.directory.display();
        payload(format_args!("programs\t{version}\t{directory}\t{origin}"))?;
    }
    for server in Cluster::running(&shared_folder(places)?) {
        let string = server.connection_string("postgres");
        payload(format_args!("server\t{}\t{string}", server.version()))?;
    }
    Ok(())
}

fn shared_folder(places: &Places) -> Result<PathBuf> {
    places.shared().ok_or_else(|| {
        Error::from(
            Diagnostic::error(Code::ClusterFailed, "there is no folder for throwaway servers")
                .help("set HOME, or choose a folder with PGMI_CACHE_DIR"),
        )
    })
}

/// One line of what was asked for. A reader that has seen enough, such as `head`, is no error.
fn payload(line: impl Display) -> Result<()> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Diagnostic::error(Code::Io, format!("cannot write to stdout: {error}")).into())
        }
        _ => Ok(()),
    }
}
