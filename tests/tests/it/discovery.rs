//! Which files of a folder are loaded, and as what.

use pgmi_tests::{Database, Project, on_every_major};

/// Leaves what the session sees in the tables `sources` and `tests`.
const KEEP: &str = "begin;
    create table sources as table pg_temp.pgmi_source_view;
    create table tests as table pg_temp.pgmi_test_source_view;
    create table directories as table pg_temp.pgmi_test_directory_view;
    commit;";

const PATHS: &str = "select path from sources order by path collate \"C\"";

on_every_major! {
    fn files_are_rows(db: &Database) {
        let done = db.deploy(Project::new([
            ("deploy.sql", KEEP),
            ("migrations/001.sql", "select 1"),
            ("migrations/002.sql", "select 2"),
            ("config.yaml", "a: b\n"),
        ]), &[]);
        done.expect(0).says(&["Loaded 3 files"]);
        let rows = "select path, name, directory, extension, depth, size_bytes, path_parts, is_sql_file,
                           is_test_file, parent_folder_name, checksum = encode(sha256(convert_to(content, 'UTF8')), 'hex')
                      from sources order by path collate \"C\"";
        assert_eq!(db.rows(rows), [
            "./config.yaml|config.yaml|./|.yaml|0|5|{.,config.yaml}|f|f||t",
            "./migrations/001.sql|001.sql|./migrations/|.sql|1|8|{.,migrations,001.sql}|t|f|migrations|t",
            "./migrations/002.sql|002.sql|./migrations/|.sql|1|8|{.,migrations,002.sql}|t|f|migrations|t",
        ]);
    }

    fn some_names_are_left_out(db: &Database) {
        let project = Project::new([
            ("deploy.sql", KEEP),
            (".git/index", "a\0b"),
            (".venv/lib/a.py", "a"),
            ("node_modules/p/i.js", "a"),
            ("sub/node_modules/p/i.js", "a\0"),
            ("api/__pycache__/g.pyc", "a\0"),
            (".env", "A=b"),
            ("sub/.hidden", "a"),
            ("DEPLOY.SQL", "not SQL at all"),
            ("examples/deploy.sql", "select 1"),
            ("examples/node_modules.sql", "select 1"),
            ("__test__/t.sql", "select 1"),
            ("__test__/.hidden.sql", "\0"),
        ]);
        db.deploy(&project, &[]).expect(0).says(&["Loaded 3 files"]);
        assert_eq!(db.rows(PATHS), ["./examples/deploy.sql", "./examples/node_modules.sql"]);
        assert_eq!(db.value("select bool_and(is_sql_file) from sources"), "t");
        assert_eq!(db.rows("select path from tests"), ["./__test__/t.sql"]);
    }

    fn odd_names_fit(db: &Database) {
        let project = Project::new([
            ("deploy.sql", KEEP),
            ("z.", "a"),
            ("a'b\"c;--.sql", "select 1"),
            ("%s {} $1.sql", "select 1"),
            ("🙂/漢.pgsql", "select 1"),
            ("A", "upper"),
            ("a", "lower"),
        ]);
        db.deploy(&project, &[]).expect(0);
        assert_eq!(
            db.rows("select path, extension, is_sql_file from sources order by path collate \"C\""),
            [
                "./%s {} $1.sql|.sql|t",
                "./A||f",
                "./a||f",
                "./a'b\"c;--.sql|.sql|t",
                "./z.||f",
                "./🙂/漢.pgsql|.pgsql|t",
            ]
        );
    }

    fn test_folders_hold_tests(db: &Database) {
        let project = Project::new([
            ("deploy.sql", KEEP),
            ("__test__/_SETUP.SQL", "select 1"),
            ("__test__/README.md", "words"),
            ("__test__/deep/er/t.sql", "select 1"),
            ("__test__/data/rows.csv", "1,2"),
            ("api/__tests__/x.psql", "select 1"),
            ("api/__tests__/y.bak", "words"),
            ("_setup.sql", "select 'no fixture here'"),
        ]);
        db.deploy(&project, &[]).expect(0).says(&["Loaded 7 files"]);
        assert_eq!(db.rows(PATHS), ["./_setup.sql"]);
        assert_eq!(
            db.rows("select path, directory, filename, is_fixture from tests order by path collate \"C\""),
            [
                "./__test__/_SETUP.SQL|./__test__/|_SETUP.SQL|t",
                "./__test__/deep/er/t.sql|./__test__/deep/er/|t.sql|f",
                "./api/__tests__/x.psql|./api/__tests__/|x.psql|f",
            ]
        );
        assert_eq!(
            db.rows("select path, parent_path, depth from directories order by path collate \"C\""),
            [
                "./__test__/||0",
                "./__test__/data/|./__test__/|1",
                "./__test__/deep/er/|./__test__/|2",
                "./api/__tests__/||0",
            ]
        );
    }

    fn a_byte_order_mark_is_not_content(db: &Database) {
        let project = Project::new([
            ("deploy.sql", "\u{feff}begin; create table sources as table pg_temp.pgmi_source_view;
                do $$ begin execute (select content from pg_temp.pgmi_source_view where name = 'with.sql'); end $$; commit;"),
            ("migrations/with.sql", "\u{feff}CREATE TABLE t(i int);"),
            ("migrations/without.sql", "CREATE TABLE t(i int);"),
        ]);
        db.deploy(&project, &[]).expect(0);
        assert!(db.has("t"));
        assert_eq!(db.value("select count(distinct (checksum, pgmi_checksum, size_bytes)) from sources"), "1");
    }

    fn line_ends_are_kept(db: &Database) {
        let project = Project::new([("deploy.sql", KEEP), ("a.txt", "a\r\nb\rc\n\n")]);
        db.deploy(&project, &[]).expect(0);
        assert_eq!(db.value("select content = E'a\\r\\nb\\rc\\n\\n' from sources"), "t");
    }

    fn a_pgmiignore_leaves_files_out(db: &Database) {
        let project = Project::new([
            ("deploy.sql", KEEP),
            (".pgmiignore", "*.bin\n/docs/\n!kept.bin\n"),
            ("a.bin", "\0"),
            ("kept.bin", "text"),
            ("docs/__odd__/a.sql", "select 1"),
            ("a.sql", "select 1"),
        ]);
        db.deploy(&project, &[]).expect(0);
        assert_eq!(db.rows(PATHS), ["./a.sql", "./kept.bin"]);
    }
}

#[cfg(unix)]
#[test]
fn a_project_may_be_reached_through_a_symlink() {
    let db = Database::create(17);
    let project = Project::new([("real/deploy.sql", KEEP), ("real/a.sql", "select 1")]);
    std::os::unix::fs::symlink(project.join("real"), project.join("link")).unwrap();
    db.deploy(project.join("link"), &[]).expect(0);
    assert_eq!(db.rows(PATHS), ["./a.sql"]);
}

#[cfg(unix)]
#[test]
fn folders_that_are_left_out_are_not_entered() {
    let db = Database::create(17);
    let project = Project::new([("deploy.sql", KEEP), ("node_modules/a.js", ""), (".git/a", "")]);
    for folder in ["node_modules", ".git"] {
        std::os::unix::fs::symlink("/etc/passwd", project.join(folder).join("link")).unwrap();
    }
    db.deploy(&project, &[]).expect(0).says(&["Loaded 0 files"]);
}
