//! `cargo pgmi explain`: the reasons, and the plan.

use pgmi_tests::{Project, on_every_major};
use serde_json::Value;

use super::ask;

fn project() -> Project {
    Project::new([
        (
            "deploy.sql",
            "begin;
             create table album (id int primary key, name text not null, released date, tags text[]);
             insert into album values (1, 'Blue', null, '{a}');
             commit;",
        ),
        ("queries/select_album.sql", "select id, released, tags from album where id = $id;"),
        ("queries/listen_to_albums.sql", "listen albums"),
    ])
}

const EXPLANATION: &str = "\
select_album: zero_or_one  -- album_pkey of album is unique and fixed

parameters
  id  int4  not null  -- NULL would keep out every row

columns
  id        int4    not null  -- WHERE keeps no row where it is NULL
  released  date    null      -- album.released is not NOT NULL
  tags      text[]  null      -- album.tags is not NOT NULL
            elements  null      -- no CHECK keeps NULL out of the elements of tags

query plan of an empty database, for parameters of any value
  Index Scan using album_pkey on album
    Index Cond: (id = $1)
";

on_every_major! {
    fn verdicts_have_reasons(major: u16) {
        let explained = ask(&project(), major, &["explain", "select_album"]).expect(0);
        assert_eq!((explained.stdout.as_str(), explained.stderr.as_str()), (EXPLANATION, ""));
    }
}

#[test]
fn what_was_committed_is_said_with_what_was_inferred() {
    let project = project();
    ask(&project, 17, &["generate"]).expect(0);
    let signature = project.read("queries/select_album.sig.yaml");
    project.write(
        "queries/select_album.sig.yaml",
        signature.replace("cardinality: zero_or_one", "cardinality: one"),
    );
    let explained = ask(&project, 17, &["explain", "select_album"]).expect(0).stdout;
    assert!(explained.starts_with("select_album: one "), "{explained}");
    assert!(
        explained.contains("select_album.sig.yaml` says one; inferred was zero_or_one; album_pkey"),
        "{explained}"
    );
}

#[test]
fn a_limit_that_is_null_is_none() {
    let project = project();
    project.write("queries/page.sql", "select id from album limit $count offset $skip");
    project.write(
        "queries/tied.sql",
        "select id from album order by id fetch first $n rows with ties",
    );
    let explained = ask(&project, 17, &["explain", "page"]).expect(0).stdout;
    assert!(
        explained.contains("count  int8  not null  -- NULL would mean no limit\n"),
        "{explained}"
    );
    assert!(
        explained.contains("skip   int8  not null  -- NULL would mean no offset\n"),
        "{explained}"
    );
    let explained = ask(&project, 17, &["explain", "tied"]).expect(0).stdout;
    assert!(!explained.contains("no limit"), "{explained}");
}

#[test]
fn a_utility_has_no_plan() {
    let explained = ask(&project(), 17, &["explain", "listen_to_albums"]).expect(0).stdout;
    assert!(
        explained.ends_with("no query plan: PostgreSQL plans no statement of this kind\n"),
        "{explained}"
    );
}

#[test]
fn machines_get_an_object() {
    let explained =
        ask(&project(), 17, &["explain", "select_album", "--message-format", "json"]).expect(0);
    let object: Value = serde_json::from_str(&explained.stdout).unwrap();
    assert_eq!(object["rows"], "zero_or_one");
    assert_eq!(object["parameters"][0]["type"], "int4");
    assert_eq!(object["columns"][1]["not_null"], false);
    assert_eq!(object["columns"][2]["element_not_null"], false);
    assert!(object["plan"].as_str().unwrap().contains("album_pkey"), "{object}");
    assert_eq!(explained.stdout.lines().count(), 1);
}

#[test]
fn a_name_that_is_unknown_or_wrong_is_explained_too() {
    let project = project();
    let unknown = ask(&project, 17, &["explain", "select_albun"]).expect(2);
    assert!(unknown.stderr.contains("there is no query `select_albun`"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("help: did you mean `select_album`?"), "{}", unknown.stderr);

    project.write("queries/select_name.sql", "select nme from album");
    project.write("queries/select_year.sql", "select yr from album");
    let wrong = ask(&project, 17, &["explain", "select_name"]).expect(13);
    assert!(wrong.stderr.contains("column \"nme\" does not exist"), "{}", wrong.stderr);
    assert!(!wrong.stderr.contains("yr"), "only what was asked for: {}", wrong.stderr);
    ask(&project, 17, &["explain", "select_album"]).expect(0);
}
