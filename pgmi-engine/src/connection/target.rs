//! A database that can be connected to: every setting understood.

use std::{path::PathBuf, time::Duration};

use super::{
    endpoint::{Endpoint, endpoints},
    input::Environment,
    passfile::{self, Passfile},
    resolve,
    secret::Secret,
    settings::{HIDDEN, Settings, Value, settings_error},
    source::{Explanation, Source, Standing},
    tls::TlsSettings,
};
use crate::{Result, diagnostic::Diagnostic};

/// What to connect to, and how. Made by [`super::resolve`]; `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) database: String,
    maintenance_database: Value,
    pub(super) user: String,
    password: Option<Secret>,
    passfile: Passfile,
    pub(super) tls: TlsSettings,
    pub(super) application_name: String,
    pub(super) options: Option<String>,
    /// For each address of each host; `None` waits for ever.
    pub(super) connect_timeout: Option<Duration>,
    pub(super) wanted: WantedSession,
    pub(super) channel_binding: ChannelBinding,
    pub(super) random_order: bool,
    pub(super) keepalive: Keepalive,
    explanations: Vec<Explanation>,
    warnings: Vec<Diagnostic>,
}

/// `target_session_attrs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WantedSession {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    PreferStandby,
}

/// `channel_binding`, as the driver spells it.
pub(super) use postgres::config::ChannelBinding;

/// The `keepalives…` and `tcp_user_timeout` settings that were given.
#[derive(Clone, Debug, Default)]
pub(super) struct Keepalive {
    pub(super) off: bool,
    pub(super) idle: Option<Duration>,
    pub(super) interval: Option<Duration>,
    pub(super) count: Option<u32>,
    pub(super) user_timeout: Option<Duration>,
}

impl Target {
    /// The database that is connected to.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The database from which others are created and dropped.
    pub fn maintenance_database(&self) -> &str {
        &self.maintenance_database.text
    }

    /// Whether somebody named the maintenance database.
    pub(crate) fn names_maintenance_database(&self) -> bool {
        self.maintenance_database.source != Source::BuiltIn
    }

    /// The role that logs in.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The same servers and user, another database.
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        let mut target = Self { database: database.to_owned(), ..self.clone() };
        let counts =
            |line: &&mut Explanation| line.setting == "dbname" && line.standing == Standing::Used;
        for line in target.explanations.iter_mut().filter(counts) {
            database.clone_into(&mut line.value);
        }
        target
    }

    /// `host:port/database` for messages; several hosts are separated by commas.
    pub fn describe(&self) -> String {
        format!("{}/{}", self.hosts().join(","), self.database)
    }

    /// Where it is tried to connect to, one after the other: `host:port`, or the path of a socket.
    pub fn hosts(&self) -> Vec<String> {
        self.endpoints.iter().map(Endpoint::to_string).collect()
    }

    /// Every value that somebody gave with its source, secrets hidden, and whether it counts: what
    /// `--explain-connection` prints.
    pub fn explanations(&self) -> &[Explanation] {
        &self.explanations
    }

    /// What the user should know although a connection may work, such as an ignored password file.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Whether a password is known for some host.
    pub(super) fn has_password(&self) -> bool {
        self.endpoints.iter().any(|endpoint| self.password_for(endpoint).is_some())
    }

    pub(super) fn with_warning(mut self, warning: Diagnostic) -> Self {
        self.warnings.push(warning);
        self
    }

    /// Understands every setting.
    ///
    /// # Errors
    /// `connection-settings` when there is no database or user, or a value makes no sense.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "passwords leave the settings and do not stay in a copy"
    )]
    pub(super) fn understand(
        settings: Settings,
        environment: &Environment,
        maintenance_database: Value,
    ) -> Result<Self> {
        let text = |name: &str| settings.text(name).map(ToOwned::to_owned);
        reject_gss(&settings)?;
        let password = text("password").map(Secret::new);
        let (passfile, warning) = read_passfile(&settings, environment, password.is_some());
        let mut target = Self {
            endpoints: endpoints(&settings)?,
            database: text("dbname").ok_or_else(resolve::no_database)?,
            maintenance_database,
            user: text("user").ok_or_else(|| resolve::no_user(&settings))?,
            password,
            passfile,
            tls: TlsSettings::understand(&settings)?,
            application_name: text("application_name").unwrap_or_default(),
            options: text("options"),
            connect_timeout: seconds(&settings, "connect_timeout")?,
            wanted: wanted_session(&settings)?,
            channel_binding: channel_binding(&settings)?,
            random_order: settings
                .choice("load_balance_hosts", &[("disable", false), ("random", true)])?
                .unwrap_or(false),
            keepalive: keepalive(&settings)?,
            explanations: settings.explain(),
            warnings: warning.into_iter().collect(),
        };
        target.explain_the_rest();
        Ok(target)
    }

    /// What no layer of settings has: passwords of the password file, and the maintenance database.
    fn explain_the_rest(&mut self) {
        let line = |setting, value, source| Explanation {
            setting,
            value,
            source,
            standing: Standing::Used,
        };
        let Value { text, source } = self.maintenance_database.clone();
        let mut lines = vec![line("maintenance_database", text, source)];
        for endpoint in self.endpoints.iter().filter(|_| self.password.is_none()) {
            let filed = self.passfile.password(endpoint, &self.database, &self.user);
            let value = match self.endpoints.len() {
                1 => HIDDEN.to_owned(),
                _ => format!("{HIDDEN} for {endpoint}"),
            };
            lines.extend(filed.map(|(_, source)| line("password", value, source)));
        }
        self.explanations.extend(lines);
    }

    /// The password for one endpoint and where it was found: given, else in the password file.
    pub(super) fn password_for(&self, endpoint: &Endpoint) -> Option<(&Secret, Source)> {
        let counts =
            |line: &&Explanation| line.setting == "password" && line.standing == Standing::Used;
        let given = self.explanations.iter().find(counts).map(|line| line.source.clone());
        match (&self.password, given) {
            (Some(password), Some(source)) => Some((password, source)),
            _ => self.passfile.password(endpoint, &self.database, &self.user),
        }
    }
}

