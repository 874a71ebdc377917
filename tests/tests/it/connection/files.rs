//! .pgpass, service files, .env: broken, open to everybody, missing.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;

use pgmi_tests::{Command, Finished, Project};
use serde_json::Value;

use super::secured::{PASSWORD, Secured};

/// A deployment that only explains, as a user whose home is this folder.
fn explain(home: &Project, arguments: &[&str], variables: &[(&str, &str)]) -> Finished {
    let base = ["deploy", home.arg(), "--explain-connection", "--json"];
    let mut command = Command::new(&[&base[..], arguments].concat()).env("HOME", home.path());
    for (name, value) in variables {
        command = command.env(name, value);
    }
    command.run()
}

fn used(explained: &Finished, setting: &str) -> Value {
    let json = explained.json();
    let lines = json["settings"].as_array().unwrap().clone();
    let counts = |it: &Value| it["setting"] == setting && it["standing"] == "used";
    lines.into_iter().find(|it| counts(it)).unwrap_or(Value::Null)
}

#[test]
fn a_passfile_that_others_may_read_is_ignored_with_a_warning() {
    let server = Secured::start(16);
    let line = format!("localhost:{}:*:app:{}\n", server.port, PASSWORD.replace(':', "\\:"));
    let home = Project::new([("deploy.sql", "select 1"), (".pgpass", &format!("# mine\n{line}"))]);
    let deploy = |mode: u32| {
        set_permissions(home.join(".pgpass"), Permissions::from_mode(mode)).unwrap();
        let port = server.port.to_string();
        Command::new(&[
            "deploy",
            home.arg(),
            "-h",
            "localhost",
            "-p",
            &port,
            "-U",
            "app",
            "-d",
            "postgres",
        ])
        .env("HOME", home.path())
        .run()
    };
    deploy(0o600).expect(0).hides(PASSWORD);
    for mode in [0o640, 0o604, 0o666] {
        let done = deploy(mode).expect(11).hides(PASSWORD);
        done.says(&[
            "warning[connection-settings]",
            ".pgpass is ignored",
            "chmod 0600",
            "none is known",
        ]);
    }
    set_permissions(home.join(".pgpass"), Permissions::from_mode(0o600)).unwrap();
    let port = server.port.to_string();
    let arguments = ["-h", "localhost", "-p", &port, "-U", "app", "-d", "postgres"];
    let explained = explain(&home, &arguments, &[]).expect(0).hides(PASSWORD);
    let source = &used(&explained, "password")["source"];
    assert_eq!((&source["kind"], &source["line"]), (&"passwordFile".into(), &2.into()));
}

#[test]
fn a_service_file_that_is_malformed_names_its_line() {
    let home = Project::new([("deploy.sql", "select 1")]);
    let file = home.join("services.conf");
    let variables = [("PGSERVICEFILE", file.to_str().unwrap()), ("PGSERVICE", "shop")];
    for (text, words) in [
        ("[other]\nhost=h\n", "is in no service file"),
        ("[shop]\nhost=h\ndbname\n", "services.conf:3 has no `=`"),
        ("# x\n[shop]\nhots=SENTINEL\n", "services.conf:3 does not begin with a known keyword"),
        ("[shop]\nport=many\ndbname=d\n", "port `many` from service `shop` of"),
        ("[shop]\nservice=other\n", "services.conf:2 names another service"),
        (
            "[a]\n[shop\nhost=h\n",
            "services.conf:2 begins a section and does not end with `]`: [shop",
        ),
        ("[ shop ]\nhost=h\n", "services.conf:1 has a service ` shop `"),
        ("\n[shpo]\nhost=h\n", "services.conf:2 has a service `shpo`"),
    ] {
        home.write("services.conf", text);
        let done = explain(&home, &[], &variables).expect(10).hides("SENTINEL");
        done.says(&["error[connection-settings]", words]);
    }
    // What is wrong in another section is nobody's business.
    home.write("services.conf", "[other]\nnonsense\n[shop]\nhost=far\ndbname=d\n");
    let explained = explain(&home, &[], &variables).expect(0);
    let host = used(&explained, "host");
    assert_eq!(host["value"], "far");
    assert_eq!(
        (&host["source"]["kind"], &host["source"]["name"]),
        (&"serviceFile".into(), &"shop".into())
    );

    let missing = [("PGSERVICEFILE", "/nowhere/services.conf"), ("PGSERVICE", "shop")];
    explain(&home, &[], &missing).expect(10).says(&["looked into /nowhere/services.conf"]);
    std::fs::create_dir(home.join("folder")).unwrap();
    let folder = home.join("folder");
    let folder = [("PGSERVICEFILE", folder.to_str().unwrap()), ("PGSERVICE", "shop")];
    explain(&home, &[], &folder).expect(10).says(&["cannot be read"]);
}

#[test]
fn the_users_own_service_file_is_found() {
    let home = Project::new([
        ("deploy.sql", "select 1"),
        (".pg_service.conf", "[shop]\nhost=of-home\ndbname=d\n"),
    ]);
    let explained = explain(&home, &[], &[("PGSERVICE", "shop")]).expect(0);
    assert_eq!(used(&explained, "host")["value"], "of-home");
    let explained = explain(&home, &["--connection", "service=shop"], &[]).expect(0);
    assert_eq!(used(&explained, "host")["value"], "of-home");
}

#[test]
fn certificates_in_their_usual_place_count() {
    let home = Project::new([
        ("deploy.sql", "select 1"),
        (".postgresql/root.crt", "x"),
        (".postgresql/postgresql.crt", "x"),
        (".postgresql/postgresql.key", "x"),
    ]);
    let explained = explain(&home, &["-d", "d"], &[]).expect(0);
    for (setting, file) in
        [("sslrootcert", "root.crt"), ("sslcert", "postgresql.crt"), ("sslkey", "postgresql.key")]
    {
        let value = used(&explained, setting)["value"].as_str().unwrap().to_owned();
        assert!(value.ends_with(&format!(".postgresql/{file}")), "{value}");
    }
}

#[test]
fn a_report_that_cannot_be_written_is_refused_before_anything_connects() {
    let project = Project::new([("deploy.sql", "select 1")]);
    let nowhere = format!("junit={}", project.join("no/such/junit.xml").display());
    let folder = format!("tap={}", project.arg());
    for (report, words) in [(&nowhere, "mkdir -p"), (&folder, "name a file that you may write")] {
        let common =
            ["deploy", project.arg(), "--connection", "host=127.0.0.1 port=1 user=x dbname=x"];
        let done = Command::new(&[&common[..], &["--report", report]].concat()).run().expect(1);
        done.says(&["cannot write the report", words]);
    }
}
