//! `cargo pgmi index` as its users see it.

use pgmi_tests::{Project, pgmi};

const ALBUM: &str = "create table album (
  id int8 generated always as identity primary key,
  name text not null,
  released date not null,
  tags text[] not null
);
create index album_name on album (name);
create index album_name_again on album (name);
create index album_released_unasked on album (released, id);";

/// A project that is deployed file by file.
fn project() -> Project {
    Project::new([
        ("migrations/001_album.sql", ALBUM),
        ("queries/by_name.sql", "select id from album where name = $name"),
        ("queries/tagged.sql", "select id from album where $tag = any(tags)"),
        ("queries/with_tags.sql", "select id from album where tags @> $tags"),
    ])
}

#[test]
fn what_is_found_is_shown_and_can_be_a_reason_to_fail() {
    let project = project();
    let shown = pgmi(&["index", project.arg()]).expect(0).stdout;
    for expected in [
        "Missing on public.album: tags @> $1",
        "create index album_tags_gin_idx on public.album using gin (tags);",
        "Superfluous: album_name_again on public.album",
        "Unused by these queries; others may use it: album_released_unasked on public.album",
        "No index helps tagged: ",
        "rewrite: write `tags @> array[$1]`",
        "3 queries: 1 index missing, 1 index superfluous, 1 index unused",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
    pgmi(&["index", project.arg(), "--fail-on", "missing"]).expect(4);
    pgmi(&["index", project.arg(), "--fail-on", "unused"]).expect(4);
    std::fs::remove_file(project.join("queries/with_tags.sql")).unwrap();
    pgmi(&["index", project.arg(), "--fail-on", "missing"]).expect(0);
    pgmi(&["index", project.arg(), "--fail-on", "any"]).expect(4);
}

/// The example of `README.md`; costs differ a little from one sample of the rows to the next.
#[test]
fn the_readme_shows_what_is_found() {
    let schema = "create table album (
      id int8 generated always as identity primary key,
      name text not null, artist int8 not null, released date not null, tags text[] not null
    );
    create index album_name on album (name);
    create index album_name_again on album (name);";
    let project = Project::new([
        ("migrations/1.sql", schema),
        ("queries/by_name.sql", "select id from album where name = $name"),
        ("queries/albums_with_tag.sql", "select id from album where $tag = any(tags)"),
        (
            "queries/latest_of_artist.sql",
            "select id, name from album where artist = $artist order by released desc limit 10",
        ),
    ]);
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let (_, block) = readme.split_once("$ cargo pgmi index\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let shown = pgmi(&["index", project.arg()]).expect(0).stdout;
    assert_eq!(without_costs(&shown), without_costs(block));
}

fn without_costs(text: &str) -> String {
    let line = |line: &str| match line.split_once("  cost ") {
        Some((query, _)) => format!("{query}  cost …\n"),
        None => format!("{line}\n"),
    };
    text.trim_end().lines().map(line).collect()
}

#[test]
fn what_was_tried_in_vain_is_said_to_who_asks() {
    let schema =
        "create table member (id int8 primary key, active bool not null, name text not null);";
    let project = Project::new([
        ("migrations/1.sql", schema),
        ("queries/by_state.sql", "select id, name from member where active = $active"),
    ]);
    let shown = pgmi(&["index", project.arg(), "--verbose"]).expect(0).stdout;
    assert!(shown.contains("Declined: create index member_active_idx"), "{shown}");
    let quiet = pgmi(&["index", project.arg()]).expect(0).stdout;
    assert_eq!(quiet.trim(), "1 query: no index is missing");
}

#[test]
fn json_has_the_keys_that_it_promises() {
    let project = project();
    let json = pgmi(&["index", project.arg(), "--json"]).expect(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let created = &json["create"][0];
    assert_eq!(created["table"], "public.album");
    assert_eq!(created["serves"], serde_json::json!(["with_tags"]));
    assert!(created["cost_before"].as_f64() > created["cost_after"].as_f64(), "{created}");
    let sql = "drop index concurrently public.album_name_again";
    assert_eq!(json["drop"][0]["sql"], sql);
    assert_eq!(json["unhelped"][0]["query"], "tagged");
    assert!(json["unhelped"][0]["rewrite"].is_string());
    assert_eq!(json["unused"][0]["index"], "album_released_unasked");
    assert_eq!(json["lint"], serde_json::json!([]));
}

#[test]
fn an_index_goes_for_one_that_stays() {
    let schema = "create table t (id int8 primary key, x int4 not null, y int4 not null);
    create index t_x on t (x);
    create index t_xy on t (x, y);
    create index t_backwards on t (x desc, y desc);";
    let query = ("queries/some.sql", "select id from t where x = $x and y = $y");
    let project = Project::new([("migrations/1.sql", schema), query]);
    let shown = pgmi(&["index", project.arg()]).expect(0).stdout;
    for expected in [
        "t_x on public.t\n  t_xy begins with the same columns",
        "t_backwards on public.t\n  t_xy is the same index, read backwards",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
}

#[test]
fn what_no_index_helps_is_told_what_to_write() {
    let schema =
        "create table album (id int8 primary key, name text not null, meta jsonb not null);";
    let project = Project::new([
        ("migrations/1.sql", schema),
        ("queries/labelled.sql", "select id from album where jsonb_path_exists(meta, '$.label')"),
        ("queries/named.sql", "select id from album where name ilike $part || '%'"),
    ]);
    let shown = pgmi(&["index", project.arg()]).expect(0).stdout;
    for expected in [
        "write it as an operator, which indexes can know: `meta @? …`",
        "write `lower(name) like lower(…)`, which an index over `lower(name)` serves",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
}

const ACCOUNT: &str = "create table account (
  id int8 generated always as identity primary key, email text not null, name text not null, deleted_at timestamptz
);";

/// A crate whose settings say that of its accounts.
fn accounts(settings: &str) -> Project {
    let manifest = format!(
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[package.metadata.pgmi.index]\n{settings}\n"
    );
    let by_email = "select id, name from account where email = $email and deleted_at is null";
    let list = "select id, name from account where deleted_at is null order by name limit 20";
    Project::new([
        ("Cargo.toml", &*manifest),
        ("src/lib.rs", ""),
        ("db/migrations/1.sql", ACCOUNT),
        ("db/queries/by_email.sql", by_email),
        ("db/queries/list.sql", list),
    ])
}

fn index_of(project: &Project, options: &[&str]) -> pgmi_tests::Finished {
    let arguments = [&["index", "db"], options].concat();
    pgmi_tests::Command::new(&arguments).current_dir(project.path()).run()
}

#[test]
fn what_is_assumed_of_nulls_is_said_and_settings_say_otherwise() {
    let assumed = accounts("");
    let shown = index_of(&assumed, &[]).expect(0).stdout;
    let note = "Note: most rows are taken to be NULL in public.account.deleted_at, because";
    assert!(shown.contains(note) && shown.contains("(name);"), "{shown}");
    assert!(!shown.contains("where deleted_at is null;"), "{shown}");
    let json = index_of(&assumed, &["--json"]).expect(0).json();
    let expected = serde_json::json!([{ "column": "public.account.deleted_at", "nulls": "most" }]);
    assert_eq!(json["assumed"], expected);

    let said = accounts("nulls = { \"account.deleted_at\" = 2 }");
    let shown = index_of(&said, &[]).expect(0).stdout;
    assert!(!shown.contains("are taken"), "{shown}");
    assert!(shown.contains("(name) where deleted_at is null;"), "{shown}");

    std::fs::remove_file(assumed.join("db/queries/by_email.sql")).unwrap();
    let shown = index_of(&assumed, &[]).expect(0).stdout;
    let reason = "ordered by name; few rows are taken for `deleted_at is null`";
    assert!(shown.contains(reason), "{shown}");
}

/// Each of the two tables has to be read for the other.
#[test]
fn what_is_about_two_tables_is_told_once() {
    let schema = "create table customer (id int8 primary key, email text not null);
    create table purchase (id int8 primary key, customer int8 not null references customer, code text not null);";
    let query = "select p.id from purchase as p join customer as c on c.id = p.customer
                 where p.code = $code or c.email = $email";
    let project = Project::new([("migrations/1.sql", schema), ("queries/by_either.sql", query)]);
    let json = pgmi(&["index", project.arg(), "--json"]).expect(0).json();
    let unhelped = json["unhelped"].as_array().unwrap();
    assert_eq!(unhelped.len(), 1, "{json}");
    let reason = unhelped[0]["reason"].as_str().unwrap();
    assert!(reason.contains("purchase.code = $1 or customer.email = $2"), "{reason}");
}

/// The index is too dear for a table that is written to all the time.
#[test]
fn who_reads_all_rows_for_one_of_each_is_told_what_to_write() {
    let schema = "create table reading (
      id int8 primary key, sensor int4 not null, at timestamptz not null, value float8 not null
    );";
    let newest =
        "select distinct on (sensor) sensor, at, value from reading order by sensor, at desc";
    let project = Project::new([("migrations/1.sql", schema), ("queries/newest.sql", newest)]);
    for at in 0..20 {
        let query = format!("insert into reading values ($id, $sensor, $at, $value + {at})");
        project.write(format!("queries/put_{at}.sql"), query);
    }
    let shown = pgmi(&["index", project.arg()]).expect(0).stdout;
    for expected in [
        "No index helps newest: DISTINCT ON reads every row to keep one of each `sensor`",
        "order by … limit 1)`, which an index over (sensor, at desc) serves",
        "no index is missing",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
}

/// Of as many customers as orders most have one.
#[test]
fn why_an_order_is_not_kept_is_said() {
    let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[package.metadata.pgmi.index]\n\
                    rows = { customer = 20000, orders = 20000 }\n";
    let schema = "create table customer (id int8 primary key, email text not null);
    create table orders (
      id int8 primary key, customer int8 not null references customer, placed timestamptz not null, total int8 not null
    );";
    let recent = "select id from orders where customer = $c order by placed desc limit 20";
    let project = Project::new([
        ("Cargo.toml", manifest),
        ("src/lib.rs", ""),
        ("db/migrations/1.sql", schema),
        ("db/queries/recent.sql", recent),
        ("db/queries/sum.sql", "select sum(total) as total from orders where customer = $c"),
    ]);
    let shown = index_of(&project, &[]).expect(0).stdout;
    let reason = "customer = $1; among the rows that were tried too few are alike for recent to gain by (customer, placed)";
    assert!(shown.contains(reason), "{shown}");
}

/// The index for patterns would do for the join as well as the unique one does, and comes in its plan's company.
#[test]
fn an_index_is_not_credited_with_a_query_that_another_helps() {
    let schema = "create table tag (id int4 primary key, label text not null unique);
    create table document_tag (
      document int8 not null, tag int4 not null references tag on delete cascade, primary key (document, tag)
    );";
    let project = Project::new([
        ("migrations/1.sql", schema),
        ("queries/tag_like.sql", "select id from tag where label like $p order by label limit 10"),
        (
            "queries/with_tag.sql",
            "select d.document from document_tag as d join tag as t on t.id = d.tag where t.label = $l",
        ),
    ]);
    let json = pgmi(&["index", project.arg(), "--json"]).expect(0).json();
    let serves = |column: &str| {
        let all = json["create"].as_array().unwrap();
        let it = all.iter().find(|it| it["sql"].as_str().unwrap().contains(column));
        it.unwrap_or_else(|| panic!("{column}: {json}"))["serves"].to_string()
    };
    assert_eq!(serves("(label text_pattern_ops"), r#"["tag_like"]"#);
    assert_eq!(serves("(tag"), r#"["with_tag"]"#);
}

#[test]
fn what_is_written_can_be_applied_and_leaves_nothing_to_do() {
    let project = project();
    pgmi(&["index", project.arg(), "--write"]).expect(0);
    let written = project.read("migrations/002_indexes.sql");
    assert!(written.contains("create index concurrently album_tags_gin_idx"), "{written}");
    assert!(
        written.contains("-- drop index concurrently public.album_released_unasked"),
        "{written}"
    );
    pgmi(&["index", project.arg(), "--fail-on", "missing"]).expect(0);
    assert_eq!(
        pgmi(&["index", project.arg(), "--json"]).expect(0).stdout.matches("sql").count(),
        0
    );
}

#[test]
fn a_deployment_in_a_transaction_gets_a_migration_that_runs_in_one() {
    let deploy = "begin;
do $$ declare v_file record; begin
  for v_file in select content from pg_temp.pgmi_source_view where directory = './migrations/' order by path loop
    execute v_file.content;
  end loop;
end $$;
commit;";
    let project = Project::new([
        ("deploy.sql", deploy),
        ("migrations/7-album.sql", ALBUM),
        ("queries/with_tags.sql", "select id from album where tags @> $tags"),
    ]);
    pgmi(&["index", project.arg(), "--write"]).expect(0);
    let written = project.read("migrations/8-indexes.sql");
    assert!(written.contains("create index album_tags_gin_idx"), "{written}");
}

#[test]
fn a_query_that_is_refused_spoils_no_other() {
    let project = project();
    project.write("queries/wrong.sql", "select nothing from album");
    let finished = pgmi(&["index", project.arg(), "--json"]).expect(13);
    assert!(finished.stdout.contains("album_tags_gin_idx"), "{}", finished.stdout);
    assert!(finished.stderr.contains("query-failed"), "{}", finished.stderr);
}

#[test]
fn nothing_is_called_unused_beside_a_query_that_is_refused() {
    let project = project();
    project.write(
        "migrations/002_kinds.sql",
        "create table kind (id int primary key, a int, b text); create index on kind (a);",
    );
    let drops = || pgmi(&["index", project.arg(), "--json"]);
    let unused = drops();
    assert!(unused.stdout.contains("kind_a_idx"), "{}", unused.stdout);
    project.write("queries/by_a.sql", "select nothing from kind where a = $a");
    let refused = drops().expect(13);
    assert!(!refused.stdout.contains("kind_a_idx"), "{}", refused.stdout);
}

#[test]
fn a_migration_that_fails_is_shown_at_its_line() {
    let project = project();
    project.write("migrations/002_wrong.sql", "create index on album (nothing);");
    let finished = pgmi(&["index", project.arg()]).expect(13);
    assert!(finished.stderr.contains("migrations/002_wrong.sql:1"), "{}", finished.stderr);
}

#[test]
fn without_numbered_migrations_nothing_is_written() {
    let deploy = "create table t (a int, b text); ";
    let project = Project::new([
        ("deploy.sql", deploy),
        ("queries/of_a.sql", "select b from t where a = $a"),
    ]);
    let finished = pgmi(&["index", project.arg(), "--write"]).expect(2);
    assert!(finished.stderr.contains("--sql"), "{}", finished.stderr);
}

#[test]
fn a_database_that_is_none_is_blamed_on_the_flag_that_names_it() {
    let project = project();
    for flag in ["--live", "--stats-from"] {
        let done = pgmi(&["index", project.arg(), flag, "nonsense"]).expect(10);
        done.says(&[flag]).hides("--connection");
    }
}
