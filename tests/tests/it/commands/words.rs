//! info, version, and that programs find one kind of thing on stdout.

use pgmi_tests::{Command, Project, pgmi};

#[test]
fn the_first_line_of_version_is_for_scripts() {
    let done = pgmi(&["version"]).expect(0);
    let first = done.stdout.lines().next().unwrap();
    assert_eq!(first, format!("pgmi {} (compat 1)", env!("CARGO_PKG_VERSION")));
    assert!(done.stdout.contains("PostgreSQL 14 to 18"));
    assert_eq!(pgmi(&["version", "--json"]).expect(0).json()["compat"][0], 1);
    let short = pgmi(&["--version"]).expect(0).stdout;
    assert!(short.contains(env!("CARGO_PKG_VERSION")), "{short}");
}

#[test]
fn a_folder_that_is_no_project_is_told_so() {
    let project = Project::new([("photo.bin", "")]);
    std::fs::write(project.join("photo.bin"), [0xff, 0xd8]).unwrap();
    for words in [&["info"][..], &["metadata", "plan"], &["metadata", "validate"]] {
        let words = [words, &[project.arg()]].concat();
        let said = pgmi(&words).expect(14).stderr;
        assert!(
            said.contains("there is no deploy.sql") && said.contains("`cargo pgmi init`"),
            "{said}"
        );
        assert!(!said.contains("file-not-utf8"), "{said}");
    }
}

#[test]
fn info_counts_what_is_there() {
    let project = Project::copy_of("projects/nested-tests");
    project.write("pgmi.yaml", "params:\n  env: x\n").write("queries/one.sql", "select 1");
    let info = pgmi(&["info", project.arg(), "--json"]).expect(0).json();
    assert_eq!(info["deploySql"], true);
    assert_eq!(info["configFile"], "ok");
    assert_eq!(info["template"], "basic");
    assert_eq!(info["testFiles"], 8);
    assert_eq!(info["fixtures"], 2);
    assert_eq!(info["totalFiles"], 10);
    assert_eq!(info["sqlFiles"], 9);
    assert_eq!(info["queries"], 1);
    assert_eq!(info["parameters"], serde_json::json!(["env"]));
    assert_eq!(info["directories"]["./__test__/orders/"], 2);
    let text = pgmi(&["info", project.arg()]).expect(0).stdout;
    assert!(text.contains("./__test__/orders/deep/er/"), "{text}");
}

#[test]
fn info_shows_also_what_cannot_be_deployed() {
    let project = Project::new([("a.sql", "select 1"), ("pgmi.yaml", "passwrod: SENTINEL")]);
    let done = pgmi(&["info", project.arg(), "--json"]).expect(0).hides("SENTINEL");
    let info = done.json();
    assert_eq!((&info["deploySql"], &info["template"]), (&false.into(), &"unknown".into()));
    assert!(info["configFile"].as_str().unwrap().starts_with("error: "));
    assert_eq!(pgmi(&["info", Project::empty().arg(), "--json"]).expect(0).json()["totalFiles"], 0);
    project.write("b.bin", "\0");
    pgmi(&["info", project.arg()]).expect(10).says(&["NUL byte"]);
}

#[test]
fn what_is_asked_for_is_one_line_for_programs() {
    let project = Project::new([("deploy.sql", "select 1"), ("a.sql", "select 1")]);
    for arguments in [
        &["version"][..],
        &["templates", "list"],
        &["templates", "describe", "app"],
        &["info", project.arg()],
        &["metadata", "plan", project.arg()],
        &["metadata", "validate", project.arg()],
        &["metadata", "scaffold", project.arg()],
    ] {
        let done = pgmi(&[arguments, &["--message-format", "json"]].concat()).expect(0);
        assert_eq!(done.stdout.lines().count(), 1, "{arguments:?}");
        done.json();
        assert_eq!(done.stderr, "", "{arguments:?}");
    }
}

#[test]
fn a_failure_is_one_object_for_whoever_asked_for_one() {
    let bad = Project::new([("deploy.sql", "select 1"), ("a.bin", "\0")]);
    for (arguments, code) in [
        (&["info", bad.arg()][..], 10),
        (&["metadata", "plan", bad.arg()], 10),
        (&["metadata", "validate", bad.arg()], 10),
        (&["metadata", "scaffold", bad.arg()], 10),
        (&["index", bad.arg()], 10),
        (&["test", bad.arg()], 10),
        (&["test", bad.arg(), "--explain-connection", "--connection", "nonsense"], 10),
        (&["drift", bad.arg(), "--connection", "nonsense"], 10),
        (&["deploy", bad.arg(), "--explain-connection", "--connection", "nonsense"], 10),
        (&["templates", "describe", "nope"], 2),
        (&["deploy", bad.arg(), "--nope"], 2),
    ] {
        let done = pgmi(&[arguments, &["--json"]].concat()).expect(code);
        let json = done.json();
        assert_eq!(
            (&json["status"], &json["exitCode"]),
            (&"failed".into(), &code.into()),
            "{arguments:?}"
        );
        assert!(json["error"].is_string(), "{arguments:?}");
        assert!(!json["diagnostics"].as_array().unwrap().is_empty(), "{arguments:?}");
        // People still read what is wrong.
        assert!(done.stderr.starts_with("error"), "{arguments:?}: {}", done.stderr);
        if code != 2 || arguments[0] == "templates" {
            assert_eq!(pgmi(arguments).expect(code).stdout, "", "{arguments:?}");
        }
    }
}

#[test]
fn from_a_folder_of_the_crate_the_project_beside_its_manifest_is_found() {
    let project = Project::new([
        ("Cargo.toml", "[package]\nname = \"one\"\nversion = \"1.0.0\"\n"),
        ("src/deep/lib.rs", ""),
        ("db/deploy.sql", "select 1"),
        ("db/queries/a.sql", "select 1"),
        ("other/deploy.sql", "select 1"),
    ]);
    for (folder, found) in [
        (".", "/db"),
        ("src", "/db"),
        ("src/deep", "/db"),
        ("db", "/db"),
        ("db/queries", "/db"),
        // A project that one stands in is meant.
        ("other", "/other"),
    ] {
        let command = Command::new(&["info", "--json"]).current_dir(project.join(folder));
        let info = command.run().expect(0).json();
        assert!(info["path"].as_str().unwrap().ends_with(found), "{folder}: {info}");
    }
}

#[test]
fn servers_are_objects_for_programs() {
    let done = pgmi(&["server", "status", "--message-format", "json"]).expect(0);
    for line in done.stdout.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(
            ["programs", "server", "container"].contains(&line["kind"].as_str().unwrap()),
            "{line}"
        );
    }
    assert_eq!(done.stderr, "");
}
