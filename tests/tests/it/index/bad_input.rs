//! What `cargo pgmi index` says to what it cannot work with.

use pgmi_tests::{Project, pgmi};

const TABLE: &str = "create table album (id int8 primary key, name text not null);";
const BY_NAME: &str = "select id from album where name = $name";

#[test]
fn an_extension_that_is_not_there_is_named() {
    let project = Project::new([
        ("migrations/1.sql", "create extension no_such_extension;"),
        ("queries/one.sql", "select 1 as one"),
    ]);
    let run = pgmi(&["index", project.arg()]).expect(13);
    run.says(&["no_such_extension", "migrations/1.sql:1"]);
}

#[test]
fn every_query_that_does_not_check_is_shown_and_the_others_are_served() {
    let project = Project::new([
        ("migrations/1.sql", TABLE),
        ("queries/by_name.sql", BY_NAME),
        ("queries/syntax.sql", "select id from album whre name = $name"),
        ("queries/column.sql", "select id from album where title = $title"),
    ]);
    let run = pgmi(&["index", project.arg()]).expect(13);
    assert!(run.stdout.contains("create index album_name_idx"), "{}", run.stdout);
    assert!(run.stdout.contains("(2 more could not be looked at)"), "{}", run.stdout);
    run.says(&["queries/syntax.sql:1", "queries/column.sql:1"]);
}

#[test]
fn a_live_server_that_is_not_there_is_a_connection_error() {
    let project = Project::new([("migrations/1.sql", TABLE), ("queries/by_name.sql", BY_NAME)]);
    for option in ["--live", "--stats-from"] {
        let nowhere = "host=127.0.0.1 port=1 user=x dbname=x";
        let run = pgmi(&["index", project.arg(), option, nowhere]).expect(11);
        run.says(&["error[connection-failed]", "127.0.0.1"]);
    }
}

#[test]
fn settings_about_tables_that_are_not_there_are_refused_at_their_place() {
    let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[package.metadata.pgmi.index]\n\
                    rows = { albun = 5, album = 6 }\nexternal = [\"public.*\", \"repx.*\"]\n";
    let project = Project::new([
        ("Cargo.toml", manifest),
        ("src/lib.rs", ""),
        ("db/migrations/1.sql", TABLE),
        ("db/queries/by_name.sql", BY_NAME),
    ]);
    let run = pgmi_tests::Command::new(&["index", "db"]).current_dir(project.path()).run();
    let run = run.expect(10);
    run.says(&[
        "`rows` is about `albun`, and the project has no such table",
        "Cargo.toml:5:10",
        "did you mean `album`?",
        "`external` names `repx.*`, and the project has no such table",
        "Cargo.toml:6:25",
    ]);
}

#[test]
fn settings_about_columns_that_are_not_there_are_refused_at_their_place() {
    let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[package.metadata.pgmi.index]\n\
                    nulls = { \"album.nane\" = 5, \"album.name\" = 101 }\n";
    let project = Project::new([
        ("Cargo.toml", manifest),
        ("src/lib.rs", ""),
        ("db/migrations/1.sql", TABLE),
        ("db/queries/by_name.sql", BY_NAME),
    ]);
    let run = pgmi_tests::Command::new(&["index", "db"]).current_dir(project.path()).run();
    run.expect(10).says(&[
        "`nulls` is about `album.nane`, and the project has no such column",
        "Cargo.toml:5:11",
        "did you mean `album.name`?",
        "`nulls` says that of a hundred rows 101 are NULL in `album.name`",
        "write a number from 0 to 100",
    ]);
}

#[test]
fn an_unknown_setting_is_shown_at_its_key() {
    let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[package.metadata.pgmi.index]\n\
                    sole-client = true\nexternl = []\n";
    let project = Project::new([("Cargo.toml", manifest), ("src/lib.rs", "")]);
    let run = pgmi_tests::Command::new(&["index", "db"]).current_dir(project.path()).run();
    run.expect(10).says(&[
        "[package.metadata.pgmi.index] has an unknown key `externl`",
        "Cargo.toml:6:1",
        "did you mean `external`?",
    ]);
}

#[test]
fn without_queries_nothing_is_called_unused() {
    let schema = format!("{TABLE} create index album_name on album (name);");
    let project = Project::new([("migrations/1.sql", schema)]);
    let shown = pgmi(&["index", project.arg()]).expect(0).stdout;
    assert_eq!(shown.trim(), "0 queries: no index is missing");
}

#[test]
fn what_was_tried_with_no_rows_is_said() {
    let schema =
        "create table odd (id int8 primary key, name text not null check (length(name) > 9000));";
    let project = Project::new([
        ("migrations/1.sql", schema),
        ("queries/by_name.sql", "select id from odd where name = $name"),
    ]);
    let shown = pgmi(&["index", project.arg()]).expect(0).stdout;
    assert!(shown.contains("Note: public.odd was tried with 0 rows"), "{shown}");
}
