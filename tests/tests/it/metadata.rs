//! `<pgmi-meta>` in the session; how it is read is tested in the engine.

use pgmi_tests::{Project, on_every_major, pgmi};

const KEEP: &str = "begin;
    create table metadata as table pg_temp.pgmi_source_metadata_view;
    create table plan as table pg_temp.pgmi_plan_view;
    commit;";

fn block(id: u32, rest: &str) -> String {
    format!(
        "/* <pgmi-meta id=\"00000000-0000-4000-8000-{id:012}\" idempotent=\"true\">{rest}</pgmi-meta> */ select 1;"
    )
}

on_every_major! {
    fn blocks_become_rows(db: &Database) {
        let keys = "<sortKeys><key>400/000</key><key>150/000</key></sortKeys>";
        let project = Project::new([
            ("deploy.sql", KEEP.to_owned()),
            ("full.sql", block(1, &format!("<description>It's all there</description>{keys}"))),
            ("keyless.sql", format!("/* banner /* nested */ */ /* first */ {}", block(2, ""))),
            ("quoted.sql", "select '<pgmi-meta id=\"x\">', $$/* <pgmi-meta> */$$, \"<pgmi-meta>\" from t".into()),
            ("loud.sql", "/* <PGMI-META nonsense */ select 1".into()),
            ("notes.md", "/* <pgmi-meta nonsense */".into()),
            ("__test__/t.sql", "/* <pgmi-meta nonsense */ select 1".into()),
        ]);
        db.deploy(&project, &[]).expect(0);
        assert_eq!(db.rows("select path, id, idempotent, sort_keys, description from metadata order by 1"), [
            "./full.sql|00000000-0000-4000-8000-000000000001|t|{400/000,150/000}|It's all there",
            "./keyless.sql|00000000-0000-4000-8000-000000000002|t|{}|",
        ]);
        assert_eq!(
            db.rows("select path, id, idempotent, description, sort_key, execution_order from plan order by execution_order"),
            [
                "./keyless.sql|00000000-0000-4000-8000-000000000002|t||./keyless.sql|1",
                "./loud.sql||t||./loud.sql|2",
                "./notes.md||t||./notes.md|3",
                "./quoted.sql||t||./quoted.sql|4",
                "./full.sql|00000000-0000-4000-8000-000000000001|t|It's all there|150/000|5",
                "./full.sql|00000000-0000-4000-8000-000000000001|t|It's all there|400/000|6",
            ]
        );
    }

    fn a_file_without_an_id_is_known_by_its_path(db: &Database) {
        let project = Project::new([
            ("deploy.sql", KEEP),
            ("migrations/001.sql", ""),
            ("migrations/001_users.sql", ""),
            ("naïve.sql", ""),
            ("a\"b.sql", ""),
        ]);
        db.deploy(&project, &[]).expect(0);
        assert_eq!(db.rows("select path, generic_id from plan where path like '%001%' order by path collate \"C\""), [
            "./migrations/001.sql|18a606ed-2992-a4e9-70c1-b9c7044ab9b8",
            "./migrations/001_users.sql|8cb96d1a-b6fc-e524-d4f0-95b95baba1da",
        ]);
        assert_eq!(db.value("select bool_and(generic_id = md5(path)::uuid) from plan"), "t");
    }
}

/// Every kind of broken block: exit 10 before anything connects, with the file and the words.
#[test]
fn broken_blocks_are_refused() {
    let id = "id=\"00000000-0000-4000-8000-000000000001\"";
    let too_long =
        format!("<pgmi-meta {id} idempotent=\"true\">{}</pgmi-meta>", " ".repeat(10_241));
    let two =
        format!("<pgmi-meta {id} idempotent=\"1\"/> */ /* <pgmi-meta {id} idempotent=\"1\"/>");
    for (block, words) in [
        (format!("<pgmi-meta {id}/>"), &["idempotent"][..]),
        (format!("<pgmi-meta {id} idempotent=\"yes\"/>"), &["yes"]),
        ("<pgmi-meta idempotent=\"true\"/>".into(), &["id"]),
        ("<pgmi-meta id=\"not-a-uuid\" idempotent=\"true\"/>".into(), &["not-a-uuid"]),
        (
            "<pgmi-meta id=\"00000000-0000-0000-0000-000000000000\" idempotent=\"true\"/>".into(),
            &["id"],
        ),
        (
            format!(
                "<pgmi-meta {id} idempotent=\"true\"><sortKeys><key> </key></sortKeys></pgmi-meta>"
            ),
            &["0"],
        ),
        (
            format!("<pgmi-meta {id} idempotent=\"true\"><description> </description></pgmi-meta>"),
            &["description"],
        ),
        (format!("<pgmi-meta {id} idempotent=\"true\">"), &["pgmi-meta"]),
        ("<pgmi-meta id=\"x\" idempotent=\"maybe\"/>".into(), &["id", "maybe"]),
        ("<pgmi:meta xmlns=\"x\"/>".into(), &["<pgmi-meta"]),
        (two, &["Multiple metadata blocks found"]),
        (too_long, &["10"]),
    ] {
        let project = Project::new([
            ("deploy.sql", "select 1".to_owned()),
            ("migrations/a.sql", format!("select 1;\n/* {block} */")),
        ]);
        let done = pgmi(&[
            "deploy",
            project.arg(),
            "--connection",
            "host=127.0.0.1 port=1 user=x dbname=x",
        ]);
        done.expect(10).says(&["./migrations/a.sql"]).says(words);
    }
}

#[test]
fn an_id_belongs_to_one_file() {
    let project = Project::new([
        ("deploy.sql", "select 1".to_owned()),
        ("b/z.sql", block(7, "")),
        ("a/y.sql", block(7, "")),
        ("c/x.sql", block(8, "")),
    ]);
    let done =
        pgmi(&["deploy", project.arg(), "--connection", "host=127.0.0.1 port=1 user=x dbname=x"]);
    let done =
        done.expect(10).says(&["00000000-0000-4000-8000-000000000007", "./a/y.sql, ./b/z.sql"]);
    assert!(!done.stderr.contains("./c/x.sql"));
}
