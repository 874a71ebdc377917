//! Keys that need a password.

use pgmi_tests::{Project, on_every_major};

use super::authority::{Authority, private};
use super::fares;
use super::secured::Secured;

/// What `openssl ec -des3 -traditional` writes; the body is never looked at.
const LEGACY: &str = "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\
                      DEK-Info: DES-EDE3-CBC,0123456789ABCDEF\n\nAAAA\n-----END EC PRIVATE KEY-----\n";

on_every_major! {
    fn an_encrypted_key_is_opened(major: u16) {
        let mut server = Secured::start(major);
        let ours = Authority::new("ours");
        server.secure(&ours.sign("server", &["localhost"]), &ours);
        server.admit("hostssl all certified all cert");
        let identity = ours.sign("certified", &[]);
        let folder = Project::new([("c.crt", &identity.certificate)]);
        let key = private(&folder, "c.key", &identity.encrypted_key("open sesame"));
        let string = format!(
            "{} sslmode=require sslcert={} sslkey={}",
            server.of("certified"), folder.join("c.crt").display(), key.display()
        );
        assert_eq!(fares(&format!("{string} sslpassword='open sesame'"), &[]), "certified by TLS");
        assert_eq!(fares(&string, &[("PGSSLPASSWORD", "open sesame")]), "certified by TLS");
        // The string is stronger.
        let both = fares(&format!("{string} sslpassword=SENTINEL"), &[("PGSSLPASSWORD", "open sesame")]);
        assert!(both.starts_with("10 ") && both.contains("cannot be opened with the password"), "{both}");
        assert!(!both.contains("SENTINEL"), "{both}");
        let none = fares(&string, &[]);
        assert!(none.starts_with("10 ") && none.contains("its password is not known"), "{none}");
        assert!(none.contains("PGSSLPASSWORD"), "{none}");

        private(&folder, "c.key", LEGACY);
        let legacy = fares(&string, &[("PGSSLPASSWORD", "open sesame")]);
        assert!(legacy.starts_with("10 ") && legacy.contains("OpenSSL's old format"), "{legacy}");
        assert!(legacy.contains("openssl pkey -in OLD -aes256 -out NEW"), "{legacy}");
        // A password that nobody needs does no harm.
        private(&folder, "c.key", &identity.key);
        assert_eq!(fares(&string, &[("PGSSLPASSWORD", "whatever")]), "certified by TLS");
    }
}
