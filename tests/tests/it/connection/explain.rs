//! --explain-connection.

use pgmi_tests::{Command, Project};

fn project() -> Project {
    Project::new([
        (
            "pgmi.yaml",
            "connection:\n  host: yaml-host\n  database: yaml-db\n  maintenance_database: admin\n",
        ),
        (".env", "PGAPPNAME=of-env-file\nPGPASSWORD=SENTINEL\n"),
    ])
}

#[test]
fn each_value_comes_with_its_source_and_secrets_are_hidden() {
    let project = project();
    let done = Command::new(&["deploy", project.arg(), "--explain-connection", "-U", "app"])
        .env("HOME", project.path())
        .env("PGPORT", "6000")
        .env("PGHOST", "env-host")
        .run()
        .expect(0)
        .hides("SENTINEL");
    let lines: Vec<Vec<&str>> =
        done.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    for line in [
        "env-host:6000/yaml-db as app",
        "host env-host PGHOST",
        "port 6000 PGPORT",
        "dbname yaml-db pgmi.yaml",
        "user app --username",
        "password [hidden] PGPASSWORD of .env",
        "application_name of-env-file PGAPPNAME of .env",
        "sslmode prefer built-in default",
        "maintenance_database admin pgmi.yaml",
        "host yaml-host pgmi.yaml: PGHOST is stronger",
    ] {
        let line: Vec<&str> = line.split_whitespace().collect();
        assert!(lines.contains(&line), "{line:?}\n{}", done.stdout);
    }
}

#[test]
fn as_json_in_both_ways() {
    let project = project();
    let string = "postgresql://u:SENTINEL@h:1,g:2/d?sslpassword=SENTINEL";
    let run = |arguments: &[&str]| {
        Command::new(&[arguments, &["deploy", project.arg(), "--explain-connection"]].concat())
            .env("HOME", project.path())
            .env("DATABASE_URL", string)
            .env("PGHOST", "env-host")
    };
    let pretty = Command::new(&["deploy", project.arg(), "--explain-connection", "--json"])
        .env("HOME", project.path())
        .env("DATABASE_URL", string)
        .env("PGHOST", "env-host")
        .run()
        .expect(0)
        .hides("SENTINEL");
    let line = run(&["--message-format", "json"]).run().expect(0).hides("SENTINEL");
    assert_eq!(line.stdout.lines().count(), 1);
    assert_eq!(line.json(), pretty.json());
    let json = pretty.json();
    assert_eq!(json["hosts"], serde_json::json!(["h:1", "g:2"]));
    assert_eq!((&json["database"], &json["user"]), (&"d".into(), &"u".into()));
    assert_eq!(json["maintenanceDatabase"], "postgres");
    let besides = json["settings"].as_array().unwrap().iter();
    let besides: Vec<_> = besides
        .filter(|it| it["standing"] == "besideConnectionString" && it["setting"] == "host")
        .map(|it| it["value"].as_str().unwrap())
        .collect();
    assert_eq!(besides, ["env-host", "yaml-host"]);
}

#[test]
fn nothing_is_connected_to_and_errors_stay_errors() {
    let project = project();
    let explain = |arguments: &[&str]| {
        let base = ["deploy", project.arg(), "--explain-connection"];
        Command::new(&[&base[..], arguments].concat()).env("HOME", project.path()).run()
    };
    explain(&["-h", "no-such-host.invalid"]).expect(0);
    explain(&["-p", "abc"]).expect(10).says(&["port `abc` from --port"]);
    explain(&["--connection", "host=h", "--host", "g"]).expect(10).says(&["cannot be combined"]);
    explain(&["--throwaway"]).expect(2);
}

#[test]
fn databases_are_not_dropped_for_an_explanation() {
    let project = project();
    for action in ["create", "drop", "reset"] {
        let arguments = ["db", action, project.arg(), "--explain-connection", "-d", "x"];
        let done = Command::new(&arguments).env("HOME", project.path()).run().expect(0);
        assert!(done.stdout.starts_with("yaml-host:5432/x as "), "{}", done.stdout);
    }
}

#[test]
fn tests_say_where_they_would_run() {
    let project = project();
    let test = |arguments: &[&str]| {
        let base = ["test", project.arg(), "--explain-connection"];
        Command::new(&[&base[..], arguments].concat()).env("HOME", project.path()).run().expect(0)
    };
    test(&[]).says(&["throwaway databases"]);
    assert_eq!(test(&["--json"]).json(), serde_json::json!({ "throwaway": true }));
    let named = test(&["-d", "shop", "--maintenance-db", "m"]);
    assert!(named.stdout.starts_with("yaml-host:5432/shop as "), "{}", named.stdout);
    assert!(named.stdout.contains("--maintenance-db"), "{}", named.stdout);
}
