//! The object that --json prints.

use pgmi_tests::{Command, Database, Project, on_every_major, pgmi};
use serde_json::Value;

fn keys(json: &Value) -> Vec<&str> {
    json.as_object().unwrap().keys().map(String::as_str).collect()
}

on_every_major! {
    fn success_has_no_keys_of_failure(db: &Database) {
        let done = db.deploy(Project::new([("a.sql", ""), ("deploy.sql", "begin; commit; select 1;")]), &[]).expect(0);
        let json = done.json();
        assert_eq!(keys(&json), [
            "database", "durationMs", "executionUnits", "exitCode", "filesLoaded", "status", "testMacros", "unitsCommitted",
        ]);
        assert_eq!(json["status"], "success");
        assert_eq!(json["exitCode"], 0);
        assert_eq!(json["filesLoaded"], 1);
        assert_eq!(json["database"], db.name());
        assert!(json["durationMs"].is_u64());
    }

    fn failure_has_what_is_known(db: &Database) {
        let done = db.deploy(Project::new([
            ("a.sql", "do $$ begin raise 'no' using detail = 'd', hint = 'h', errcode = 'AB123'; end $$"),
            ("deploy.sql", "do $$ begin execute (select content from pg_temp.pgmi_source_view); end $$"),
        ]), &[]).expect(13);
        let json = done.json();
        assert_eq!(keys(&json), [
            "column", "database", "detail", "diagnostics", "durationMs", "error", "executionMode", "executionUnits",
            "exitCode", "failedFile", "filesLoaded", "hint", "line", "script", "scriptExpanded", "sourceLine", "sqlstate",
            "status", "testMacros", "unitsCommitted", "where",
        ]);
        assert_eq!(json["status"], "failed");
        assert_eq!(json["exitCode"], 13);
        assert_eq!(json["diagnostics"].as_array().unwrap().len(), 1);
    }

    fn without_json_stdout_is_empty(db: &Database) {
        let connection = db.connection_string();
        for (sql, code) in [("do $$ begin raise notice 'n'; end $$; select 'row'", 0), ("select 1 / 0", 13)] {
            let project = Project::new([("deploy.sql", sql)]);
            let done = pgmi(&["deploy", project.arg(), "--connection", &connection]).expect(code);
            assert_eq!(done.stdout, "");
        }
    }

    fn diagnostics_can_be_json_lines(db: &Database) {
        let project = Project::new([("deploy.sql", "select 1;\nselect nme")]);
        let done = db.deploy(&project, &["--message-format", "json"]).expect(13);
        // Progress is in lines of its own, without a code.
        let lines: Vec<Value> = done.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let findings: Vec<_> = lines.iter().filter(|line| line.get("code").is_some()).collect();
        assert_eq!(findings.len(), 1, "{}", done.stderr);
        assert_eq!(*findings[0], done.json()["diagnostics"][0]);
        assert_eq!(findings[0]["labels"][0]["file"], "deploy.sql");
        assert!(lines.iter().any(|it| it["severity"] == "info" && it["message"] == "Loaded 0 files"), "{}", done.stderr);
    }

    fn what_the_server_says_is_an_object_with_its_severity(db: &Database) {
        let project = Project::new([("deploy.sql", "do $$ begin raise warning 'w%', 1 using hint = 'h'; raise notice 'n'; end $$")]);
        let done = db.deploy(&project, &["--message-format", "json"]).expect(0);
        let lines: Vec<Value> = done.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let said = |severity: &str| lines.iter().find(|line| line["severity"] == severity).unwrap_or_else(|| panic!("{lines:?}"));
        assert_eq!((&said("warning")["message"], &said("warning")["hint"]), (&"w1".into(), &"h".into()));
        assert_eq!(said("notice")["message"], "n");
    }
}

/// Also what ends before anything connects is one object, with the exit code of the process.
#[test]
fn early_failures_are_json_too() {
    let good = Project::new([("deploy.sql", "select 1")]);
    let bad = Project::new([("deploy.sql", "select 1"), ("a.bin", "\0")]);
    let empty = Project::empty();
    let nowhere = "host=127.0.0.1 port=1 user=x dbname=x";
    for (arguments, code) in [
        (vec![good.arg(), "--connection", "nonsense"], 10),
        (vec![good.arg(), "--connection", "postgresql://u@h:port/db"], 10),
        (vec![good.arg(), "--connection", nowhere, "--timeout", "soon"], 10),
        (vec![good.arg(), "--connection", nowhere], 11),
        (vec![bad.arg(), "--connection", nowhere], 10),
        (vec!["missing-folder", "--connection", nowhere], 10),
        (vec![empty.arg(), "--connection", nowhere], 14),
    ] {
        let done =
            Command::new(&[&["deploy", "--json"], &arguments[..]].concat()).run().expect(code);
        let json = done.json();
        assert_eq!(json["status"], "failed", "{arguments:?}");
        assert_eq!(json["exitCode"], code, "{arguments:?}");
        assert!(json["error"].is_string() && !json["diagnostics"].as_array().unwrap().is_empty());
        assert!(json.get("executionMode").is_none());
    }
}

#[test]
fn a_wrong_command_line_is_json_too() {
    for arguments in [
        &["deploy", "--json", "--nope"][..],
        &["deploy", "--json", "a", "postgresql://u:SENTINEL@h/d"],
        &["deploy", "--json", "--throwaway", "folder"],
    ] {
        let done = pgmi(arguments).expect(2);
        let json = done.json();
        assert_eq!((&json["status"], &json["exitCode"]), (&"failed".into(), &2.into()));
        assert_eq!(json["diagnostics"][0]["code"], "usage");
        assert!(done.stderr.starts_with("error: "), "{}", done.stderr);
        assert!(!done.stderr.contains("SENTINEL") && !done.stdout.contains("SENTINEL"));
    }
}

#[test]
fn every_finding_is_in_it() {
    let db = Database::missing(18);
    let project = Project::new([("deploy.sql", "select 1"), ("a.bin", "\0"), ("b.bin", "\0")]);
    let json = db.deploy(&project, &[]).expect(10).json();
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 2);
}

#[test]
fn a_deployment_into_a_throwaway_server_is_one_object_and_can_be_rehearsed() {
    let project = Project::new([("deploy.sql", "begin; create table t (id int); commit;")]);
    let deploy = |more: &[&str]| pgmi(&[&["deploy", project.arg(), "--throwaway"], more].concat());
    assert_eq!(deploy(&["--json"]).expect(0).json()["status"], "success");
    let rehearsed = deploy(&["--json", "--dry-run"]).expect(0);
    assert_eq!(rehearsed.json()["exitCode"], 0);
    let shown = deploy(&[]).expect(0).stdout;
    assert!(shown.starts_with("schema "), "{shown}");
}
