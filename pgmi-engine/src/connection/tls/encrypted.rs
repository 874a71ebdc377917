//! Private keys that need a password: `sslpassword`, `PGSSLPASSWORD`.

use std::path::Path;

use pkcs8::{EncryptedPrivateKeyInfo, SecretDocument};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::{
    Error, Result,
    connection::{secret::Secret, settings::settings_error},
    diagnostic::Diagnostic,
};

const BEGIN: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
const END: &str = "-----END ENCRYPTED PRIVATE KEY-----";

/// A key as it lies in its file.
pub(super) enum Encrypted {
    /// PKCS#8 ([RFC 5958](https://www.rfc-editor.org/rfc/rfc5958)), as PEM of its own.
    Pkcs8(String),
    /// The format of OpenSSL before 1.0: a header line `Proc-Type: 4,ENCRYPTED`, a key derived with MD5.
    Legacy,
}

/// The encrypted key in the text of a file, if there is one.
pub(super) fn find(text: &[u8]) -> Option<Encrypted> {
    let text = String::from_utf8_lossy(text);
    if text.contains("Proc-Type: 4,ENCRYPTED") {
        return Some(Encrypted::Legacy);
    }
    let (_, behind) = text.split_once(BEGIN)?;
    let (body, _) = behind.split_once(END).unwrap_or((behind, ""));
    Some(Encrypted::Pkcs8(rewrap(body)))
}

/// Lines of 64 characters, which readers of PEM insist on and writers do not.
fn rewrap(body: &str) -> String {
    let characters: Vec<char> = body.chars().filter(|c| !c.is_whitespace()).collect();
    let lines = characters.chunks(64).map(|line| line.iter().collect::<String>() + "\n");
    format!("{BEGIN}\n{}{END}\n", lines.collect::<String>())
}

impl Encrypted {
    /// Opens the key.
    ///
    /// # Errors
    /// `connection-settings` without a password, with a wrong one, and for encryptions that are not known.
    pub(super) fn decrypt(
        &self,
        path: &Path,
        password: Option<&Secret>,
    ) -> Result<PrivateKeyDer<'static>> {
        let Self::Pkcs8(pem) = self else { return Err(legacy(path)) };
        let Some(password) = password else {
            return Err(problem(path, "is encrypted, and its password is not known")
                .help("set PGSSLPASSWORD, or write sslpassword=… into the connection string")
                .into());
        };
        let (_, document) = SecretDocument::from_pem(pem).map_err(|_| broken(path))?;
        let info = EncryptedPrivateKeyInfo::try_from(document.as_bytes())
            .map_err(|_| unknown_encryption(path))?;
        match info.decrypt(password.reveal()) {
            Ok(key) => Ok(PrivatePkcs8KeyDer::from(key.as_bytes().to_vec()).into()),
            Err(error) if is_unknown(&error) => Err(unknown_encryption(path)),
            Err(_) => Err(problem(path, "cannot be opened with the password that was given")
                .help("check sslpassword and PGSSLPASSWORD: `cargo pgmi deploy --explain-connection` shows which counts")
                .into()),
        }
    }
}

fn is_unknown(error: &pkcs8::Error) -> bool {
    use pkcs8::pkcs5::Error as Reason;
    let pkcs8::Error::EncryptedPrivateKey(reason) = error else { return false };
    matches!(reason, Reason::UnsupportedAlgorithm { .. } | Reason::NoPbes1CryptSupport)
}

fn problem(path: &Path, what: &str) -> Diagnostic {
    settings_error(format!("the private key {} {what}", path.display()))
}

fn broken(path: &Path) -> Error {
    problem(path, "is broken: what stands between BEGIN and END is not base64").into()
}

fn unknown_encryption(path: &Path) -> Error {
    let what = "is encrypted in a way that is not supported";
    problem(path, what)
        .note("PKCS#8 is supported with PBKDF2 or scrypt and AES or 3DES")
        .help(CONVERT)
        .into()
}

fn legacy(path: &Path) -> Error {
    problem(path, "is encrypted in OpenSSL's old format, whose passwords are easily guessed")
        .help(CONVERT)
        .into()
}

const CONVERT: &str = "encrypt it anew: openssl pkey -in OLD -aes256 -out NEW, then chmod 0600 NEW";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_recognised() {
        let old = b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n";
        assert!(matches!(find(old), Some(Encrypted::Legacy)));
        assert!(find(b"-----BEGIN PRIVATE KEY-----\n").is_none());
        let long = format!("first a certificate\n{BEGIN}\r\n{}\r\n{END}\n", "a".repeat(76));
        let Some(Encrypted::Pkcs8(pem)) = find(long.as_bytes()) else { panic!("not found") };
        assert_eq!(pem.lines().map(str::len).collect::<Vec<_>>(), [37, 64, 12, 35]);
    }

    #[test]
    fn what_cannot_be_opened_says_what_to_do() {
        let path = Path::new("/k");
        let password = Secret::new("s3cret");
        let error = |text: &[u8], password: Option<&Secret>| {
            find(text).unwrap().decrypt(path, password).unwrap_err()
        };
        let broken = format!("{BEGIN}\n!!\n{END}\n");
        assert!(error(broken.as_bytes(), None).to_string().contains("password is not known"));
        assert!(error(broken.as_bytes(), Some(&password)).to_string().contains("broken"));
        let other = format!("{BEGIN}\nMAA=\n{END}\n");
        let other = error(other.as_bytes(), Some(&password));
        assert!(other.primary().help[0].contains("openssl pkey"), "{other:?}");
        let old = error(b"Proc-Type: 4,ENCRYPTED", Some(&password));
        assert!(old.primary().help[0].contains("openssl pkey"), "{old:?}");
    }
}
