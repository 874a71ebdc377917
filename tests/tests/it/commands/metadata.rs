//! `metadata`: the plan without a server is the plan of the session; scaffolding changes neither.

use pgmi_tests::{Database, Project, on_every_major, pgmi};
use serde_json::Value;

/// Keeps the view, so that it can be read afterwards.
const DEPLOY: &str = "drop table if exists plan; create table plan as table pg_temp.pgmi_plan_view";

fn keyed(id: u32, idempotent: bool, keys: &[&str]) -> String {
    let keys: String = keys.iter().map(|key| format!("<key>{key}</key>")).collect();
    format!(
        "/* <pgmi-meta id=\"00000000-0000-4000-8000-{id:012}\" idempotent=\"{idempotent}\">\
         <description>d{id}</description><sortKeys>{keys}</sortKeys></pgmi-meta> */ select {id};"
    )
}

/// Names of all kinds, keys one, two and none.
fn project() -> Project {
    let files = [
        ("deploy.sql", DEPLOY.to_owned()),
        ("fallback_a.sql", "select 1;\r\n-- two\r\n".to_owned()),
        ("fallback-b.sql", String::new()),
        ("a/002.sql", "\u{feff}select 2;".to_owned()),
        ("b/001.sql", "select '/* <pgmi-meta > */';".to_owned()),
        ("b/notes.md", "not SQL".to_owned()),
        ("é/ü & <x>.sql", "select 3;".to_owned()),
        ("two.sql", keyed(1, false, &["150/000", "400/000"])),
        ("same.sql", keyed(2, true, &["150/000"])),
        ("none.sql", keyed(3, true, &[])),
        ("migrations/001.sql.bak", "nothing".to_owned()),
        ("__test__/test.sql", "select 1;".to_owned()),
    ];
    Project::new(files)
}

const COLUMNS: &str = "execution_order, path, sort_key, coalesce(id, generic_id), generic_id, idempotent, \
                       description, checksum, strict_checksum";

fn rows(db: &Database) -> Vec<String> {
    db.rows(&format!("select {COLUMNS} from plan order by execution_order"))
}

fn plan(project: &Project) -> Value {
    pgmi(&["metadata", "plan", project.arg(), "--json"]).expect(0).json()
}

on_every_major! {
    fn the_plan_is_that_of_the_session(db: &Database) {
        let project = project();
        db.deploy(&project, &[]).expect(0);
        let json = plan(&project);
        let keys = ["execution_order", "path", "sort_key", "id", "generic_id", "idempotent", "description",
            "checksum", "strict_checksum"];
        let shown = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Bool(value) => if *value { "t" } else { "f" }.to_owned(),
            other => other.to_string(),
        };
        let row = |row: &Value| keys.map(|key| shown(&row[key])).join("|");
        let planned: Vec<_> = json["plan"].as_array().unwrap().iter().map(row).collect();
        assert_eq!(planned, rows(db));
        assert_eq!(json["total_files"], 10);
        assert_eq!(planned.len(), 11, "two.sql has two rows");
    }

    fn scaffolding_changes_neither_plan_nor_identity(db: &Database) {
        let project = project();
        db.deploy(&project, &[]).expect(0);
        let before = rows(db);
        let shown = pgmi(&["metadata", "scaffold", project.arg()]).expect(0);
        assert!(shown.stdout.contains("<key>./a/002.sql</key>"), "{}", shown.stdout);
        db.deploy(&project, &[]).expect(0);
        assert_eq!(rows(db), before, "without --write nothing is written");
        pgmi(&["metadata", "scaffold", project.arg(), "--write"]).expect(0).says(&["5 file(s) have metadata now"]);
        let text = project.read("fallback_a.sql");
        assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
        assert!(project.read("a/002.sql").starts_with("\u{feff}/*"));
        db.deploy(&project, &[]).expect(0);
        assert_eq!(rows(db), before);
        assert_eq!(db.value("select count(*) from plan where id is null"), "2", "the .md and the .bak");
        pgmi(&["metadata", "scaffold", project.arg(), "--write"]).expect(0).says(&["every SQL file has metadata"]);
    }
}

#[test]
fn queries_are_not_deployed_and_get_no_block() {
    let project = Project::new([
        ("deploy.sql", "select 1"),
        ("queries/a.sql", "select 1"),
        ("a.sql", "select 1"),
    ]);
    let shown = pgmi(&["metadata", "scaffold", project.arg(), "--json", "--idempotent", "false"]);
    let shown = shown.expect(0).json();
    let all = shown.as_array().unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["path"], "./a.sql");
    assert_eq!(all[0]["idempotent"], false);
    assert!(all[0]["block"].as_str().unwrap().contains("idempotent=\"false\""));
}

#[test]
fn an_id_that_is_used_twice_is_found() {
    let project = Project::new([
        ("b.sql", keyed(1, true, &[])),
        ("a.sql", keyed(1, true, &[])),
        ("c.sql", String::new()),
    ]);
    let done = pgmi(&["metadata", "validate", project.arg(), "--json"]).expect(1);
    let json = done.json();
    assert_eq!(json["validation_passed"], false);
    assert_eq!(
        json["duplicate_ids"],
        serde_json::json!(["00000000-0000-4000-8000-000000000001: ./a.sql, ./b.sql"])
    );
    assert_eq!((&json["total_files"], &json["files_with_metadata"]), (&3.into(), &2.into()));
    done.says(&["error[metadata-duplicate-id]", "FAILED"]);
    // A plan in which two files are one is none.
    pgmi(&["metadata", "plan", project.arg()]).expect(10).says(&["metadata-duplicate-id"]);

    std::fs::remove_file(project.join("b.sql")).unwrap();
    let json = pgmi(&["metadata", "validate", project.arg(), "--json"]).expect(0).json();
    assert_eq!(json["validation_passed"], true);
    assert_eq!(json["files_without_metadata"], 1);
}

#[test]
fn a_bad_block_is_shown_where_it_is() {
    let project = Project::new([("a.sql", "/* <pgmi-meta id='x'></pgmi-meta> */")]);
    for action in ["validate", "plan", "scaffold"] {
        let done = pgmi(&["metadata", action, project.arg()]).expect(10);
        done.says(&["error[metadata]", "./a.sql:1:4", "not a UUID"]);
    }
    pgmi(&["metadata", "plan", "no-such-folder"]).expect(10).says(&["does not exist"]);
}
