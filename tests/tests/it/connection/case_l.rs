//! Case L of session API v1: where to connect to, end to end, without connecting.

use std::net::TcpListener;

use pgmi_tests::{Command, Finished, Project};
use serde_json::Value;

use super::silent::Scripted;
use super::target;

const YAML: &str = "connection:\n  host: yaml-host\n  port: 7000\n  database: yaml-db\n";

/// Explains a deployment of a project with this `pgmi.yaml`.
fn explain(yaml: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Finished {
    let project = Project::new([("pgmi.yaml", yaml)]);
    let base = ["deploy", project.arg(), "--explain-connection", "--json"];
    let mut command = Command::new(&[&base[..], arguments].concat()).env("HOME", project.path());
    for (name, value) in variables {
        command = command.env(name, value);
    }
    command.run()
}

/// `host:port/database` of it.
fn place(yaml: &str, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let json = explain(yaml, arguments, variables).expect(0).json();
    format!("{}/{}", json["hosts"][0].as_str().unwrap(), json["database"].as_str().unwrap())
}

fn used(json: &Value, setting: &str) -> String {
    let mut lines = json["settings"].as_array().unwrap().iter();
    let line = lines.find(|it| it["setting"] == setting && it["standing"] == "used");
    line.map_or_else(String::new, |it| it["value"].as_str().unwrap().to_owned())
}

fn described(string: &str) -> String {
    let target = target(string).unwrap_or_else(|error| panic!("{string}: {error:?}"));
    format!("{} {}", target.user(), target.describe())
}

#[test]
fn case_l_uri() {
    assert_eq!(described("postgresql://"), "me localhost:5432/postgres");
    assert_eq!(described("postgres://"), "me localhost:5432/postgres");
    assert_eq!(described("postgresql://u@h/db"), "u h:5432/db");
    assert_eq!(described("postgresql://u:p%40ss@[::1]:5433/db"), "u [::1]:5433/db");
}

#[test]
fn case_l_ado() {
    for password in ["'p;a=ss'", "\"a\"\"b;c\""] {
        let string = format!("Host=h;Username=u;Database=d;Password={password}");
        assert_eq!(described(&string), "u h:5432/d");
    }
    assert_eq!(described("Server=h;User Id=u;Pwd=x;Database=d"), "u h:5432/d");
    assert_eq!(described("Host = h ; Port = 5433 ; Uid = u ; Initial Catalog = d"), "u h:5433/d");
}

#[test]
fn case_l_libpq_keywords_and_values() {
    assert_eq!(described("host=h port=5433 user=u dbname=d"), "u h:5433/d");
    assert_eq!(described("host=/run/pg user=u dbname='a b'"), "u /run/pg/.s.PGSQL.5432/a b");
    assert_eq!(described("host=a,b port=1,2 user=u dbname=d"), "u a:1,b:2/d");
}

#[test]
fn case_l_ports_and_timeouts_that_make_no_sense() {
    for string in [
        "postgresql://h:abc/d",
        "postgresql://h:0/d",
        "postgresql://h:65536/d",
        "Host=h;Port=abc",
        "host=h port=0",
        "postgresql://h/d?connect_timeout=five",
        "Host=h;Timeout=five",
    ] {
        assert_eq!(target(string).unwrap_err().outcome().exit_code(), 10, "{string}");
    }
}

#[test]
fn case_l_a_string_does_not_go_with_single_flags() {
    for rival in ["--host", "--port", "--username", "--sslmode"] {
        let done = explain("", &["--connection", "postgresql://h/d", rival, "5"], &[]);
        done.expect(10).says(&["--connection cannot be combined with", rival]);
    }
    let with_database = ["--connection", "postgresql://h/d", "-d", "other"];
    assert_eq!(place("", &with_database, &[]), "h:5432/other");
}

#[test]
fn case_l_database_url_alone_is_used_and_pgmi_connection_string_beats_it() {
    let url = ("DATABASE_URL", "postgresql://url/a");
    let pgmi = ("PGMI_CONNECTION_STRING", "postgresql://pgmi/b");
    assert_eq!(place("", &[], &[url]), "url:5432/a");
    assert_eq!(place("", &[], &[url, pgmi]), "pgmi:5432/b");
    assert_eq!(place("", &["--connection", "postgresql://flag/c"], &[url, pgmi]), "flag:5432/c");
    // Flags name their part of a string of the environment, which session API v1 refused.
    assert_eq!(place("", &["-h", "here"], &[url]), "here:5432/a");
}

#[test]
fn case_l_pgsslmode_fills_only_what_the_string_leaves_out() {
    let sslmode = |string: &str| {
        let explained = explain("", &["--connection", string], &[("PGSSLMODE", "require")]);
        used(&explained.expect(0).json(), "sslmode")
    };
    assert_eq!(sslmode("postgresql://h/d"), "require");
    assert_eq!(sslmode("postgresql://h/d?sslmode=disable"), "disable");
    assert_eq!(used(&explain("", &["-d", "d"], &[]).json(), "sslmode"), "prefer");
}

#[test]
fn case_l_pgsslrootcert_loses_to_the_string_and_the_flag_beats_both() {
    let variable = [("PGSSLROOTCERT", "env.crt")];
    let string = ["--connection", "postgresql://h/d?sslrootcert=string.crt"];
    let root = |arguments: &[&str]| {
        used(&explain("", arguments, &variable).expect(0).json(), "sslrootcert")
    };
    assert_eq!(root(&["-d", "d"]), "env.crt");
    assert_eq!(root(&string), "string.crt");
    assert_eq!(root(&[&string[..], &["--sslrootcert", "flag.crt"]].concat()), "flag.crt");
}

#[test]
fn case_l_yaml_is_ignored_when_there_is_a_string() {
    assert_eq!(place(YAML, &[], &[]), "yaml-host:7000/yaml-db");
    assert_eq!(place(YAML, &["--connection", "postgresql://"], &[]), "localhost:5432/postgres");
    assert_eq!(place(YAML, &[], &[("DATABASE_URL", "postgresql://h")]), "h:5432/postgres");
}

/// A method of the Go program that there is not here is not passed over in silence.
#[test]
fn case_l_methods_of_clouds_are_named() {
    let warnings = |method: &str, arguments: &[&str], variables: &[(&str, &str)]| {
        let yaml = format!("connection:\n  host: h\n  database: d\n  auth_method: {method}\n");
        let json = explain(&yaml, arguments, variables).expect(0).json();
        json["warnings"].as_array().unwrap().iter().map(ToString::to_string).collect::<String>()
    };
    for (method, command) in [("azure", "az account"), ("aws", "aws rds"), ("google", "gcloud sql")]
    {
        let said = warnings(method, &[], &[]);
        assert!(said.contains(&format!("`auth_method: {method}`")), "{said}");
        assert!(said.contains(&format!("put what it prints into PGPASSWORD: {command}")), "{said}");
        // Where there is a password, or the file does not count, there is nothing to say.
        assert_eq!(warnings(method, &[], &[("PGPASSWORD", "token")]), "");
        assert_eq!(warnings(method, &["--connection", "postgresql://u@h/d"], &[]), "");
    }
    assert_eq!(warnings("anything-else", &[], &[]), "");
}

#[test]
fn case_l_pgport() {
    assert_eq!(place("", &["-d", "d"], &[("PGPORT", " 5433")]), "localhost:5433/d");
    for port in ["-1", "99999", "0", "5432x"] {
        explain("", &["-d", "d"], &[("PGPORT", port)]).expect(10).says(&["from PGPORT"]);
    }
}

#[test]
fn case_l_an_unreachable_host_is_11_and_a_silent_server_too() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let project = Project::new([("deploy.sql", "select 1")]);
    let deploy = |string: &str| {
        Command::new(&["deploy", project.arg(), "--connection", string, "--json"]).run()
    };
    let done = deploy(&format!("host=127.0.0.1 port={port} user=x dbname=x")).expect(11);
    assert_eq!(done.json()["exitCode"], 11);
    let silent = Scripted::new(&["silence"]);
    let done = deploy(&format!("{} connect_timeout=1", silent.string())).expect(11);
    done.says(&["no answer within 1 s", "connect_timeout"]);
    assert_eq!(silent.connections(), 1);
}

