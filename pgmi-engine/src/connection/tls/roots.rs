//! The certificates that `sslrootcert` trusts.

use std::{path::Path, time::Duration};

use rustls::{
    CertificateError, Error as TlsError, RootCertStore,
    pki_types::{CertificateDer, UnixTime},
};
use x509_cert::{Certificate, der::Decode};

use super::certificates;
use crate::{Result, connection::settings::settings_error};

/// Trusted certificates, of authorities and of servers that signed their own.
#[derive(Debug)]
pub(super) struct Roots {
    anchors: RootCertStore,
    /// Empty for the system's: nobody's own server is in there.
    certificates: Vec<CertificateDer<'static>>,
}

impl Roots {
    /// Reads a PEM file.
    ///
    /// # Errors
    /// `connection-settings` when there is no certificate in it, or one that cannot be used.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let certificates = certificates::chain(path)?;
        let mut anchors = RootCertStore::empty();
        for certificate in &certificates {
            anchors.add(certificate.clone()).map_err(|error| {
                let path = path.display();
                settings_error(format!("{path} holds a certificate that cannot be used"))
                    .note(error.to_string())
            })?;
        }
        Ok(Self { anchors, certificates })
    }

    /// The authorities that the operating system trusts.
    ///
    /// # Errors
    /// `connection-settings` when it has none.
    pub(super) fn of_system() -> Result<Self> {
        let mut anchors = RootCertStore::empty();
        anchors.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if anchors.is_empty() {
            return Err(settings_error("the system has no trusted certificate authorities")
                .help("install the package ca-certificates, or name a file with sslrootcert")
                .into());
        }
        Ok(Self { anchors, certificates: Vec::new() })
    }

    pub(super) fn anchors(&self) -> &RootCertStore {
        &self.anchors
    }

    /// Whether exactly this certificate is trusted by itself.
    pub(super) fn holds(&self, certificate: &CertificateDer<'_>) -> bool {
        self.certificates.iter().any(|root| root.as_ref() == certificate.as_ref())
    }

    /// Checks the validity of a certificate that needs no chain.
    ///
    /// # Errors
    /// When `now` is outside of it.
    pub(super) fn check_dates(
        &self,
        certificate: &CertificateDer<'_>,
        now: UnixTime,
    ) -> std::result::Result<(), TlsError> {
        let parsed =
            Certificate::from_der(certificate).map_err(|_| CertificateError::BadEncoding)?;
        let validity = parsed.tbs_certificate.validity;
        let now = Duration::from_secs(now.as_secs());
        if now < validity.not_before.to_unix_duration() {
            return Err(CertificateError::NotValidYet.into());
        }
        if now > validity.not_after.to_unix_duration() {
            return Err(CertificateError::Expired.into());
        }
        Ok(())
    }
}
