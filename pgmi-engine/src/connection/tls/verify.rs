//! Who is believed to be the server: anybody, whom a root vouches for, or the named host only.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_cert_signed_by_trust_anchor, verify_server_name,
    },
    crypto::{
        CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
    },
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use super::{roots::Roots, signature};

/// Checks a server's certificate as far as `sslmode` asks; handshake signatures are always checked.
#[derive(Debug)]
pub(super) struct Verifier {
    trust: Trust,
    provider: Arc<CryptoProvider>,
}

/// How far a certificate is checked.
#[derive(Debug)]
pub(super) enum Trust {
    /// `allow`, `prefer`, `require`: encrypted, with whoever answers.
    Anybody,
    /// `verify-ca`: the certificate leads to a root.
    Chain(Roots),
    /// `verify-full`: it also is made out to the host that was asked for.
    Host(Roots),
}

impl Verifier {
    pub(super) fn new(trust: Trust, provider: Arc<CryptoProvider>) -> Self {
        Self { trust, provider }
    }

    fn algorithms(&self) -> &WebPkiSupportedAlgorithms {
        &self.provider.signature_verification_algorithms
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let (Trust::Chain(roots) | Trust::Host(roots)) = &self.trust else {
            return Ok(ServerCertVerified::assertion());
        };
        let parsed = ParsedCertificate::try_from(certificate)?;
        if roots.holds(certificate) {
            // A server that signed its own certificate: rustls would refuse an authority as a server.
            roots.check_dates(certificate, now)?;
        } else {
            let (anchors, algorithms) = (roots.anchors(), self.algorithms().all);
            verify_server_cert_signed_by_trust_anchor(
                &parsed,
                anchors,
                intermediates,
                now,
                algorithms,
            )?;
        }
        if let Trust::Host(_) = self.trust {
            verify_server_name(&parsed, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, self.algorithms())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = self.algorithms();
        match (verify_tls13_signature(message, certificate, signature, algorithms), &self.trust) {
            (
                Err(unreadable @ Error::InvalidCertificate(CertificateError::Other(_))),
                Trust::Anybody,
            ) => {
                let verdict = signature::by_bare_key(message, certificate, signature, algorithms);
                verdict.unwrap_or(Err(unreadable))
            }
            (verdict, _) => verdict,
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms().supported_schemes()
    }
}