#[test]
fn case_l_an_unescaped_password_of_a_bad_uri_is_never_printed() {
    for string in [
        "postgresql://u:p@SENTINEL@h/d",
        "postgresql://u:1/SENTINEL@h/d",
        "postgresql://u:SENTINEL%zz@h/d",
        "postgresql://u:SENTINEL@h:port/d",
    ] {
        explain("", &["--connection", string], &[]).expect(10).hides("SENTINEL");
        explain("", &[], &[("DATABASE_URL", string)]).expect(10).hides("SENTINEL");
    }
}

#[test]
fn case_l_the_projects_dot_env_is_used_and_that_of_the_working_folder_is_not() {
    let project = Project::new([(".env", "PGHOST=of-project\nPGDATABASE=d\n"), ("deploy.sql", "")]);
    let elsewhere = Project::new([(".env", "PGHOST=of-folder\nPGPORT=1\n")]);
    let explain = |variables: &[(&str, &str)]| {
        let arguments = ["deploy", project.arg(), "--explain-connection", "--json"];
        let mut command =
            Command::new(&arguments).env("HOME", project.path()).current_dir(elsewhere.path());
        for (name, value) in variables {
            command = command.env(name, value);
        }
        command.run()
    };
    let json = explain(&[]).expect(0).json();
    assert_eq!(json["hosts"][0], "of-project:5432");
    let json = explain(&[("PGHOST", "of-process")]).expect(0).json();
    assert_eq!(json["hosts"][0], "of-process:5432");

    project.write(".env", "PGHOST=h\nSENTINEL\n");
    let done = explain(&[("PGDATABASE", "d")]).expect(0).hides("SENTINEL");
    assert_eq!(done.json()["hosts"][0], "localhost:5432");
    done.says(&["warning[env-file]"]);
}
