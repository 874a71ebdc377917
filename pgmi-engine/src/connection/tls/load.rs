//! From TLS settings to something that can shake hands.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, SupportedProtocolVersion,
    crypto::ring,
    version::{TLS12, TLS13},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    Root, SslMode, TlsSettings, Version, certificates,
    roots::Roots,
    verify::{Trust, Verifier},
};
use crate::{Error, Result, connection::settings::settings_error};

/// What each TLS connection of a target is made with; cheap to clone.
#[derive(Clone)]
pub(in crate::connection) struct Tls(MakeRustlsConnect);

impl Tls {
    /// Reads certificates and keys.
    ///
    /// # Errors
    /// `connection-settings` when a file is missing, unreadable, unsafe or not what it should be.
    pub(in crate::connection) fn load(settings: &TlsSettings) -> Result<Self> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(&versions(settings))
            .map_err(unusable)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Verifier::new(trust(settings)?, provider)));
        let mut config = match &settings.certificate {
            None => builder.with_no_client_auth(),
            Some(certificate) => {
                let chain = certificates::chain(certificate)?;
                let key = certificates::key(settings.key.as_deref(), settings.password.as_ref())?;
                builder.with_client_auth_cert(chain, key).map_err(|e| mismatch(certificate, &e))?
            }
        };
        if settings.direct {
            config.alpn_protocols = vec![b"postgresql".to_vec()];
        }
        Ok(Self(MakeRustlsConnect::new(config)))
    }

    pub(in crate::connection) fn connector(&self) -> MakeRustlsConnect {
        self.0.clone()
    }
}

fn versions(settings: &TlsSettings) -> Vec<&'static SupportedProtocolVersion> {
    [(Version::Tls12, &TLS12), (Version::Tls13, &TLS13)]
        .into_iter()
        .filter(|(version, _)| (settings.oldest..=settings.newest).contains(version))
        .map(|(_, version)| version)
        .collect()
}

/// Whom a mode trusts
/// ([protection in different modes](https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION)).
///
/// `verify-full` without a root file trusts the system's authorities, where libpq gives up; the host
/// name makes that safe. `verify-ca` without one is refused as libpq does.
fn trust(settings: &TlsSettings) -> Result<Trust> {
    Ok(match (settings.mode, &settings.root) {
        (SslMode::Disable | SslMode::Allow | SslMode::Prefer, _)
        | (SslMode::Require, Root::Unnamed | Root::System) => Trust::Anybody,
        (SslMode::Require | SslMode::VerifyCa, Root::File(path)) => {
            Trust::Chain(Roots::read(path)?)
        }
        (SslMode::VerifyCa, Root::Unnamed | Root::System) => return Err(no_root()),
        (SslMode::VerifyFull, Root::File(path)) => Trust::Host(Roots::read(path)?),
        (SslMode::VerifyFull, Root::Unnamed | Root::System) => Trust::Host(Roots::of_system()?),
    })
}

fn no_root() -> Error {
    settings_error("sslmode=verify-ca needs the certificate of an authority")
        .help("name its file: sslrootcert=… in the connection string, or PGSSLROOTCERT")
        .help("or use sslmode=verify-full, which can trust the system's authorities")
        .into()
}

fn mismatch(certificate: &Path, error: &rustls::Error) -> Error {
    settings_error(format!("the client certificate {} cannot be used", certificate.display()))
        .note(error.to_string())
        .help("check that sslkey is the key of sslcert")
        .into()
}

fn unusable(error: impl std::fmt::Display) -> Error {
    settings_error("TLS cannot be set up").note(error.to_string()).into()
}
