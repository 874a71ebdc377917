//! Certificates and keys from PEM files.

use std::{fs, path::Path};

use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use super::encrypted;
use crate::{
    Result,
    connection::{secret::Secret, settings::settings_error},
};

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

/// The private key of a file: PKCS#8, PKCS#1 or SEC1, as PEM or DER; PKCS#8 may be encrypted.
///
/// # Errors
/// `connection-settings` when there is no key, others may read it, or it cannot be decrypted.
pub(super) fn key(
    path: Option<&Path>,
    password: Option<&Secret>,
) -> Result<PrivateKeyDer<'static>> {
    let path = path.ok_or_else(|| {
        settings_error("there is a client certificate, but no private key for it")
            .help("name its file: sslkey=… in the connection string, or PGSSLKEY")
    })?;
    let bytes = read(path, "private key file")?;
    check_permissions(path)?;
    if let Some(encrypted) = encrypted::find(&bytes) {
        return encrypted.decrypt(path, password);
    }
    let plain = PrivateKeyDer::from_pem_slice(&bytes).ok();
    plain.or_else(|| PrivateKeyDer::try_from(bytes).ok()).ok_or_else(|| {
        settings_error(format!("{} holds no private key", path.display()))
            .help("a PEM private key begins with -----BEGIN PRIVATE KEY-----")
            .into()
    })
}

fn read(path: &Path, what: &str) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| {
        settings_error(format!("the {what} {} cannot be read: {error}", path.display())).into()
    })
}

/// The same rule as libpq's: a plain file that only its owner, or root and its group, may read.
#[cfg(unix)]
fn check_permissions(path: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    if !metadata.is_file() {
        let message = format!("the private key {} is not a plain file", path.display());
        return Err(settings_error(message).into());
    }
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
    fn a_missing_file_names_itself() {
        let error = chain(Path::new("/nowhere/root.crt")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/root.crt"));
        assert!(key(None, None).unwrap_err().to_string().contains("no private key"));
    }
}
