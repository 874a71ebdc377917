//! Servers that ask who the client is.

use std::path::Path;

use pgmi_tests::{Command, Project, on_every_major};

use super::authority::{Authority, private};
use super::fares;
use super::secured::Secured;

fn pair(certificate: &Path, key: &Path) -> String {
    format!("sslcert={} sslkey={}", certificate.display(), key.display())
}

on_every_major! {
    fn a_server_that_wants_a_certificate(major: u16) {
        let mut server = Secured::start(major);
        let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
        server.secure(&ours.sign("server", &["localhost"]), &ours);
        server.admit("hostssl all certified all cert\nhostssl all app all scram-sha-256");
        let good = ours.sign("certified", &[]);
        let folder = Project::new([
            ("good.crt", &good.certificate),
            ("app.crt", &ours.sign("app", &[]).certificate),
        ]);
        let good_key = private(&folder, "good.key", &good.key);
        let fare = |more: &str| fares(&format!("{} sslmode=require {more}", server.of("certified")), &[]);

        assert_eq!(fare(&pair(&folder.join("good.crt"), &good_key)), "certified by TLS");
        let none = fare("");
        assert!(none.starts_with("11 ") && none.contains("requires a valid client certificate"), "{none}");

        for (name, identity, words) in [
            // Somebody else's authority, somebody else's name, somebody of the past.
            ("theirs", theirs.sign("certified", &[]), &["the server does not accept the client's certificate", "ssl_ca_file"][..]),
            ("other", ours.sign("somebody", &[]), &["certificate authentication failed"]),
            ("old", ours.sign_expired("certified", &[]), &["client's certificate has expired"]),
        ] {
            folder.write(format!("{name}.crt"), &identity.certificate);
            let key = private(&folder, &format!("{name}.key"), &identity.key);
            let said = fare(&pair(&folder.join(format!("{name}.crt")), &key));
            assert!(said.starts_with("11 "), "{name}: {said}");
            for words in words {
                assert!(said.contains(words), "{name}: {said}");
            }
        }

        let mismatch = fare(&pair(&folder.join("app.crt"), &good_key));
        assert!(mismatch.starts_with("10 ") && mismatch.contains("sslkey is the key of sslcert"), "{mismatch}");
    }
}

#[test]
fn keys_that_cannot_be_used() {
    use std::os::unix::fs::PermissionsExt;

    let identity = Authority::new("ours").sign("app", &[]);
    let folder = Project::new([("c.crt", &identity.certificate), ("nothing.key", &String::new())]);
    let open = private(&folder, "open.key", &identity.key);
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o644)).unwrap();
    private(&folder, "nothing.key", "");
    std::fs::create_dir(folder.join("folder.key")).unwrap();
    let certificate = folder.join("c.crt");
    for (key, words) in [
        ("open.key", &["may be read by others", "chmod 0600"][..]),
        ("nothing.key", &["holds no private key"]),
        ("missing.key", &["cannot be read"]),
        ("folder.key", &["folder.key"]),
    ] {
        let string = format!(
            "host=localhost port=1 user=u dbname=d sslmode=require {}",
            pair(&certificate, &folder.join(key))
        );
        let said = fares(&string, &[]);
        assert!(said.starts_with("10 "), "{key}: {said}");
        for words in words {
            assert!(said.contains(words), "{key}: {said}");
        }
    }
    let alone = format!(
        "host=localhost port=1 user=u dbname=d sslmode=require sslcert={}",
        certificate.display()
    );
    let said = fares(&alone, &[]);
    assert!(said.contains("no private key for it") && said.contains("PGSSLKEY"), "{said}");
}

#[test]
fn certificates_are_named_by_flag_string_variable_and_yaml_in_this_order() {
    let project = Project::new([(
        "pgmi.yaml",
        "connection:\n  database: d\n  sslcert: yaml.crt\n  sslkey: yaml.key\n  sslrootcert: yaml-root.crt\n",
    )]);
    let counts = |arguments: &[&str], variables: &[(&str, &str)]| {
        let base = ["deploy", project.arg(), "--explain-connection", "--json"];
        let mut command = Command::new(&[&base[..], arguments].concat());
        for (name, value) in variables {
            command = command.env(name, value);
        }
        let json = command.run().expect(0).json();
        ["sslcert", "sslkey", "sslrootcert"].map(|setting| {
            let lines = json["settings"].as_array().unwrap();
            let line = lines.iter().find(|it| it["setting"] == setting && it["standing"] == "used");
            line.map_or("nothing".to_owned(), |it| it["value"].as_str().unwrap().to_owned())
        })
    };
    let variables =
        [("PGSSLCERT", "env.crt"), ("PGSSLKEY", "env.key"), ("PGSSLROOTCERT", "env-root.crt")];
    let string =
        "postgresql://h/d?sslcert=string.crt&sslkey=string.key&sslrootcert=string-root.crt";
    let flags = ["--sslcert", "flag.crt", "--sslkey", "flag.key", "--sslrootcert", "flag-root.crt"];
    let with_string = ["--connection", string];
    assert_eq!(counts(&[], &[]), ["yaml.crt", "yaml.key", "yaml-root.crt"]);
    assert_eq!(counts(&[], &variables), ["env.crt", "env.key", "env-root.crt"]);
    assert_eq!(counts(&with_string, &variables), ["string.crt", "string.key", "string-root.crt"]);
    let all = [&with_string[..], &flags].concat();
    assert_eq!(counts(&all, &variables), ["flag.crt", "flag.key", "flag-root.crt"]);
}
