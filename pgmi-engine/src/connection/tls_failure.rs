//! What went wrong in a TLS handshake, in words that say which file or setting to look at.

use std::{error::Error as StdError, io};

use rustls::{AlertDescription, CertificateError, Error as TlsError};

use super::failure::{Cause, Failure, failed};

/// Explains an error that TLS caused; `None` when it did not.
pub(super) fn explain(error: &postgres::Error, place: &str) -> Option<Failure> {
    let (reason, help) = match find(error) {
        Some(tls) => words(tls),
        None => by_text(error)?,
    };
    let mut diagnostic = failed(place, &reason);
    if let Some(tls) = find(error) {
        diagnostic = diagnostic.note(tls.to_string());
    }
    Some(Failure::new(Cause::Tls, diagnostic.help(help)))
}

/// The TLS error somewhere below the driver's.
fn find(error: &postgres::Error) -> Option<&TlsError> {
    let mut current = StdError::source(error);
    while let Some(cause) = current {
        if let Some(tls) = cause.downcast_ref() {
            return Some(tls);
        }
        // An I/O error hides what it carries from `source`.
        let carried = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(tls) = carried.and_then(|inner| inner.downcast_ref()) {
            return Some(tls);
        }
        current = cause.source();
    }
    None
}

/// The driver's own TLS errors have no type, only a text.
fn by_text(error: &postgres::Error) -> Option<(String, &'static str)> {
    if error.to_string() != "error performing TLS handshake" {
        return None;
    }
    let reason = StdError::source(error).map(ToString::to_string).unwrap_or_default();
    Some(match reason.as_str() {
        "server does not support TLS" => (
            "the server does not support TLS".into(),
            "set ssl=on in postgresql.conf, or use sslmode=prefer or disable on a trusted network",
        ),
        "tls handshake eof" => (
            "the server broke the TLS handshake off".into(),
            "check the port; sslnegotiation=direct needs PostgreSQL 17",
        ),
        _ => (format!("the TLS handshake failed: {reason}"), "check host and port"),
    })
}

fn words(error: &TlsError) -> (String, &'static str) {
    match error {
        TlsError::InvalidCertificate(certificate) => certificate_words(certificate),
        TlsError::AlertReceived(alert) => alert_words(*alert),
        TlsError::InvalidMessage(_) => (
            "the answer is not TLS".into(),
            "check the port; sslnegotiation=direct needs PostgreSQL 17",
        ),
        TlsError::PeerIncompatible(_) => (
            "server and client have no TLS version or cipher in common".into(),
            "TLS 1.2 and 1.3 are supported; check ssl_min_protocol_version on both sides",
        ),
        _ => ("the TLS handshake failed".into(), "look into the server's log"),
    }
}

fn certificate_words(error: &CertificateError) -> (String, &'static str) {
    use CertificateError as E;
    match error {
        E::Expired | E::ExpiredContext { .. } => (
            "the server's certificate has expired".into(),
            "renew the server's certificate (ssl_cert_file)",
        ),
        E::NotValidYet | E::NotValidYetContext { .. } => (
            "the server's certificate is not valid yet".into(),
            "check the clocks of server and client",
        ),
        E::UnknownIssuer => (
            "the server's certificate is signed by an unknown authority".into(),
            "name that authority's certificate: sslrootcert=… in the connection string, or PGSSLROOTCERT",
        ),
        E::NotValidForName | E::NotValidForNameContext { .. } => (
            "the server's certificate is made out to another host".into(),
            "connect by a name that the certificate has as subjectAltName, or use sslmode=verify-ca",
        ),
        E::BadSignature => (
            "the server's certificate has a wrong signature".into(),
            "check that sslrootcert is the authority that signed it",
        ),
        other if other.to_string().contains("CaUsedAsEndEntity") => (
            "the server signed its certificate itself, and sslrootcert does not hold it".into(),
            "copy the server's certificate (ssl_cert_file) here, and name it with sslrootcert",
        ),
        other if other.to_string().contains("UnsupportedCertVersion") => (
            "the server's certificate is of an old kind (X.509 version 1) that cannot be verified"
                .into(),
            "make it anew with subjectAltName: openssl x509 -req … -extfile FILE, or use sslmode=require",
        ),
        _ => (
            "the server's certificate cannot be used".into(),
            "make a new one: X.509 version 3, with subjectAltName, signed by the authority of sslrootcert",
        ),
    }
}

fn alert_words(alert: AlertDescription) -> (String, &'static str) {
    match alert {
        AlertDescription::UnknownCA
        | AlertDescription::BadCertificate
        | AlertDescription::CertificateUnknown
        | AlertDescription::DecryptError => (
            "the server does not accept the client's certificate".into(),
            "check sslcert and sslkey against the server's ssl_ca_file",
        ),
        AlertDescription::CertificateExpired => (
            "the server says that the client's certificate has expired".into(),
            "renew the certificate of sslcert",
        ),
        AlertDescription::CertificateRequired => {
            ("the server asks for a client certificate".into(), "name one with sslcert and sslkey")
        }
        AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure => (
            "server and client have no TLS version or cipher in common".into(),
            "TLS 1.2 and 1.3 are supported; check ssl_min_protocol_version on both sides",
        ),
        _ => ("the server broke the TLS handshake off".into(), "look into the server's log"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_certificate_problem_is_named() {
        for (error, part) in [
            (CertificateError::Expired, "expired"),
            (CertificateError::UnknownIssuer, "unknown authority"),
            (CertificateError::NotValidForName, "another host"),
            (CertificateError::NotValidYet, "not valid yet"),
            (CertificateError::BadSignature, "wrong signature"),
        ] {
            assert!(words(&TlsError::InvalidCertificate(error)).0.contains(part), "{part}");
        }
    }

    #[test]
    fn the_servers_view_of_the_clients_certificate() {
        assert!(alert_words(AlertDescription::UnknownCA).0.contains("client's certificate"));
        assert!(alert_words(AlertDescription::CertificateRequired).0.contains("asks for"));
    }
}
