//! The server that work is done in. Whoever it belongs to, from here on it looks the same.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use postgres::Client;

use super::{Binaries, Cluster, Places, SUPPORTED_MAJORS, Settings, container, failed};
use crate::connection::{
    ConnectOptions, Defaults, Environment, Flags, Target, for_database, resolve,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::manifest::ServerChoice;
use crate::{Error, Result};

/// Which server is wanted, and what a door knows about this machine.
#[derive(Clone, Debug, Default)]
pub struct ServerRequest {
    /// Where it comes from.
    pub choice: ServerChoice,
    /// Its major version; any supported one by default.
    pub major: Option<u16>,
    /// The image of a container; `postgres:<major>` by default.
    pub image: Option<String>,
    /// Where servers are on this machine, and where their users find each other.
    pub places: Places,
    /// What a connection string leaves open: passwords, certificates.
    pub environment: Environment,
    /// The variable or setting that makes the choice, for whom it surprises.
    pub said_by: Option<&'static str>,
}

/// Who a server belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user named it. Only databases that pgmi made are touched.
    Given,
    /// Started from programs of this machine, shared with the user's other builds and tests.
    Local,
    /// A container, shared in the same way.
    Container,
}

/// A PostgreSQL to work in. As long as this lives, a server of our own stays up.
pub struct Server {
    target: Target,
    connection: String,
    major: u16,
    version: String,
    origin: Origin,
    /// The connection that asked for the version, if one did, for whoever administers first.
    first: Mutex<Option<Client>>,
    /// Ends with its last user.
    cluster: Option<Cluster>,
}

impl Server {
    /// Finds or starts the server that is wanted. `Auto` takes the first that works: programs of this
    /// machine, then a container.
    ///
    /// # Errors
    /// [`Code::ServerNotFound`] with everything that was tried and the ways to go on;
    /// [`Code::ServerVersion`] when a server is of another major; [`Code::ClusterFailed`] when one of
    /// our own does not start; [`Code::ConnectionFailed`] and [`Code::ConnectionSettings`] for one that
    /// was given.
    pub fn find(request: &ServerRequest) -> Result<Self> {
        match &request.choice {
            ServerChoice::Given(connection) => {
                let given = Given { connection, said_by: request.said_by };
                given.reach(request.major, &request.environment)
            }
            ServerChoice::Local => local(request),
            ServerChoice::Container => container(request),
            ServerChoice::Auto => local(request).or_else(|no_local| {
                container(request)
                    .map_err(|no_container| nothing_works(request, no_local, no_container))
            }),
        }
    }

    /// The server that a connection string leads to; its database is where others are created from.
    ///
    /// # Errors
    /// [`Code::ServerVersion`] when it is of another major, or too old; what keeps us from connecting.
    pub fn given(connection: &str, major: Option<u16>, environment: &Environment) -> Result<Self> {
        Given { connection, said_by: None }.reach(major, environment)
    }

    /// A server started from programs of this machine; it is left when the [`Server`] is dropped. Nothing is
    /// asked of it yet.
    ///
    /// # Errors
    /// Where it listens cannot be said in a connection string.
    pub fn local(cluster: Cluster) -> Result<Self> {
        let connection = cluster.connection_string("postgres");
        let flags = Flags { connection: Some(connection.clone()), ..Flags::default() };
        Ok(Self {
            target: resolve(&flags, &Environment::default(), &Defaults::default())?,
            connection,
            major: cluster.major(),
            version: cluster.version().to_owned(),
            origin: Origin::Local,
            first: Mutex::new(None),
            cluster: Some(cluster),
        })
    }

    pub(super) fn reach(flags: Flags, environment: &Environment, origin: Origin) -> Result<Self> {
        let target = resolve(&flags, environment, &Defaults::default())?;
        let mut client = target.connect(ConnectOptions::default())?.client;
        let (major, version) = ask_version(&mut client, &target)?;
        let first = Mutex::new(Some(client));
        let connection = flags.connection.unwrap_or_default();
        Ok(Self { target, connection, major, version, origin, first, cluster: None })
    }

    /// The major version.
    pub fn major(&self) -> u16 {
        self.major
    }

    /// The version as PostgreSQL spells it: `17.5`, `18beta1`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Who it belongs to.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// A database of it, to connect to.
    #[must_use]
    pub fn target(&self, database: &str) -> Target {
        self.target.with_database(database)
    }

    /// How a client reaches a database of it. May contain a password.
    pub fn connection_string(&self, database: &str) -> String {
        match &self.cluster {
            Some(cluster) => cluster.connection_string(database),
            None => for_database(&self.connection, database),
        }
    }

    /// Lets a server that was started from programs of this machine run until it is stopped; the
    /// others do so anyway.
    ///
    /// # Errors
    /// Its keeper does not listen.
    pub fn keep_running(&self) -> Result<()> {
        self.cluster.as_ref().map_or(Ok(()), Cluster::keep_running)
    }

    /// Whether nobody needs its data tomorrow: then what is slow only to be safe can be left out.
    pub(crate) fn is_throwaway(&self) -> bool {
        self.origin != Origin::Given
    }

    /// A connection to the database from which others are created and dropped.
    pub(crate) fn administer(&self) -> Result<Client> {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(client) = first.filter(|client| !client.is_closed()) {
            return Ok(client);
        }
        self.target.connect(ConnectOptions::default()).map(|connection| connection.client)
    }

