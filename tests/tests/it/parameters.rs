//! Deployment parameters, from wherever they come.

use pgmi_tests::{Finished, Project, on_every_major, pgmi};

const KEEP: &str = "begin;
    create table parameters as table pg_temp.pgmi_parameter_view;
    commit;";

const PARAMETERS: &str =
    "select key, value, type, required from parameters order by key collate \"C\"";

on_every_major! {
    fn later_places_win(db: &Database) {
        let project = Project::new([
            ("pgmi.yaml", "params:\n  env: development\n  region: eu\n"),
            ("base.params", "# base\nenv=base\nlog_level = info\n"),
            ("more.params", "\u{feff}log_level=\"debug\"\nempty=\nurl='http://x?a=b'\n"),
            ("deploy.sql", KEEP),
        ]);
        let (base, more) = (project.join("base.params"), project.join("more.params"));
        let (base, more) = (base.to_str().unwrap(), more.to_str().unwrap());
        let files = ["--params-file", base, "--params-file", more];
        let flags = ["--param", "env=staging", "--param", "ENV=production"];
        db.deploy(&project, &[&files[..], &flags].concat()).expect(0).says(&["Loaded 5 parameters"]);
        assert_eq!(db.rows(PARAMETERS), [
            "empty||text|f",
            "env|production|text|f",
            "log_level|debug|text|f",
            "region|eu|text|f",
            "url|http://x?a=b|text|f",
        ]);
    }

    fn keys_are_lower_case_and_settings(db: &Database) {
        let project = Project::new([("deploy.sql", "begin;
            create table parameters as table pg_temp.pgmi_parameter_view;
            create table settings as
            select current_setting('pgmi.apiVersion') as camel, current_setting('pgmi.apiversion') as lower,
                   current_setting('pgmi.nope', true) is null as missing;
            commit;")]);
        db.deploy(&project, &["--param", "apiVersion=2"]).expect(0);
        assert_eq!(db.rows(PARAMETERS), ["apiversion|2|text|f"]);
        assert_eq!(db.value("select camel, lower, missing from settings"), "2|2|t");
    }

    fn values_survive_a_rollback_as_they_were_given(db: &Database) {
        let value = "a'b\\c \"d\" $1 %s\n漢字 =";
        let done = db.deploy(
            Project::new([("deploy.sql", "begin; select 1; rollback;
                create table kept as select current_setting('pgmi.p') as p;
                create table viewed as select value from pg_temp.pgmi_parameter_view;")]),
            &["--param", &format!("p={value}")],
        );
        done.expect(0);
        let mut client = db.client();
        for sql in ["select p from kept", "select value from viewed"] {
            assert_eq!(client.query_one(sql, &[]).unwrap().get::<_, String>(0), value);
        }
    }

    fn every_name_of_a_setting_is_a_key(db: &Database) {
        let long = "k".repeat(63);
        let keys = ["_p", "a1", "A_b_1", long.as_str()];
        let arguments: Vec<String> = keys.iter().map(|key| format!("--param={key}=v")).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let set = keys.map(|key| format!("current_setting('pgmi.{key}') = 'v'")).join(" and ");
        let project = Project::new([("deploy.sql", format!("do $$ begin assert {set}; end $$"))]);
        db.deploy(&project, &arguments).expect(0);
    }

    fn without_parameters_nothing_is_said(db: &Database) {
        let done = db.deploy_sql("select 1").expect(0);
        assert!(!done.stderr.contains("0 parameters"), "{}", done.stderr);
    }
}

fn refused(arguments: &[&str]) -> Finished {
    let project = Project::new([("deploy.sql", "select 1")]);
    let common = ["deploy", project.arg(), "--connection", "host=127.0.0.1 port=1 user=x dbname=x"];
    pgmi(&[&common, arguments].concat()).expect(10).hides("SENTINEL")
}

#[test]
fn a_bad_key_is_named_and_its_value_is_not() {
    let long = "k".repeat(64);
    for key in ["bad-key", "bad.key", "bad key", "1abc", "123", &long, "key;DROP TABLE", "ключ"]
    {
        refused(&["--param", &format!("{key}=SENTINEL")]).says(&[key]);
    }
    refused(&["--param", "=SENTINEL"]);
    refused(&["--param", "SENTINEL"]);
}

#[test]
fn a_bad_line_is_numbered_and_not_shown() {
    let folder =
        Project::new([("p", "a=b\n\nSENTINEL\n"), ("q", "k=SENTINEL\0"), ("bad", "a.b=SENTINEL")]);
    folder.write("binary", b"k=\xff\xfeSENTINEL");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    refused(&["--params-file", &path("p")]).says(&["line 3", "p:3"]);
    refused(&["--params-file", &path("q")]).says(&["NUL"]);
    refused(&["--params-file", &path("bad")]).says(&["a.b"]);
    refused(&["--params-file", &path("binary")]).says(&["UTF-8"]);
    refused(&["--params-file", &path("missing")]).says(&["missing"]);
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8_is_not_shown() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let project = Project::new([("deploy.sql", "select 1")]);
    let bad = OsStr::from_bytes(b"k=SENTINEL\xff");
    let arguments =
        ["pgmi".as_ref(), "deploy".as_ref(), project.path().as_os_str(), "--param".as_ref(), bad];
    let done = pgmi(&arguments[1..]).hides("SENTINEL");
    assert_eq!(done.code, Some(10), "{}", done.stderr);
}
