//! PostgreSQL in a container, for machines that have Docker and no server programs.
//!
//! It is reused across runs and processes: found by its labels, started when it is missing, and
//! removed by `cargo pgmi server stop`. Its data lies in memory.

mod listing;
mod password;

use std::path::Path;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use testcontainers::bollard::models::HostConfig;
use testcontainers::core::error::{ClientError, TestcontainersError};
use testcontainers::core::{IntoContainerPort, Mount, WaitFor};
use testcontainers::runners::SyncRunner;
use testcontainers::{Container, ContainerRequest, GenericImage, ImageExt, ReuseDirective};

pub use listing::{RunningContainer, running_containers};

use super::fast::FAST;
use super::lock::Lock;
use super::server::{ServerRequest, shared_folder};
use super::{SUPPORTED_MAJORS, failed};
use crate::connection::{ConnectOptions, Defaults, Environment, Flags, Target, resolve};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

/// The port inside.
const PORT: u16 = 5432;

/// Whose container it is: derived from the password, which is the user's own.
const OWNER: &str = "dev.pgmi.owner";

/// What kind of server it is: image and settings.
const KIND: &str = "dev.pgmi.server";

/// The major that was asked for.
const MAJOR: &str = "dev.pgmi.major";

/// Where the data lies. Not where images declare a volume: that would win over memory.
const MEMORY: &str = "/pgmi";

/// A server that does not accept connections by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

/// Joins or starts the container that is wanted, and waits until it accepts connections. Returns how
/// to reach its database `postgres`.
pub(super) fn start(request: &ServerRequest) -> Result<String> {
    let folder = shared_folder(&request.places)?;
    std::fs::create_dir_all(&folder).map_err(|error| {
        Diagnostic::error(Code::Io, format!("cannot make {}: {error}", folder.display()))
    })?;
    let password = password::of_user(&folder)?;
    let wanted = Wanted::new(request, &password);
    let _lock = Lock::exclusive(&folder.join(format!("container-{}.lock", wanted.kind)))?;
    let container = wanted.request(&password).start();
    let container = container.map_err(|error| did_not_start(&wanted.image, &error))?;
    let ready = connection_string(&container, &password).and_then(|connection| {
        wait_until_ready(&container, &connection)?;
        Ok(connection)
    });
    ready.map_err(|error| {
        let error = not_ready(&container, &wanted.image, &error);
        // The next one shall not be led to it. Where Docker refuses, `server stop` may try again.
        let _ = container.rm();
        error
    })
}

/// A container before it is there.
struct Wanted {
    image: String,
    major: Option<u16>,
    kind: String,
    owner: String,
    /// Only this machine may knock, where that can be had.
    loopback: bool,
}

impl Wanted {
    fn new(request: &ServerRequest, password: &str) -> Self {
        let newest = SUPPORTED_MAJORS[SUPPORTED_MAJORS.len() - 1];
        let major = request.major.or(request.image.is_none().then_some(newest));
        let default = || format!("postgres:{}", major.unwrap_or(newest));
        let image = request.image.clone().unwrap_or_else(default);
        let kind = short_hash(&format!("{image}\n{FAST:?}\n{password}"));
        let loopback = request.places.docker_is_here();
        Self { image, major, kind, owner: owner(password), loopback }
    }

    fn request(&self, password: &str) -> ContainerRequest<GenericImage> {
        let (name, tag) = name_and_tag(&self.image);
        let arguments =
            FAST.iter().flat_map(|(name, value)| ["-c".into(), format!("{name}={value}")]);
        let major = self.major.map_or_else(|| "any".to_owned(), |major| major.to_string());
        let loopback = self.loopback;
        GenericImage::new(name, tag)
            .with_wait_for(WaitFor::Nothing)
            .with_exposed_port(PORT.tcp())
            .with_env_var("POSTGRES_USER", "postgres")
            .with_env_var("POSTGRES_DB", "postgres")
            .with_env_var("POSTGRES_PASSWORD", password)
            .with_env_var("POSTGRES_INITDB_ARGS", "--locale=C --encoding=UTF8 --no-sync")
            .with_env_var("PGDATA", format!("{MEMORY}/data"))
            .with_mount(Mount::tmpfs_mount(MEMORY))
            .with_cmd(["postgres".to_owned()].into_iter().chain(arguments))
            .with_labels([(OWNER, &self.owner), (KIND, &self.kind), (MAJOR, &major)])
            .with_host_config_modifier(move |config| publish(config, loopback))
            .with_reuse(ReuseDirective::Always)
    }
}

/// Docker publishes a port to the whole network unless it is told not to.
fn publish(config: &mut HostConfig, loopback: bool) {
    use testcontainers::bollard::models::PortBinding;

    if loopback {
        let binding =
            PortBinding { host_ip: Some("127.0.0.1".into()), host_port: Some("0".into()) };
        config.publish_all_ports = Some(false);
        config.port_bindings =
            Some([(format!("{PORT}/tcp"), Some(vec![binding]))].into_iter().collect());
    }
}

