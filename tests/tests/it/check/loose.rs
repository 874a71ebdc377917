//! Signature files of a schema that has become stricter since: a warning, and no more than that.

use pgmi_tests::{Project, on_every_major};
use serde_json::Value;

use super::{ask, command, unique};

/// Albums whose names and keys were once anything.
fn project() -> Project {
    let project = Project::new([
        ("queries/select_album.sql", "select id, name from album where id = $id"),
        ("queries/select_names.sql", "select name from album"),
    ]);
    project.write("deploy.sql", "begin; create table album (id int, name text); commit;");
    project
}

/// What makes them strict.
fn strict() -> String {
    let table = "create table album (id int primary key, name text not null)";
    format!("begin; {table}; commit; {}", unique())
}

on_every_major! {
    fn what_could_be_tighter_is_named_and_nothing_fails(major: u16) {
        let project = project();
        let generated = ask(&project, major, &["generate"]).expect(0);
        assert!(!generated.stderr.contains("signature-loose"), "{}", generated.stderr);

        project.write("deploy.sql", strict());
        let stale = ask(&project, major, &["check"]).expect(4);
        assert!(stale.stderr.contains("warning[signature-loose]"), "{}", stale.stderr);
        assert!(stale.stderr.ends_with("FAILED 2 queries: 1 finding\n"), "{}", stale.stderr);
        ask(&project, major, &["generate"]).expect(0).says(&["warning[signature-loose]"]);

        // What is remembered is enough.
        let alone = |arguments: &[&str]| {
            let nowhere = "host=127.0.0.1 port=1 user=nobody connect_timeout=1";
            command(&project, major, arguments).env("PGMI_SERVER", nowhere).run().expect(0)
        };
        alone(&["check"]).says(&[
            "warning[signature-loose]: 2 signature files say less than what is proven",
            "select_album.sig.yaml: column `name` is never NULL, the number of rows is zero_or_one",
            "select_names.sig.yaml: column `name` is never NULL",
            "`cargo pgmi generate --accept select_album select_names`",
            "OK 2 queries: as committed",
        ]);

        let names = project.read("queries/select_names.sig.yaml");
        let why = names.replace("not_null: false", "not_null: false  # soon it may be");
        project.write("queries/select_names.sig.yaml", why);
        alone(&["check"]).says(&["select_album.sig.yaml` says less than what is proven"]);
        alone(&["generate", "--accept", "select_album"]);
        let silent = alone(&["check"]);
        assert!(!silent.stderr.contains("signature-loose"), "{}", silent.stderr);
        assert!(project.read("queries/select_album.sig.yaml").contains("zero_or_one"));
    }
}

#[test]
fn for_programs_it_is_an_object() {
    let project = project();
    ask(&project, 17, &["generate"]).expect(0);
    project.write("deploy.sql", strict());
    ask(&project, 17, &["generate"]).expect(0);
    let said = ask(&project, 17, &["check", "--message-format", "json"]).expect(0).stderr;
    let object: Value = serde_json::from_str(said.trim()).unwrap();
    assert_eq!(object["code"], "signature-loose");
    assert_eq!(object["severity"], "warning");
    assert_eq!(object["notes"].as_array().unwrap().len(), 2);
}

#[test]
fn of_many_files_some_are_named() {
    let project = project();
    for number in 0..12 {
        project.write(
            format!("queries/q{number}.sql"),
            format!("select name, {number} as n from album"),
        );
    }
    ask(&project, 17, &["generate"]).expect(0);
    project.write("deploy.sql", strict());
    ask(&project, 17, &["generate"]).expect(0).says(&[
        "14 signature files say less",
        "and 4 more",
        "`cargo pgmi generate --accept NAME`",
    ]);
}
