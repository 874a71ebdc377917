//! Whom the six sslmodes believe.

use pgmi_tests::{Project, on_every_major};

use super::authority::Authority;
use super::fares;
use super::secured::Secured;

on_every_major! {
    fn the_six_sslmodes(major: u16) {
        let mut server = Secured::start(major);
        let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
        let folder = Project::new([("ours.crt", &ours.pem), ("theirs.crt", &theirs.pem)]);
        let root = |name: &str| format!("sslrootcert={}", folder.join(name).display());
        let (ours_crt, theirs_crt) = (root("ours.crt"), root("theirs.crt"));
        let (ours_crt, theirs_crt) = (ours_crt.as_str(), theirs_crt.as_str());

        // A server without TLS.
        let fare = |server: &Secured, user: &str, mode: &str, more: &str| {
            fares(&format!("{} sslmode={mode} {more}", server.with_password(user)), &[])
        };
        for mode in ["disable", "allow", "prefer"] {
            assert_eq!(fare(&server, "app", mode, ""), "app in the open", "{mode}");
        }
        for (mode, more) in [("require", ""), ("verify-ca", ours_crt), ("verify-full", ours_crt)] {
            let said = fare(&server, "app", mode, more);
            assert!(said.starts_with("11 ") && said.contains("the server does not support TLS"), "{said}");
        }

        // One that lets `app` in by TLS only, and `plain` only without.
        server.admit("hostssl all app all scram-sha-256\nhostnossl all plain all scram-sha-256");
        server.secure(&ours.sign("server", &["localhost"]), &ours);
        let (tls, open) = ("by TLS", "in the open");
        for (user, mode, more, expected) in [
            ("app", "disable", "", "11 "),
            ("app", "allow", "", tls),
            ("app", "prefer", "", tls),
            ("app", "require", "", tls),
            // As in libpq, a root file makes `require` check the chain.
            ("app", "require", ours_crt, tls),
            ("app", "require", theirs_crt, "signed by an unknown authority"),
            ("app", "verify-ca", "", "10 sslmode=verify-ca needs the certificate of an authority"),
            ("app", "verify-ca", ours_crt, tls),
            ("app", "verify-ca", theirs_crt, "signed by an unknown authority"),
            ("app", "verify-full", ours_crt, tls),
            ("app", "verify-full", theirs_crt, "signed by an unknown authority"),
            ("plain", "disable", "", open),
            ("plain", "allow", "", open),
            ("plain", "prefer", "", open),
            ("plain", "require", "", "11 "),
        ] {
            let said = fare(&server, user, mode, more);
            assert!(said.contains(expected), "{user} {mode} {more}: {said}");
        }
        let refused = fare(&server, "app", "disable", "");
        assert!(refused.contains("no encryption") && refused.contains("sslmode"), "{refused}");
    }
}

#[test]
fn a_certificate_for_another_host() {
    let mut server = Secured::start(18);
    let ours = Authority::new("ours");
    let folder = Project::new([("ours.crt", &ours.pem)]);
    server.admit("hostssl all all all scram-sha-256");
    server.secure(&ours.sign("server", &["db.example"]), &ours);
    let root = format!("sslrootcert={}", folder.join("ours.crt").display());
    let string = server.with_password("app");
    let fare = |mode: &str| fares(&format!("{string} sslmode={mode} {root}"), &[]);
    let said = fare("verify-full");
    assert!(said.starts_with("11 ") && said.contains("made out to another host"), "{said}");
    assert!(said.contains("subjectAltName"), "{said}");
    assert_eq!(fare("verify-ca"), "app by TLS");

    // An address is a name, too.
    server.secure(&ours.sign("server", &["127.0.0.1"]), &ours);
    let by_address = string.replace("host=localhost", "host=127.0.0.1");
    assert_eq!(fares(&format!("{by_address} sslmode=verify-full {root}"), &[]), "app by TLS");
    assert!(fare("verify-full").contains("made out to another host"));
}

#[test]
fn a_certificate_that_has_expired() {
    let mut server = Secured::start(17);
    let ours = Authority::new("ours");
    let folder = Project::new([("ours.crt", &ours.pem)]);
    server.admit("hostssl all all all scram-sha-256");
    server.secure(&ours.sign_expired("server", &["localhost"]), &ours);
    let root = format!("sslrootcert={}", folder.join("ours.crt").display());
    for mode in ["verify-ca", "verify-full"] {
        let said = fares(&format!("{} sslmode={mode} {root}", server.with_password("app")), &[]);
        assert!(said.contains("the server's certificate has expired"), "{said}");
        assert!(said.contains("renew the server's certificate (ssl_cert_file)"), "{said}");
    }
    let unverified = format!("{} sslmode=require", server.with_password("app"));
    assert_eq!(fares(&unverified, &[]), "app by TLS");
}

#[test]
fn files_that_hold_no_certificate() {
    let folder = Project::new([("empty.crt", ""), ("key.pem", "-----BEGIN PRIVATE KEY-----\n")]);
    for name in ["missing.crt", "empty.crt", "key.pem"] {
        let path = folder.join(name).display().to_string();
        let string =
            format!("host=localhost port=1 user=u dbname=d sslmode=verify-full sslrootcert={path}");
        let said = fares(&string, &[]);
        assert!(said.starts_with("10 ") && said.contains(&path), "{said}");
    }
}
