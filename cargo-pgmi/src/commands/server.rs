//! `cargo pgmi server`: PostgreSQL binaries of this machine, and the server that runs share.

use clap::{Args, Subcommand};
use pgmi_engine::Result;
use pgmi_engine::cluster::{
    Binaries, Cluster, Installed, Origin, Places, Running, RunningContainer, ServerRequest,
    install, running_containers, shared_folder,
};
use pgmi_engine::manifest::ServerChoice;
use serde_json::json;

use crate::arguments::{parse_major, server_request};
use crate::crate_settings::Crate;
use crate::environment;
use crate::output::{MessageFormat, Output};

/// Get PostgreSQL, and start, stop and list throwaway servers
#[derive(Args)]
#[command(after_help = HELP, arg_required_else_help = true, subcommand_required = true)]
pub struct Server {
    #[command(subcommand)]
    action: Action,
}

const HELP: &str = "\
Examples:
  cargo pgmi server install 16 18                    # into your cache folder, without root
  psql \"$(cargo pgmi server start)\"                  # the server that builds and tests share
  cargo pgmi server status
  cargo pgmi server stop

Exit codes: 0 done; 1 it could not be fetched or started; 2 `install` does not know that
version; 10 no PostgreSQL was found.";

#[derive(Subcommand)]
enum Action {
    /// Fetch PostgreSQL server programs into your cache folder; prints where they are
    #[command(after_help = HELP)]
    Install {
        /// Major versions
        #[arg(default_values_t = [NEWEST], value_parser = parse_major)]
        majors: Vec<u16>,
    },
    /// Start the throwaway server that your builds and tests share, and let it run until `stop`;
    /// prints how to connect
    #[command(after_help = HELP)]
    Start(Start),
    /// Stop servers that your builds and tests share
    #[command(after_help = HELP)]
    Stop {
        /// Major versions; all by default
        #[arg(value_parser = parse_major)]
        majors: Vec<u16>,
    },
    /// List the server programs that were found, and the servers and containers that run
    #[command(after_help = HELP)]
    Status,
}

#[derive(Args)]
struct Start {
    /// Major version; that of [package.metadata.pgmi] by default, else the newest one that is there
    // Whatever it is: what was tried for it is more than a refusal.
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
    /// Runs the chosen action; what programs read is on stdout.
    ///
    /// # Errors
    /// The engine's, when there is no server, or it cannot be fetched, started or stopped.
    pub fn run(self, output: &Output) -> Result<()> {
        let places = environment::places();
        match self.action {
            Action::Install { majors } => install_all(&places, &majors, output),
            Action::Start(start) => start.run(places, output),
            Action::Stop { majors } => stop(&places, &majors, output),
            Action::Status => status(&places, output),
        }
    }
}

fn install_all(places: &Places, majors: &[u16], output: &Output) -> Result<()> {
    for &major in majors {
        say(output, &format!("PostgreSQL {major}: looking for it"));
        let busy = output.busy(&format!("Fetching PostgreSQL {major}"));
        let installed = install(places, major)?;
        drop(busy);
        let (binaries, words) = match &installed {
            Installed::Already(it) => (it, "installed already"),
            Installed::Now(it) => (it, "installed"),
        };
        say(output, &format!("PostgreSQL {}: {words}", binaries.version));
        let value = json!({
            "version": binaries.version,
            "directory": binaries.directory,
            "installed": matches!(installed, Installed::Now(_)),
        });
        output.answer(false, &value, || binaries.directory.display().to_string())?;
    }
    Ok(())
}

impl Start {
    fn run(self, places: Places, output: &Output) -> Result<()> {
        let busy = output.busy("Starting PostgreSQL");
        let server = pgmi_engine::cluster::Server::find(&self.request(places)?)?;
        server.keep_running()?;
        drop(busy);
        let version = server.version();
        say(
            output,
            &match server.origin() {
                Origin::Given => format!("PostgreSQL {version} is there already: it was named"),
                Origin::Local | Origin::Container => {
                    format!("PostgreSQL {version} runs until: cargo pgmi server stop")
                }
            },
        );
        let connection = server.connection_string("postgres");
        let value = json!({ "version": version, "connection": connection });
        output.answer(false, &value, || connection)
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

fn stop(places: &Places, majors: &[u16], output: &Output) -> Result<()> {
    let asked = |major: Option<u16>| {
        majors.is_empty() || major.is_some_and(|major| majors.contains(&major))
    };
    let servers = Cluster::running(&shared_folder(places)?).into_iter();
    let servers: Vec<Running> = servers.filter(|it| asked(Some(it.major()))).collect();
    let containers = running_containers(places).into_iter();
    let containers: Vec<RunningContainer> = containers.filter(|it| asked(it.major())).collect();
    for server in &servers {
        server.stop()?;
        tell(output, &json!({ "stopped": "server", "version": server.version() }), || {
            format!("PostgreSQL {} stopped", server.version())
        })?;
    }
    for container in &containers {
        container.stop()?;
        tell(output, &json!({ "stopped": "container", "id": container.id() }), || {
            format!("Container {} of {} removed", container.id(), container.image())
        })?;
    }
    if servers.is_empty() && containers.is_empty() {
        say(output, "no server runs");
    }
    Ok(())
}

fn status(places: &Places, output: &Output) -> Result<()> {
    for binaries in Binaries::list(places) {
        let (version, directory) = (&binaries.version, binaries.directory.display());
        let origin = binaries.origin;
        let value = json!({
            "kind": "programs", "version": version, "directory": binaries.directory, "origin": origin,
        });
        output.answer(false, &value, || format!("programs\t{version}\t{directory}\t{origin}"))?;
    }
    for server in Cluster::running(&shared_folder(places)?) {
        let (version, string) = (server.version(), server.connection_string("postgres"));
        let value = json!({ "kind": "server", "version": version, "connection": string });
        output.answer(false, &value, || format!("server\t{version}\t{string}"))?;
    }
    for container in running_containers(places) {
        let (image, id) = (container.image(), container.id());
        let state = container.state();
        let value = json!({ "kind": "container", "image": image, "id": id, "state": state });
        output.answer(false, &value, || format!("container\t{image}\t{id}\t{state}"))?;
    }
    Ok(())
}

/// A word for people.
fn say(output: &Output, words: &str) {
    if output.format == MessageFormat::Human {
        output.line(words);
    }
}

/// What was done: for people on stderr, for programs on stdout.
fn tell(output: &Output, value: &serde_json::Value, words: impl FnOnce() -> String) -> Result<()> {
    match output.format {
        MessageFormat::Human => output.line(&words()),
        MessageFormat::Json => output.payload(&value.to_string())?,
    }
    Ok(())
}
