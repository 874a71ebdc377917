//! `cargo pgmi server`: PostgreSQL binaries of this machine, and the server that runs share.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

use clap::{Args, Subcommand};
use pgmi_engine::Result;
use pgmi_engine::cluster::{
    Binaries, Cluster, Installed, Origin, Places, Running, RunningContainer, ServerRequest,
    install, running_containers, shared_folder,
};
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::manifest::ServerChoice;

use crate::arguments::server_request;
use crate::crate_settings::Crate;
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
    Start(Start),
    /// Stop servers that your builds and tests share
    Stop {
        /// Major versions; all by default
        majors: Vec<u16>,
    },
    /// List the server programs that were found, and the servers and containers that run
    Status,
}

#[derive(Args)]
struct Start {
    /// Major version; that of [package.metadata.pgmi] by default, else the newest one that is there
    major: Option<u16>,
    /// From programs of this machine
    #[arg(long, conflicts_with_all = ["container", "image"])]
    local: bool,
    /// In a container
    #[arg(long)]
    container: bool,
    /// In a container of this image; postgres:MAJOR by default
    #[arg(long, value_name = "IMAGE")]
    image: Option<String>,
}

const NEWEST: u16 = 18;

impl Server {
    /// Runs the chosen action.
    pub fn run(self) -> Result<()> {
        let places = environment::places();
        match self.action {
            Action::Install { majors } => install_all(&places, &majors),
            Action::Start(start) => start.run(places),
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

impl Start {
    fn run(self, places: Places) -> Result<()> {
        let server = pgmi_engine::cluster::Server::find(&self.request(places)?)?;
        server.keep_running()?;
        let version = server.version();
        match server.origin() {
            Origin::Given => eprintln!("PostgreSQL {version} is there already: it was named"),
            Origin::Local | Origin::Container => {
                eprintln!("PostgreSQL {version} runs until: cargo pgmi server stop");
            }
        }
        payload(server.connection_string("postgres"))
    }

    /// The flags, then the environment, then what the crate says.
    fn request(self, places: Places) -> Result<ServerRequest> {
        let mut request = server_request(&Crate::here()?, places)?;
        if self.local {
            request.choice = ServerChoice::Local;
        }
        if self.container || self.image.is_some() {
            request.choice = ServerChoice::Container;
        }
        request.major = self.major.or(request.major);
        request.image = self.image.or(request.image);
        Ok(request)
    }
}

fn stop(places: &Places, majors: &[u16]) -> Result<()> {
    let asked = |major: Option<u16>| {
        majors.is_empty() || major.is_some_and(|major| majors.contains(&major))
    };
    let servers = Cluster::running(&shared_folder(places)?).into_iter();
    let servers: Vec<Running> = servers.filter(|it| asked(Some(it.major()))).collect();
    let containers = running_containers(places).into_iter();
    let containers: Vec<RunningContainer> = containers.filter(|it| asked(it.major())).collect();
    for server in &servers {
        server.stop()?;
        eprintln!("PostgreSQL {} stopped", server.version());
    }
    for container in &containers {
        container.stop()?;
        eprintln!("Container {} of {} removed", container.id(), container.image());
    }
    if servers.is_empty() && containers.is_empty() {
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
    for container in running_containers(places) {
        let (image, id, state) = (container.image(), container.id(), container.state());
        payload(format_args!("container\t{image}\t{id}\t{state}"))?;
    }
    Ok(())
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
