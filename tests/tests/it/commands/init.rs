//! What `init` begins is a project: it deploys, passes its tests, and can be checked.

use pgmi_tests::{Command, Project, cluster, on_every_major, pgmi};
use serde_json::Value;

/// `cargo pgmi init` of a database project in a new folder.
fn begun() -> Project {
    let project = Project::empty();
    pgmi(&["init", project.arg(), "--template", "basic"]).expect(0);
    project
}

on_every_major! {
    fn the_basic_template_deploys_once_and_again(db: &Database) {
        let project = begun();
        db.deploy(&project, &[]).expect(0).says(&["applied ./migrations/001_notes.sql", "Test: ./__test__/test_add_note.sql"]);
        assert_eq!(db.value("select string_agg(path, ',') from deployment.migrations"), "./migrations/001_notes.sql");
        assert_eq!(db.value("select count(*) from note"), "0", "what tests do is undone");
        db.run("select add_note('ada', 'kept')");
        project.write("migrations/002_tags.sql", "alter table note add tags text[] not null default '{}';");
        let again = db.deploy(&project, &[]).expect(0).says(&["applied ./migrations/002_tags.sql"]);
        assert!(!again.stderr.contains("applied ./migrations/001"), "{}", again.stderr);
        assert_eq!(db.value("select count(*) from note"), "1");
    }

    fn the_basic_template_refuses_a_rewritten_history(db: &Database) {
        let project = begun();
        db.deploy(&project, &[]).expect(0);
        let migration = project.read("migrations/001_notes.sql");
        project.write("migrations/001_notes.sql", migration.replace("-- A migration", "-- Every migration"));
        db.deploy(&project, &[]).expect(0);
        project.write("migrations/001_notes.sql", migration.replace("body", "content"));
        let refused = db.deploy(&project, &[]).expect(13);
        let refused = refused.says(&["migrations were changed after they had been applied: ./migrations/001"]);
        assert!(!refused.stderr.contains("its position was lost"), "{}", refused.stderr);
        std::fs::remove_file(project.join("migrations/001_notes.sql")).unwrap();
        project.write("__test__/test_add_note.sql", "select;");
        db.deploy(&project, &[]).expect(0).says(&["the project no longer has: ./migrations/001_notes.sql"]);
    }

    fn a_failing_test_undoes_what_the_basic_template_did(db: &Database) {
        let project = begun();
        project.write("__test__/test_wrong.sql", "do $$ begin raise exception 'no'; end $$;");
        db.deploy(&project, &[]).expect(13).says(&["./__test__/test_wrong.sql"]);
        assert!(!db.has("note"));
    }

    fn the_basic_template_is_checked_and_tested(major: u16) {
        let project = begun();
        let server = cluster(major).connection_string("postgres");
        for (command, code) in [("check", 4), ("generate", 0), ("check", 0), ("test", 0)] {
            Command::new(&[command, project.arg()]).env("PGMI_SERVER", &server).run().expect(code);
        }
        pgmi(&["deploy", project.arg(), "--check"]).expect(0).says(&["files checked"]);
    }
}

#[test]
fn a_second_time_nothing_is_written_over() {
    let project = begun();
    project.write("deploy.sql", "select 'mine'");
    std::fs::remove_file(project.join("queries/notes_by_author.sql")).unwrap();
    let again = pgmi(&["init", project.arg(), "--template", "basic"]).expect(0);
    assert_eq!(project.read("deploy.sql"), "select 'mine'");
    assert!(project.join("queries/notes_by_author.sql").exists());
    let again = again.says(&["it is yours", "as it was written", "Wrote"]);
    assert_eq!(again.stdout, "");
}

#[test]
fn a_folder_with_other_things_is_left_alone() {
    for (file, words) in [
        ("notes.txt", "is not empty: there is `notes.txt`"),
        ("sub/notes.txt", "is not empty: there is `sub`"),
        ("migrations/notes.txt", "is not empty: there is `migrations/notes.txt`"),
        ("migrations/007.sql", "is a project already"),
    ] {
        let project = Project::new([(file, "")]);
        let refused = pgmi(&["init", project.arg(), "--template", "basic"]).expect(2);
        refused.says(&[words, "nothing was changed"]);
        assert!(!project.join("deploy.sql").exists());
    }
    let file = Project::new([("file", "")]);
    let path = file.join("file");
    let path = path.to_str().unwrap();
    pgmi(&["init", path, "--template", "basic"]).expect(2).says(&["is not a folder"]);
    for kept in ["pgmi.yaml", ".env", "README.md"] {
        let project = Project::new([(kept, "")]);
        pgmi(&["init", project.arg(), "--template", "basic"]).expect(0);
        assert_eq!(project.read(kept), "");
    }
}

#[test]
fn an_unknown_template_is_a_usage_error() {
    let project = Project::empty();
    let refused = pgmi(&["init", project.arg(), "--template", "basci"]).expect(2);
    refused.says(&["there is no template `basci`", "did you mean `basic`?"]);
    pgmi(&["templates", "describe", "advanced"]).expect(2).says(&["templates: basic, app"]);
    // A temporary folder is in no crate.
    let refused = pgmi(&["init", project.arg(), "--template", "app"]).expect(2);
    refused.says(&["needs a crate", "cargo init"]);
}

#[test]
fn what_was_done_is_json_for_programs() {
    let project = Project::empty();
    let arguments = ["init", project.arg(), "--template", "basic", "--message-format", "json"];
    let done = pgmi(&arguments).expect(0);
    assert_eq!(done.stderr, "");
    let lines = done.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let files: Vec<_> = lines.map(|line| (line["action"].clone(), line["file"].clone())).collect();
    assert_eq!(files.len(), 9);
    assert!(files.iter().all(|(action, _)| action == "written"));
}

/// What the shell says when a reader of a long list has seen enough.
#[test]
fn templates_are_described_with_their_texts() {
    let done = pgmi(&["templates", "describe", "basic", "--json"]).expect(0);
    let template = done.json();
    let files = template["files"].as_array().unwrap();
    let deploy = files.iter().find(|file| file["path"] == "deploy.sql").unwrap();
    assert!(deploy["text"].as_str().unwrap().contains("call pgmi_test();"));
}