    fn check_major(self, wanted: Option<u16>) -> Result<Self> {
        let (major, newest) = (self.major, SUPPORTED_MAJORS[SUPPORTED_MAJORS.len() - 1]);
        let of_another = wanted.filter(|wanted| *wanted != major);
        let finding = |message| Diagnostic::error(Code::ServerVersion, message);
        match of_another {
            Some(wanted) => Err(finding(format!(
                "the server is PostgreSQL {}, but {wanted} is wanted",
                self.version
            ))
            .note(format!("it is the one at {}", self.target.describe()))
            .help(format!(
                "name a server of major {wanted}, or write postgres = {major} in [package.metadata.pgmi]"
            ))
            .into()),
            None if major < SUPPORTED_MAJORS[0] => {
                Err(finding(format!("the server is PostgreSQL {}", self.version))
                    .help(format!(
                        "pgmi works with PostgreSQL {} to {newest}",
                        SUPPORTED_MAJORS[0]
                    ))
                    .into())
            }
            None => Ok(self),
        }
    }
}

/// A server that the user named.
struct Given<'a> {
    connection: &'a str,
    said_by: Option<&'static str>,
}

impl Given<'_> {
    fn reach(&self, major: Option<u16>, environment: &Environment) -> Result<Server> {
        let flags = Flags {
            connection: Some(self.connection.to_owned()),
            connection_from: self.said_by,
            ..Flags::default()
        };
        let server = Server::reach(flags, environment, Origin::Given);
        server.and_then(|server| server.check_major(major)).map_err(|error| match self.said_by {
            // A string that is wrong names its holder itself.
            Some(name) if error.code() != Code::ConnectionSettings => {
                error.map(|finding| finding.note(format!("this server is the one of {name}")))
            }
            _ => error,
        })
    }
}

/// The folder through which processes share servers.
///
/// # Errors
/// [`Code::ClusterFailed`] when the system has no place for it.
pub fn shared_folder(places: &Places) -> Result<PathBuf> {
    places.shared().ok_or_else(|| {
        failed("there is no folder for throwaway servers")
            .help("set HOME, or choose a folder with PGMI_CACHE_DIR")
            .into()
    })
}

fn local(request: &ServerRequest) -> Result<Server> {
    let binaries = Binaries::find(&request.places, request.major)?;
    let folder = shared_folder(&request.places)?;
    let settings = Settings::new(folder.join("data"));
    Server::local(Cluster::shared(&folder, &binaries, &settings)?)
}

fn container(request: &ServerRequest) -> Result<Server> {
    if let Some(major) = request.major.filter(|it| !SUPPORTED_MAJORS.contains(it)) {
        let message = format!("PostgreSQL {major} is not supported");
        return Err(Diagnostic::error(Code::ServerNotFound, message).into());
    }
    let connection = container::start(request)?;
    let flags = Flags { connection: Some(connection), ..Flags::default() };
    Server::reach(flags, &Environment::default(), Origin::Container)?.check_major(request.major)
}

/// The major, and the version up to the words that packagers add: `15.18 (Debian …)`.
fn ask_version(client: &mut Client, target: &Target) -> Result<(u16, String)> {
    let asked = client.query_one(VERSION, &[]).and_then(|row| {
        let (number, version): (i32, String) = (row.try_get(0)?, row.try_get(1)?);
        Ok((number, version))
    });
    let (number, version) = asked.map_err(|error| {
        let message = format!("{} does not tell its version: {error}", target.describe());
        Diagnostic::error(Code::ServerVersion, message)
    })?;
    let version = version.split_whitespace().next().unwrap_or_default().to_owned();
    Ok((u16::try_from(number / 10_000).unwrap_or_default(), version))
}

const VERSION: &str = "select pg_catalog.current_setting('server_version_num')::pg_catalog.int4, \
                       pg_catalog.current_setting('server_version')";

/// The error when neither programs nor a container serve.
fn nothing_works(request: &ServerRequest, no_local: Error, no_container: Error) -> Error {
    // Programs that are there and fail are what the user expects to work.
    if no_local.code() != Code::ServerNotFound {
        return no_local.map(|it| it.note(format!("a container neither: {no_container}")));
    }
    let newest = SUPPORTED_MAJORS[SUPPORTED_MAJORS.len() - 1];
    let wanted = request.major.map_or(String::new(), |major| format!(" {major}"));
    let number = request.major.filter(|it| SUPPORTED_MAJORS.contains(it)).unwrap_or(newest);
    let message = format!("there is no PostgreSQL{wanted} to work in");
    let mut finding = Diagnostic::error(Code::ServerNotFound, message);
    for (what, error) in [("programs", no_local), ("container", no_container)] {
        finding = finding.note(format!("{what}: {error}"));
        finding.notes.extend(error.primary().notes.iter().cloned());
    }
    finding = finding
        .help(format!("cargo pgmi server install {number}"))
        .help("or install the packages of PostgreSQL that your system has");
    if cfg!(feature = "container") {
        finding = finding.help("or start Docker");
    }
    finding
        .help("or name a server that you have: PGMI_SERVER=postgresql://user@host/database")
        .into()
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("at", &self.target.describe())
            .field("version", &self.version)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}