fn read_passfile(
    settings: &Settings,
    environment: &Environment,
    has_password: bool,
) -> (Passfile, Option<Diagnostic>) {
    if has_password {
        return (Passfile::default(), None);
    }
    let named = settings.text("passfile").map(PathBuf::from);
    match named.or_else(|| passfile::default_path(environment)) {
        Some(path) => Passfile::read(&path),
        None => (Passfile::default(), None),
    }
}

/// GSSAPI encryption is not built in; libpq's default and `disable` go on without it too.
fn reject_gss(settings: &Settings) -> Result<()> {
    let words = [("disable", false), ("prefer", false), ("require", true)];
    match settings.choice("gssencmode", &words)? {
        Some(true) => Err(settings_error("gssencmode=require is not supported")
            .help("use TLS instead: sslmode=verify-full")
            .into()),
        _ => Ok(()),
    }
}

/// Zero and less mean no limit, as in libpq.
fn seconds(settings: &Settings, name: &'static str) -> Result<Option<Duration>> {
    let positive = settings.number(name)?.filter(|number| *number > 0);
    Ok(positive.map(|number| Duration::from_secs(number.unsigned_abs())))
}

fn wanted_session(settings: &Settings) -> Result<WantedSession> {
    let words = [
        ("any", WantedSession::Any),
        ("read-write", WantedSession::ReadWrite),
        ("read-only", WantedSession::ReadOnly),
        ("primary", WantedSession::Primary),
        ("standby", WantedSession::Standby),
        ("prefer-standby", WantedSession::PreferStandby),
    ];
    Ok(settings.choice("target_session_attrs", &words)?.unwrap_or(WantedSession::Any))
}

fn channel_binding(settings: &Settings) -> Result<ChannelBinding> {
    let words = [
        ("disable", ChannelBinding::Disable),
        ("prefer", ChannelBinding::Prefer),
        ("require", ChannelBinding::Require),
    ];
    Ok(settings.choice("channel_binding", &words)?.unwrap_or(ChannelBinding::Prefer))
}

fn keepalive(settings: &Settings) -> Result<Keepalive> {
    let count = settings.number("keepalives_count")?.filter(|count| *count > 0);
    let milliseconds = settings.number("tcp_user_timeout")?.filter(|number| *number > 0);
    Ok(Keepalive {
        off: settings.number("keepalives")? == Some(0),
        idle: seconds(settings, "keepalives_idle")?,
        interval: seconds(settings, "keepalives_interval")?,
        count: count.and_then(|count| u32::try_from(count).ok()),
        user_timeout: milliseconds.map(|number| Duration::from_millis(number.unsigned_abs())),
    })
}
