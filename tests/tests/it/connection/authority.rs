//! Certificates, made here.

use std::path::PathBuf;

use pgmi_tests::Project;
use pkcs8::pkcs5::pbes2;
use pkcs8::{LineEnding, PrivateKeyInfo};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    date_time_ymd,
};

/// Somebody who signs certificates.
pub(super) struct Authority {
    pub(super) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate with its key, both as PEM.
pub(super) struct Identity {
    pub(super) certificate: String,
    pub(super) key: String,
    der: Vec<u8>,
}

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([]).unwrap();
        params.distinguished_name = named(name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A certificate for somebody called `name`, who is found at `hosts`.
    pub(super) fn sign(&self, name: &str, hosts: &[&str]) -> Identity {
        self.sign_with(name, hosts, |_| {})
    }

    /// The same, of long ago.
    pub(super) fn sign_expired(&self, name: &str, hosts: &[&str]) -> Identity {
        self.sign_with(name, hosts, |params| {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        })
    }

    fn sign_with(
        &self,
        name: &str,
        hosts: &[&str],
        change: impl FnOnce(&mut CertificateParams),
    ) -> Identity {
        let key = KeyPair::generate().unwrap();
        let hosts: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
        let mut params = CertificateParams::new(hosts).unwrap();
        params.distinguished_name = named(name);
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).unwrap().pem();
        Identity { certificate, key: key.serialize_pem(), der: key.serialize_der() }
    }
}

impl Identity {
    /// The key as PKCS#8 that a password opens, the way `openssl pkey -aes256` writes it.
    pub(super) fn encrypted_key(&self, password: &str) -> String {
        let parameters = pbes2::Parameters::pbkdf2_sha256_aes256cbc(2048, b"saltsalt", &[7; 16]);
        let key = PrivateKeyInfo::try_from(&self.der[..]).unwrap();
        let encrypted = key.encrypt_with_params(parameters.unwrap(), password).unwrap();
        encrypted.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).unwrap().to_string()
    }
}

fn named(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

/// Writes a file as private keys must be.
pub(super) fn private(folder: &Project, name: &str, text: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;

    folder.write(name, text);
    let path = folder.join(name);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path
}
