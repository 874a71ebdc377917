//! Proof that the server holds the key of the certificate it shows.

use rustls::{
    DigitallySignedStruct, Error,
    client::danger::HandshakeSignatureValid,
    crypto::{WebPkiSupportedAlgorithms, verify_tls13_signature_with_raw_key},
    pki_types::{CertificateDer, SubjectPublicKeyInfoDer},
};
use x509_cert::{
    Certificate,
    der::{Decode, Encode},
};

/// Checks a handshake signature of TLS 1.3 with the bare key of a certificate.
///
/// rustls reads certificates of X.509 version 3 only. `openssl x509 -req` makes version 1 unless it is
/// told otherwise, and PostgreSQL's manual shows that command, so many servers have one. Where nobody
/// asked for the certificate to be verified, its key is all that is needed.
pub(super) fn by_bare_key(
    message: &[u8],
    certificate: &CertificateDer<'_>,
    signature: &DigitallySignedStruct,
    algorithms: &WebPkiSupportedAlgorithms,
) -> Option<Result<HandshakeSignatureValid, Error>> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let key = certificate.tbs_certificate.subject_public_key_info.to_der().ok()?;
    let key = SubjectPublicKeyInfoDer::from(key);
    Some(verify_tls13_signature_with_raw_key(message, &key, signature, algorithms))
}
