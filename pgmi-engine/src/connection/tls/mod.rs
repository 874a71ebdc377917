//! TLS as libpq's `sslmode` means it, through rustls
//! ([libpq-ssl](https://www.postgresql.org/docs/current/libpq-ssl.html)).

#[cfg(not(feature = "tls"))]
mod absent;
#[cfg(feature = "tls")]
mod certificates;
#[cfg(feature = "tls")]
mod encrypted;
#[cfg(feature = "tls")]
mod load;
#[cfg(feature = "tls")]
mod roots;
#[cfg(feature = "tls")]
mod signature;
#[cfg(feature = "tls")]
mod verify;

use std::path::{Path, PathBuf};

#[cfg(not(feature = "tls"))]
pub(super) use absent::Tls;
#[cfg(feature = "tls")]
pub(super) use load::Tls;

use super::{
    endpoint::{Endpoint, Host},
    input::Environment,
    secret::Secret,
    settings::{Settings, settings_error},
};
use crate::Result;

/// How much TLS is asked for, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SslMode {
    Disable,
    Allow,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

/// One manner of opening a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Plain,
    /// TLS when the server has it, else the same connection goes on without.
    TlsIfOffered,
    Tls,
}

/// What the settings say about TLS; files are not read yet.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "tls"), expect(dead_code, reason = "nothing is loaded without TLS"))]
pub(super) struct TlsSettings {
    pub(super) mode: SslMode,
    /// `sslnegotiation=direct`, PostgreSQL 17.
    pub(super) direct: bool,
    root: Root,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    password: Option<Secret>,
    oldest: Version,
    newest: Version,
}

/// Whom a server's certificate may be signed by.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Root {
    Unnamed,
    /// `sslrootcert=system`.
    System,
    File(PathBuf),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    /// rustls has no TLS older than 1.2; asking for "at least 1.0" is fine, "at most 1.1" is not.
    Tls11,
    Tls12,
    Tls13,
}

const MODES: [(&str, SslMode); 6] = [
    ("disable", SslMode::Disable),
    ("allow", SslMode::Allow),
    ("prefer", SslMode::Prefer),
    ("require", SslMode::Require),
    ("verify-ca", SslMode::VerifyCa),
    ("verify-full", SslMode::VerifyFull),
];

const VERSIONS: [(&str, Version); 4] = [
    ("TLSv1", Version::Tls11),
    ("TLSv1.1", Version::Tls11),
    ("TLSv1.2", Version::Tls12),
    ("TLSv1.3", Version::Tls13),
];

impl TlsSettings {
    /// Reads the `ssl…` settings.
    ///
    /// # Errors
    /// `connection-settings` for unknown words and for combinations that libpq refuses.
    pub(super) fn understand(settings: &Settings) -> Result<Self> {
        let path = |name: &str| settings.text(name).map(PathBuf::from);
        let version = |name| settings.choice(name, &VERSIONS);
        let tls = Self {
            mode: settings.choice("sslmode", &MODES)?.unwrap_or(SslMode::Prefer),
            direct: settings
                .choice("sslnegotiation", &[("postgres", false), ("direct", true)])?
                .unwrap_or(false),
            root: root(settings),
            certificate: path("sslcert"),
            key: path("sslkey"),
            password: settings.text("sslpassword").map(Secret::new),
            oldest: version("ssl_min_protocol_version")?.unwrap_or(Version::Tls12),
            newest: version("ssl_max_protocol_version")?.unwrap_or(Version::Tls13),
        };
        tls.check()?;
        Ok(tls)
    }