/// `postgis/postgis:17-3.5` in its two parts; a registry's port is no tag.
fn name_and_tag(image: &str) -> (&str, &str) {
    match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, tag),
        _ => (image, "latest"),
    }
}

fn connection_string(container: &Container<GenericImage>, password: &str) -> Result<String> {
    let reached = container.get_host().and_then(|host| {
        // The port is one of IPv4; `localhost` may be another address as well.
        let host = host.to_string().replace("localhost", "127.0.0.1");
        Ok(format!(
            "host={host} port={} user=postgres password={password} sslmode=disable",
            container.get_host_port_ipv4(PORT)?
        ))
    });
    reached.map_err(|error| failed(format!("cannot reach the container: {error}")).into())
}

/// The port is open before the server is: Docker listens there itself. Asking for a connection is the
/// only question whose answer means something.
fn wait_until_ready(container: &Container<GenericImage>, connection: &str) -> Result<()> {
    let flags = Flags { connection: Some(connection.to_owned()), ..Flags::default() };
    let target = resolve(&flags, &Environment::default(), &Defaults::default())?;
    let begin = Instant::now();
    loop {
        match knock(&target) {
            Ok(()) => return Ok(()),
            Err(error) if is_over(container, begin) => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Whether waiting longer makes no sense.
fn is_over(container: &Container<GenericImage>, begin: Instant) -> bool {
    begin.elapsed() > PATIENCE || !container.is_running().unwrap_or(false)
}

/// One try; the tries of a connection wait longer than a container takes to start.
fn knock(target: &Target) -> Result<()> {
    let once = ConnectOptions { pause: Some(std::sync::Arc::new(|_| false)), ..Default::default() };
    target.connect(once).map(|_| ())
}

fn not_ready(container: &Container<GenericImage>, image: &str, error: &Error) -> Error {
    let finding = failed(format!("PostgreSQL in a container of {image} accepts no connections"))
        .note(error.to_string());
    let log = container.stderr_to_vec().unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let lines: Vec<_> = log.lines().collect();
    let end = lines[lines.len().saturating_sub(20)..].join("\n");
    match end.is_empty() {
        true => finding.into(),
        false => finding.note(format!("the end of its log:\n{end}")).into(),
    }
}

fn did_not_start(image: &str, error: &TestcontainersError) -> Error {
    match error {
        TestcontainersError::Client(
            ClientError::Init(_)
            | ClientError::ListContainers(_)
            | ClientError::InvalidDockerHost(_)
            | ClientError::Configuration(_),
        ) => Diagnostic::error(Code::ServerNotFound, format!("Docker cannot be reached: {error}"))
            .help("start Docker, or say where it is with DOCKER_HOST"),
        TestcontainersError::Client(ClientError::PullImage { .. }) => {
            Diagnostic::error(Code::ServerNotFound, format!("there is no image {image}: {error}"))
                .help("choose another with `image` in [package.metadata.pgmi]")
        }
        _ => failed(format!("a container of {image} does not start: {error}")),
    }
    .into()
}

/// The same for all containers of a user, and no help in guessing the password.
fn owner(password: &str) -> String {
    short_hash(&format!("owner\n{password}"))
}

fn short_hash(text: &str) -> String {
    Sha256::digest(text)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The owner of the containers that are shared through a folder; none when there were none yet.
fn owner_of(folder: &Path) -> Option<String> {
    password::known(folder).map(|password| owner(&password))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_have_names_and_tags() {
        for (image, parts) in [
            ("postgres:17", ("postgres", "17")),
            ("postgis/postgis", ("postgis/postgis", "latest")),
            ("localhost:5000/pg", ("localhost:5000/pg", "latest")),
            ("localhost:5000/pg:1", ("localhost:5000/pg", "1")),
            ("pg@sha256:abc", ("pg@sha256", "abc")),
        ] {
            assert_eq!(name_and_tag(image), parts);
        }
    }

    #[test]
    fn another_image_is_another_container() {
        let request = |image: Option<&str>, major| ServerRequest {
            image: image.map(str::to_owned),
            major,
            ..ServerRequest::default()
        };
        let of = |request: &ServerRequest| Wanted::new(request, "secret");
        assert_eq!(of(&request(None, None)).image, "postgres:18");
        assert_eq!(of(&request(None, Some(15))).image, "postgres:15");
        assert_eq!(of(&request(Some("a/b:1"), Some(15))).image, "a/b:1");
        let kinds = [None, Some(15)].map(|major| of(&request(None, major)).kind);
        assert_ne!(kinds[0], kinds[1]);
        assert!(!of(&request(None, None)).owner.contains("secret"));
    }
}
