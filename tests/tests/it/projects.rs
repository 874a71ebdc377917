//! Every project of tests/projects and every example, deployed twice on every major.

use std::path::{Path, PathBuf};

use pgmi_tests::{Database, on_every_major};

/// What a deployment comes to.
enum Comes {
    /// Exit 0, with so many files and so many expanded macros.
    Through { files: u64, macros: u64 },
    /// Exit 13 with this SQLSTATE, at this place.
    ToGrief { sqlstate: &'static str, script: &'static str, line: u64 },
}
use Comes::{Through, ToGrief};

fn folder(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

fn twice(db: &Database, path: &str, comes: &Comes) {
    for _ in 0..2 {
        let done = db.deploy(folder(path), &[]);
        match comes {
            Through { files, macros } => {
                let json = done.expect(0).json();
                assert_eq!(json["filesLoaded"], *files);
                assert_eq!(json["testMacros"], *macros);
                assert_eq!(json["warnings"], serde_json::Value::Null);
            }
            ToGrief { sqlstate, script, line } => {
                let json = done.expect(13).json();
                assert_eq!(json["sqlstate"], *sqlstate, "{json:#}");
                assert_eq!(json["script"], *script, "{json:#}");
                assert_eq!(json["line"], *line, "{json:#}");
                assert!(tables(db).is_empty(), "{:?}", tables(db));
            }
        }
    }
}

fn tables(db: &Database) -> Vec<String> {
    db.rows(
        "select schemaname || '.' || tablename from pg_tables
              where schemaname !~ '^(pg_|information_schema)' order by 1",
    )
}

on_every_major! {
    fn minimal(db: &Database) {
        twice(db, "tests/projects/minimal", &Through { files: 0, macros: 0 });
    }

    fn nested_tests(db: &Database) {
        twice(db, "tests/projects/nested-tests", &Through { files: 8, macros: 1 });
        assert_eq!(db.value("select count(*) from trace"), "0");
    }

    fn plan_order(db: &Database) {
        twice(db, "tests/projects/plan-order", &Through { files: 6, macros: 0 });
    }

    fn odd_names(db: &Database) {
        twice(db, "tests/projects/odd-names", &Through { files: 9, macros: 0 });
    }

    fn empty_tail(db: &Database) {
        twice(db, "tests/projects/empty-tail", &Through { files: 0, macros: 0 });
    }

    fn two_macros(db: &Database) {
        twice(db, "tests/projects/two-macros", &Through { files: 3, macros: 2 });
    }

    fn failing_test(db: &Database) {
        let comes = ToGrief { sqlstate: "23505", script: "./__test__/test_fail.sql", line: 3 };
        twice(db, "tests/projects/failing-test", &comes);
    }

    fn failing_migration_analysis(db: &Database) {
        let comes = ToGrief { sqlstate: "42703", script: "./migrations/007_x.sql", line: 4 };
        twice(db, "tests/projects/failing-migration-analysis", &comes);
    }

    fn failing_migration_runtime(db: &Database) {
        let comes = ToGrief { sqlstate: "23505", script: "./migrations/002_currencies.sql", line: 9 };
        twice(db, "tests/projects/failing-migration-runtime", &comes);
    }

    fn failing_nested_function(db: &Database) {
        let comes = ToGrief { sqlstate: "BK001", script: "./functions/withdraw.sql", line: 17 };
        twice(db, "tests/projects/failing-nested-function", &comes);
    }

    fn shop(db: &Database) {
        let files = files_of("examples/shop/db");
        twice(db, "examples/shop/db", &Through { files, macros: 1 });
        assert_eq!(db.value("select count(*) >= 30 from deployment.migrations"), "t");
    }

    fn phased(db: &Database) {
        let project = "examples/phased/db";
        let comes = Through { files: files_of(project), macros: 1 };
        twice(db, project, &comes);
        let invalid = "select count(*) from pg_index where not indisvalid";
        assert_eq!(db.value(invalid), "0");

        let contracted = db.deploy(folder(project), &["--param", "contract=true"]);
        contracted.expect(0);
        let old = "select count(*) from information_schema.columns where column_name = 'full_name'";
        assert_eq!(db.value(old), "0");
        twice(db, project, &comes);
    }

    fn metadata(db: &Database) {
        let files = files_of("examples/metadata/db");
        twice(db, "examples/metadata/db", &Through { files, macros: 1 });
    }

    fn todo(db: &Database) {
        let files = files_of("examples/todo/db");
        twice(db, "examples/todo/db", &Through { files, macros: 1 });
    }
}

/// All files of a folder but its deploy.sql.
fn files_of(path: &str) -> u64 {
    fn count(folder: &Path) -> u64 {
        let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&folder(path)) - 1
}
