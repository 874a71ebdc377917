//! `cargo pgmi index` with databases that are in use: `--live`, `--stats-from`, and what the crate says of others.

use pgmi_tests::{Command, Database, Project, on_every_major, pgmi};
use serde_json::json;

const TABLE: &str =
    "create table album (id int8 primary key, name text not null, artist int8 not null);";
const DOUBLE: &str = "create index album_id_again on album (id);";

fn project() -> Project {
    Project::new([
        ("migrations/1.sql", format!("{TABLE} {DOUBLE}")),
        ("queries/by_name.sql", "select id from album where name = $name".to_owned()),
    ])
}

fn with_rows(db: &Database, rows: u32) {
    db.run(&format!(
        "{TABLE} {DOUBLE} insert into album select i, 'name ' || i, i % 100 from generate_series(1, {rows}) as i; analyze;"
    ));
}

/// Everything that there is, and where it lies.
fn catalog(db: &Database) -> Vec<String> {
    db.rows(
        "select concat_ws(' ', oid, relname, relfilenode, relpages) from pg_class
         union all select concat_ws(' ', indexrelid, indisvalid) from pg_index
         union all select concat_ws(' ', oid, proname) from pg_proc
         union all select concat_ws(' ', starelid, staattnum) from pg_statistic
         union all select concat_ws(' ', oid, datname) from pg_database where datname = current_database()
         order by 1",
    )
}

/// What is found with a live database that was left as it was.
fn live(db: &Database, project: &Project) -> serde_json::Value {
    let before = catalog(db);
    let found = pgmi(&["index", project.arg(), "--json", "--live", &db.connection_string()]);
    let found = found.expect(0).json();
    assert_eq!(catalog(db), before);
    found
}

