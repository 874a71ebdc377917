//! Certificates and keys from PEM files.

use std::{fs, path::Path};

use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use crate::{Error, Result, connection::settings::settings_error};

/// All certificates of a PEM file.
///
/// # Errors
/// `connection-settings` when the file cannot be read or has no certificate.
pub(super) fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let text = read(path, "certificate file")?;
    match CertificateDer::pem_slice_iter(&text).collect::<std::result::Result<Vec<_>, _>>() {
        Ok(chain) if !chain.is_empty() => Ok(chain),
        _ => Err(settings_error(format!("{} holds no PEM certificate", path.display()))
            .help("a PEM certificate begins with -----BEGIN CERTIFICATE-----")
            .into()),
    }
}

/// The private key of a PEM file: PKCS#8, PKCS#1 or SEC1.
///
/// # Errors
/// `connection-settings` when there is no key, others may read it, or it is encrypted.
pub(super) fn key(path: Option<&Path>, has_password: bool) -> Result<PrivateKeyDer<'static>> {
    let path = path.ok_or_else(|| {
        settings_error("there is a client certificate, but no private key for it")
            .help("name its file with --sslkey, PGSSLKEY or sslkey=…")
    })?;
    let text = read(path, "private key file")?;
    check_permissions(path)?;
    if is_encrypted(&text) {
        return Err(encrypted(path, has_password));
    }
    PrivateKeyDer::from_pem_slice(&text).map_err(|_| {
        settings_error(format!("{} holds no PEM private key", path.display()))
            .help("a PEM private key begins with -----BEGIN PRIVATE KEY-----")
            .into()
    })
}

fn read(path: &Path, what: &str) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| {
        settings_error(format!("the {what} {} cannot be read: {error}", path.display())).into()
    })
}

/// PKCS#8 says so in its title, the older formats in a header line.
fn is_encrypted(pem: &[u8]) -> bool {
    let text = String::from_utf8_lossy(pem);
    text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")
}

fn encrypted(path: &Path, has_password: bool) -> Error {
    let error = settings_error(format!("the private key {} is encrypted", path.display()))
        .note("encrypted keys are not supported yet");
    let error = if has_password { error.note("sslpassword has no effect") } else { error };
    error.help("decrypt it: openssl pkey -in ENCRYPTED -out PLAIN, then chmod 0600 PLAIN").into()
}

/// The same rule as libpq's: only the owner, or root and its group, may read a key.
#[cfg(unix)]
fn check_permissions(path: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    let forbidden = if metadata.uid() == 0 { 0o037 } else { 0o077 };
    if metadata.mode() & forbidden == 0 {
        return Ok(());
    }
    let message = format!("the private key {} may be read by others", path.display());
    Err(settings_error(message).help(format!("chmod 0600 {}", path.display())).into())
}

#[cfg(not(unix))]
fn check_permissions(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encrypted_keys_are_recognised() {
        assert!(is_encrypted(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
        assert!(is_encrypted(b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"));
        assert!(!is_encrypted(b"-----BEGIN PRIVATE KEY-----\n"));
    }

    #[test]
    fn a_missing_file_names_itself() {
        let error = chain(Path::new("/nowhere/root.crt")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/root.crt"));
        assert!(key(None, false).unwrap_err().to_string().contains("no private key"));
    }
}
