//! `deploy --check` and `deploy --dry-run`: before anything happens, and as if it had not.

use pgmi_tests::{Database, Project, on_every_major, pgmi};

#[test]
fn all_mistakes_are_found_in_one_run_without_a_server() {
    let project = Project::new([
        (
            "deploy.sql",
            "begin;\nvacuum;\nselect current_setting('pgmi.env');\ncommit;\ncall pgmi_test();",
        ),
        ("functions/f.sql", "begin; select 1; commit;"),
        ("__test__/t.sql", "\n\\echo hello"),
    ]);
    let done = pgmi(&["deploy", "--check", "--json", project.arg()]).expect(10);
    let done = done.says(&[
        "error[in-transaction]",
        "deploy.sql:2:1",
        "error[not-in-transaction]",
        "deploy.sql:5:1",
        "error[transaction-in-file]",
        "./functions/f.sql:1:1",
        "error[psql-command]",
        "./__test__/t.sql:2:1",
        "error[parameter-missing]",
        "deploy.sql:3:24",
    ]);
    let shown = done.json();
    assert_eq!(shown["status"], "failed");
    assert_eq!(shown["exitCode"], 10);
    assert_eq!(shown["diagnostics"].as_array().map(Vec::len), Some(5));

    project.write(
        "deploy.sql",
        "begin; select current_setting('pgmi.env'); call pgmi_test(); commit; vacuum;",
    );
    project.write("functions/f.sql", "select 1").write("__test__/t.sql", "select 1");
    let done = pgmi(&["deploy", "--check", "--json", project.arg(), "--param", "env=x"]).expect(0);
    assert_eq!(
        (&done.json()["status"], &done.json()["testMacros"]),
        (&"success".into(), &1.into())
    );
    assert!(done.stderr.contains("OK 2 files checked"), "{}", done.stderr);
    assert!(done.json()["database"].is_null());
}

/// A dump, or a script for psql: what is beside its commands is looked at all the same.
#[test]
fn commands_of_psql_hide_nothing() {
    let project = Project::new([
        ("deploy.sql", "\\set ON_ERROR_STOP on\n\\echo it's\nbegin;\nvacuum;\n\\i a.sql\ncommit;"),
        ("a.sql", "\\d t\ncommit;\n"),
    ]);
    pgmi(&["deploy", "--check", project.arg()]).expect(10).says(&[
        "deploy.sql:1:1",
        "deploy.sql:2:1",
        "error[in-transaction]",
        "deploy.sql:4:1",
        "deploy.sql:5:1",
        "./a.sql:1:1",
        "error[transaction-in-file]",
        "./a.sql:2:1",
    ]);
}

#[test]
fn a_check_finds_what_reading_finds() {
    let project = Project::new([("deploy.sql", "copy t from stdin;"), ("a.sql", "select 1")]);
    pgmi(&["deploy", "--check", project.arg()]).expect(13).says(&["error[copy-stdin]"]);
    pgmi(&["deploy", "--check", project.arg(), "--param", "1=x"]).expect(10);
    let empty = Project::empty();
    pgmi(&["deploy", "--check", empty.arg()]).expect(14);
    pgmi(&["deploy", "--check", "--dry-run", empty.arg()]).expect(2);
}

/// A project whose tail can be seen by what it does.
fn project() -> Project {
    Project::new([
        ("deploy.sql",
         "begin; create table t (n int primary key); select set_config('pgmi.x', '1', true); insert into t values (1);
          savepoint s; call pgmi_test(); rollback to savepoint s; commit;
          create index concurrently i on t (n);
          do $$ begin
            raise notice 'tail'; end $$;"),
        ("__test__/t.sql", "do $$ begin assert (select count(*) from t) = 1; end $$"),
    ])
}

on_every_major! {
    fn a_dry_run_runs_the_head_and_leaves_nothing(db: &Database) {
        let report = project();
        let wanted = format!("json={}", report.join("tests.json").display());
        let done = db.deploy(&report, &["--dry-run", "--report", &wanted]).expect(0);
        let done = done.says(&[
            "[pgmi] Test: ./__test__/t.sql",
            "Not run: deploy.sql:3: create index concurrently i on t (n);",
            "Not run: deploy.sql:4: do $$ begin",
            "all of it rolled back",
        ]).hides("tail");
        let shown = done.json();
        assert_eq!((&shown["dryRun"], &shown["unitsCommitted"], &shown["testMacros"]), (&true.into(), &0.into(), &1.into()));
        assert_eq!(shown["notRun"][0]["line"], 3);
        assert!(!db.has("t"));
        assert!(report.read("tests.json").contains("\"passed\": 1"));
        // The lock is free again.
        db.deploy(&report, &[]).expect(0);
        assert!(db.has("t"));
    }

    fn a_dry_run_fails_as_the_deployment_would(db: &Database) {
        let project = project();
        project.write("__test__/u.sql", "select\n nme");
        let done = db.deploy(&project, &["--dry-run"]).expect(13);
        done.says(&["error[test-failed]", "./__test__/u.sql:2:2"]);
        // What waits for COMMIT is seen, too.
        project.write("deploy.sql",
            "begin;\ncreate table a (n int primary key);\ncreate table b (n int references a deferrable initially deferred);
             insert into b values (1);\ncommit;");
        let done = db.deploy(&project, &["--dry-run"]).expect(13);
        assert_eq!(done.json()["sqlstate"], "23503");
        assert!(!db.has("a"));
    }

    fn a_script_without_a_transaction_is_undone_too(db: &Database) {
        db.deploy(Project::new([("deploy.sql", "create table t (); select 1;")]), &["--dry-run"]).expect(0);
        assert!(!db.has("t"));
        db.deploy(Project::new([("deploy.sql", "vacuum;")]), &["--dry-run"]).expect(13).says(&["a rehearsal runs in a transaction"]);
    }

    fn a_dry_run_makes_no_database(db: &Database) {
        let missing = Database::missing(db.major());
        missing.deploy(project(), &["--dry-run"]).expect(11).says(&["does not exist", "cargo pgmi db create -d", "--throwaway"]);
        assert!(!missing.exists());
    }

    fn the_lock_can_be_waited_for(db: &Database) {
        const KEY: &str = "hashtextextended('pgmi.deploy.' || current_database(), 0)";
        let mut holder = db.client();
        holder.batch_execute(&format!("set application_name = 'the other'; select pg_advisory_lock({KEY})")).unwrap();
        let done = db.deploy(project(), &["--lock-wait", "300ms"]).expect(15);
        done.says(&["Another deployment is running", "the other", "waiting for its end", "error[concurrent-deploy]"]);
        let child = {
            let project = project();
            let mut command = db.deploy_command(project.path(), &["--lock-wait", "2m"]);
            let child = command.spawn();
            db.until("select count(*) > 0 from pg_stat_activity where datname = current_database() and application_name = 'pgmi'");
            (child, project)
        };
        drop(holder);
        pgmi_tests::Finished::of(child.0).expect(0);
        db.deploy(project(), &["--lock-wait", "soon"]).expect(10);
    }
}