on_every_major! {
    fn a_live_database_is_read_and_left_as_it_is(db: &Database) {
        with_rows(db, 5000);
        let found = live(db, &project());
        assert_eq!(found["create"][0]["sql"], "create index concurrently album_name_idx on public.album using btree (name)");
        assert_eq!((&found["create"][0]["tried"], &found["create"][0]["cost_after"]), (&json!(false), &json!(null)));
        let reason = found["drop"][0]["reason"].as_str().unwrap();
        assert!(reason.ends_with("(not tried: nothing is dropped in a live database)"), "{reason}");
        // Without HypoPG nothing is tried, and that is said.
        let shown = pgmi(&["index", project().arg(), "--live", &db.connection_string()]).expect(0).stdout;
        assert!(shown.contains("no index could be tried") && shown.contains("Worth trying on public.album"), "{shown}");
        let sql = pgmi(&["index", project().arg(), "--sql", "--live", &db.connection_string()]).expect(0).stdout;
        assert!(sql.contains("-- It could not be tried in that database"), "{sql}");
        // What nobody tried is no reason to fail.
        let run = pgmi(&["index", project().arg(), "--fail-on", "missing", "--live", &db.connection_string()]);
        run.expect(0).says(&["Not counted for --fail-on"]);
    }

    fn of_what_cannot_be_tried_the_least_is_proposed(db: &Database) {
        with_rows(db, 5000);
        let project = Project::new([
            ("migrations/1.sql", TABLE),
            ("queries/by_artist.sql", "select id from album where artist = $artist"),
            ("queries/first.sql", "select id from album where artist = $artist and name > $name order by name limit 5"),
            ("queries/both.sql", "select id from album where artist = $artist and name = $name"),
            ("queries/or.sql", "select id from album where artist = $artist or name = $name"),
        ]);
        let found = live(db, &project);
        let sql: Vec<_> = found["create"].as_array().unwrap().iter().map(|it| it["sql"].as_str().unwrap()).collect();
        // What begins with another is that one, too.
        let expected = ["(artist, name)", "(name)"];
        assert!(sql.len() == 2 && sql.iter().all(|it| expected.iter().any(|end| it.ends_with(end))), "{sql:?}");
    }

    fn what_hypopg_does_not_know_is_worth_trying(db: &Database) {
        let there = db.value("select count(*) from pg_available_extensions where name = 'hypopg'");
        if there == "0" {
            eprintln!("left out: PostgreSQL {} comes without hypopg", db.major());
            return;
        }
        let table = "create table tagged (id int8 primary key, tags text[] not null, name text not null);";
        db.run(&format!("{table} insert into tagged select i, array['t' || i % 500], 'n' || i from generate_series(1, 5000) as i;
                         analyze; create extension hypopg;"));
        let project = Project::new([
            ("migrations/1.sql", table),
            ("queries/by_tags.sql", "select id from tagged where tags @> $tags"),
            ("queries/by_name.sql", "select id from tagged where name = $name"),
        ]);
        let found = live(db, &project);
        let tried: Vec<_> = found["create"].as_array().unwrap().iter().map(|it| it["tried"].as_bool().unwrap()).collect();
        assert!(tried.contains(&true) && tried.contains(&false), "{found}");
    }

    fn hypopg_says_what_an_index_would_be_worth(db: &Database) {
        let there = db.value("select count(*) from pg_available_extensions where name = 'hypopg'");
        if there == "0" {
            eprintln!("left out: PostgreSQL {} comes without hypopg", db.major());
            return;
        }
        with_rows(db, 5000);
        db.run("create extension hypopg");
        let found = live(db, &project());
        let cost = |name: &str| found["create"][0][name].as_f64().unwrap();
        assert!(cost("cost_after") < cost("cost_before") / 5.0, "{found}");
    }

    fn a_small_table_of_a_live_database_needs_nothing(db: &Database) {
        with_rows(db, 20);
        assert_eq!(live(db, &project())["create"], serde_json::json!([]));
    }

    fn who_may_not_read_the_live_database_is_told(db: &Database) {
        with_rows(db, 20);
        let role = db.name().replace("t_", "r_");
        db.run(&format!("create role \"{role}\" login"));
        let as_role = db.connection_string().replace("user=postgres", &format!("user={role}"));
        assert_ne!(as_role, db.connection_string());
        let before = catalog(db);
        for option in ["--live", "--stats-from"] {
            let run = pgmi(&["index", project().arg(), option, &as_role]);
            let run = run.expect(13);
            let grant = format!("grant select on public.album to {role}");
            run.says(&["error[insufficient-privilege]", "permission denied", &grant, "pg_read_all_data"]);
        }
        assert_eq!(catalog(db), before);
        db.run(&format!("drop role \"{role}\""));
    }

    fn statistics_decide_about_rows_and_about_concurrently(db: &Database) {
        with_rows(db, 40);
        db.run("create table track (id int8 primary key, name text not null);
                insert into track select i, 'name ' || i from generate_series(1, 30000) as i; analyze track;");
        let project = Project::new([
            ("migrations/1.sql", TABLE),
            ("migrations/2.sql", "create table track (id int8 primary key, name text not null);
                                  create table fresh (id int8 primary key, name text not null);"),
            ("queries/of_album.sql", "select id from album where name = $name"),
            ("queries/of_track.sql", "select id from track where name = $name"),
            ("queries/of_fresh.sql", "select id from fresh where name = $name"),
        ]);
        let run = pgmi(&["index", project.arg(), "--sql", "--stats-from", &db.connection_string()]);
        let sql = run.expect(0).stdout;
        // Forty rows are read faster than any index.
        assert!(!sql.contains("on public.album"), "{sql}");
        assert!(sql.contains("create index concurrently track_name_idx"), "{sql}");
        // Nobody waits for a table that is not there yet.
        assert!(sql.contains("create index fresh_name_idx"), "{sql}");
    }
}

/// A crate whose project has an index that no query uses.
fn app(settings: &str) -> Project {
    let manifest = format!(
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[package.metadata.pgmi.index]\n{settings}\n"
    );
    let schema = format!("{TABLE} create index album_artist on album (artist);");
    Project::new([
        ("Cargo.toml", manifest.as_str()),
        ("src/lib.rs", ""),
        ("db/migrations/1.sql", &schema),
        ("db/queries/by_id.sql", "select name from album where id = $id"),
    ])
}

fn index_of(app: &Project, arguments: &[&str]) -> String {
    let arguments = [&["index", "db"], arguments].concat();
    let run = Command::new(&arguments).current_dir(app.path()).run();
    run.expect(0).stdout
}

#[test]
fn what_nobody_but_the_crate_could_use_is_dropped() {
    let sql = index_of(&app("sole-client = true"), &["--sql"]);
    assert!(sql.contains("\ndrop index concurrently public.album_artist;"), "{sql}");
    let sql = index_of(&app("sole-client = true\nconcurrently = false"), &["--sql"]);
    assert!(sql.contains("\ndrop index public.album_artist;"), "{sql}");
}

#[test]
fn what_others_may_use_is_not_dropped() {
    let sql = index_of(&app(""), &["--sql"]);
    assert!(sql.contains("\n-- drop index concurrently public.album_artist;"), "{sql}");
    for pattern in ["public.*", "public.album", "*"] {
        let app = app(&format!("sole-client = true\nexternal = [{pattern:?}]"));
        assert_eq!(index_of(&app, &["--sql"]), "", "{pattern}");
        let app = self::app(&format!("external = [{pattern:?}]"));
        let shown = index_of(&app, &[]);
        assert!(shown.contains("1 query: no index is missing"), "{shown}");
    }
}
