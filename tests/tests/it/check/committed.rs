//! Queries, their signatures, and what is committed about them.

use pgmi_tests::{Project, on_every_major};

use super::ask;

/// A small project.
fn project() -> Project {
    Project::new([
        (
            "deploy.sql",
            "begin; create table album (id int primary key, name text not null, released date); commit;",
        ),
        ("queries/select_album.sql", "select id, name, released from album where id = $id"),
        ("queries/rename_album.sql", "update album set name = :name where id = :id"),
    ])
}

on_every_major! {
    fn what_is_generated_is_what_check_wants(major: u16) {
        let project = project();
        let missing = ask(&project, major, &["check"]);
        assert_eq!(missing.code, Some(4), "{}", missing.stderr);
        assert_eq!(missing.stderr.matches("error[signature-missing]").count(), 2);
        assert!(missing.stderr.contains("error[lock-missing]"));

        ask(&project, major, &["generate"]).expect(0);
        ask(&project, major, &["check"]).expect(0);
        let signature = project.read("queries/select_album.sig.yaml");
        assert!(signature.contains("cardinality: zero_or_one"), "{signature}");
        let lock = project.read("pgmi.lock");
        assert!(lock.contains("column released date null"), "{lock}");

        // A query that returns something else is an error that shows the difference.
        project.write("queries/select_album.sql", "select id, released from album");
        let changed = ask(&project, major, &["check"]);
        assert_eq!(changed.code, Some(4), "{}", changed.stderr);
        assert!(changed.stderr.contains("-  cardinality: zero_or_one") || changed.stderr.contains("- "), "{}", changed.stderr);
        assert_eq!(ask(&project, major, &["generate"]).code, Some(4));
        assert_eq!(project.read("queries/select_album.sig.yaml"), signature);
        ask(&project, major, &["generate", "--accept", "select_album"]).expect(0);
        ask(&project, major, &["check"]).expect(0);
    }

    fn every_wrong_query_is_shown_at_its_place(major: u16) {
        let project = project();
        project.write("queries/select_name.sql", "-- é\nselect nme\nfrom album");
        project.write("queries/select_year.sql", "select relesed from album");
        let wrong = ask(&project, major, &["check"]);
        assert_eq!(wrong.code, Some(13), "{}", wrong.stderr);
        assert!(wrong.stderr.contains("select_name.sql:2:8"), "{}", wrong.stderr);
        assert!(wrong.stderr.contains("select_year.sql:1:8"), "{}", wrong.stderr);
        assert!(wrong.stderr.contains("Perhaps you meant"), "{}", wrong.stderr);
    }
}

#[test]
fn who_has_no_queries_has_nothing_to_commit() {
    let project = Project::new([("deploy.sql", "begin; create table album (id int); commit;")]);
    let checked = ask(&project, 18, &["check"]).expect(0);
    assert!(checked.stderr.contains("0 queries: as committed"), "{}", checked.stderr);
    project.write("deploy.sql", "begin; create table album (id itn); commit;");
    let wrong = ask(&project, 18, &["check"]);
    assert_eq!(wrong.code, Some(13), "{}", wrong.stderr);
}

/// All errors in one run, also where the project cannot be deployed.
#[test]
fn a_migration_that_fails_does_not_hide_what_is_wrong_with_files() {
    let project = Project::new([
        ("deploy.sql", "begin; create tabel album (id int); commit;"),
        ("queries/Bad-Name.sql", "select 1"),
        ("queries/two.sql", "select 1; select 2"),
        ("queries/fine.sql", "select 1 as one"),
        ("queries/fine.sig.yaml", "nonsense: true"),
    ]);
    for command in ["check", "generate"] {
        ask(&project, 17, &[command]).expect(13).says(&[
            "error[sql-failed]",
            "deploy.sql:1:15",
            "Bad-Name.sql",
            "two.sql",
            "fine.sig.yaml",
        ]);
    }
}

/// A file that is written over keeps what is the user's: his comments, and what nobody can infer.
#[test]
fn accepting_keeps_comments_and_what_nobody_can_infer() {
    let deploy = |columns: &str| {
        format!(
            "begin; create type part as ({columns}, tags text[]);
             create table album (id int primary key, part part, tags text[]); commit;"
        )
    };
    let project = Project::new([
        ("deploy.sql", deploy("name text").as_str()),
        ("queries/albums.sql", "select id, part, tags from album"),
    ]);
    ask(&project, 17, &["generate"]).expect(0);
    let (query, part) = ("queries/albums.sig.yaml", "types/public/part.sig.yaml");
    let by_hand = |file: &str| {
        let text = project.read(file).replace("idempotent: false", "idempotent: true # a read");
        let text = text.replace("element_not_null: false", "element_not_null: true  # no holes");
        project.write(file, format!("# By hand.\n{text}"));
    };
    by_hand(query);
    by_hand(part);
    ask(&project, 17, &["check"]).expect(0);

    project.write("deploy.sql", deploy("title text"));
    project.write("queries/albums.sql", "select id, part, tags, 1 as one from album");
    ask(&project, 17, &["generate", "--accept"]).expect(0);
    ask(&project, 17, &["check"]).expect(0);
    let text = project.read(query);
    assert!(text.starts_with("# By hand.\nidempotent: true # a read\n"), "{text}");
    assert!(text.contains("element_not_null: true  # no holes\n    one:\n"), "{text}");
    let text = project.read(part);
    assert!(text.starts_with("# By hand.\ncomposite:\n  title:\n"), "{text}");
    assert!(text.ends_with("element_not_null: true  # no holes\n"), "{text}");

    // What says the same already is left as it is written.
    let other = text.replace("type: text", "type: \"text\"");
    project.write(part, &other);
    ask(&project, 17, &["generate", "--accept"]).expect(0);
    assert_eq!(project.read(part), other);
}