    fn check(&self) -> Result<()> {
        let word = MODES.iter().find(|(_, mode)| *mode == self.mode).map_or("", |(word, _)| word);
        if self.direct && self.mode < SslMode::Require {
            return Err(settings_error(format!("sslnegotiation=direct with sslmode={word}"))
                .help("direct TLS has no way back to an open connection: use sslmode=require")
                .into());
        }
        if self.root == Root::System && self.mode < SslMode::VerifyFull {
            return Err(settings_error(format!("sslrootcert=system with sslmode={word}"))
                .note("a public authority signs for anybody; only the host name tells them apart")
                .help("use sslmode=verify-full")
                .into());
        }
        if self.newest < Version::Tls12 || self.newest < self.oldest {
            return Err(settings_error("no TLS version is left to use")
                .help("TLSv1.2 and TLSv1.3 are supported; check ssl_max_protocol_version")
                .into());
        }
        Ok(())
    }

    /// The ways to try at an endpoint, in order. `sslmode` means nothing to a Unix socket.
    pub(super) fn ways(&self, endpoint: &Endpoint) -> &'static [Way] {
        match (&endpoint.host, self.mode) {
            (Host::Socket(_), _) | (_, SslMode::Disable) => &[Way::Plain],
            (_, SslMode::Allow | SslMode::Prefer) if cfg!(not(feature = "tls")) => &[Way::Plain],
            (_, SslMode::Allow) => &[Way::Plain, Way::Tls],
            (_, SslMode::Prefer) => &[Way::TlsIfOffered, Way::Plain],
            (_, SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull) => &[Way::Tls],
        }
    }
}

fn root(settings: &Settings) -> Root {
    match settings.text("sslrootcert") {
        Some("system") => Root::System,
        Some(path) => Root::File(path.into()),
        None => Root::Unnamed,
    }
}

/// A file in `~/.postgresql` or `%APPDATA%\postgresql`, if it is there.
pub(super) fn usual_file(environment: &Environment, name: &str) -> Option<PathBuf> {
    let folder = if cfg!(windows) {
        Path::new(environment.get("APPDATA")?).join("postgresql")
    } else {
        Path::new(environment.get("HOME")?).join(".postgresql")
    };
    Some(folder.join(name)).filter(|path| path.exists())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::source::Source;

    fn understand(pairs: &[(&'static str, &str)]) -> Result<TlsSettings> {
        let mut settings = Settings::default();
        for (name, text) in pairs {
            settings.fill(name, *text, Source::Variable("PGSSL"));
        }
        TlsSettings::understand(&settings)
    }

    #[cfg(feature = "tls")]
    #[test]
    fn each_mode_has_its_ways() {
        let tcp = Endpoint { host: Host::Name("h".into()), address: None, port: 1 };
        let socket = Endpoint { host: Host::Socket("/run".into()), address: None, port: 1 };
        for (word, ways) in [
            ("disable", &[Way::Plain][..]),
            ("allow", &[Way::Plain, Way::Tls]),
            ("prefer", &[Way::TlsIfOffered, Way::Plain]),
            ("require", &[Way::Tls]),
            ("verify-ca", &[Way::Tls]),
            ("VERIFY-FULL", &[Way::Tls]),
        ] {
            let tls = understand(&[("sslmode", word)]).unwrap();
            assert_eq!(tls.ways(&tcp), ways, "{word}");
            assert_eq!(tls.ways(&socket), [Way::Plain], "{word}");
        }
    }

    #[test]
    fn what_cannot_be() {
        for pairs in [
            &[("sslmode", "on")][..],
            &[("sslnegotiation", "direct")],
            &[("sslnegotiation", "direct"), ("sslmode", "prefer")],
            &[("sslrootcert", "system"), ("sslmode", "verify-ca")],
            &[("ssl_max_protocol_version", "TLSv1.1")],
            &[("ssl_min_protocol_version", "TLSv1.3"), ("ssl_max_protocol_version", "TLSv1.2")],
            &[("ssl_min_protocol_version", "SSLv3")],
        ] {
            let error = understand(pairs).unwrap_err();
            assert_eq!(error.outcome().exit_code(), 10, "{pairs:?}");
        }
        assert!(understand(&[("ssl_min_protocol_version", "TLSv1")]).is_ok());
        assert!(understand(&[("sslmode", "require"), ("sslnegotiation", "direct")]).is_ok());
    }
}
