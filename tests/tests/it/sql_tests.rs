//! Test plan, fixtures, savepoints, events.

use pgmi_tests::{Project, on_every_major};

/// Keeps what a suite does, past every rollback: a table written after it, from notices it cannot see,
/// would not; sequences do not roll back, but hold no words. So the plan is read, and events are notices.
const NESTED: &[&str] = &[
    "__test__/_setup.sql",
    "__test__/test_a.sql",
    "__test__/test-b.sql",
    "__test__/orders/_setup.sql",
    "__test__/orders/test_o1.sql",
    "__test__/orders/deep/er/test_d.sql",
    "__test__/admin/test_adm.sql",
    "api/__tests__/x.sql",
];

const CALLBACK: &str = "create function pg_temp.tell(e pg_temp.pgmi_test_event) returns void language plpgsql as $$ begin
    raise notice '> % % % % % %', e.event, coalesce(e.path, '-'), coalesce(nullif(e.directory, ''), '-'), e.depth, e.ordinal,
        coalesce(e.context::text, '-');
end $$;";

fn told(stderr: &str) -> Vec<&str> {
    stderr.lines().filter_map(|line| line.strip_prefix("> ")).collect()
}

on_every_major! {
    fn the_plan_is_depth_first(db: &Database) {
        let project = Project::new(NESTED.iter().map(|path| (path, "select 1")));
        project.write("deploy.sql",
            "begin;
             create table plan as select * from pg_temp.pgmi_test_plan();
             create table deep as select * from pg_temp.pgmi_test_plan('/deep/');
             create table nothing as select * from pg_temp.pgmi_test_plan('/nothing/');
             CALL pgmi_test();
             commit;");
        db.deploy(&project, &[]).expect(0).says(&["[pgmi] Test suite started", "[pgmi] Test suite completed (13 steps)"]);
        let rows = |table: &str| db.rows(&format!(
            "select ordinal, step_type, coalesce(script_path, directory), depth from {table} order by ordinal"));
        assert_eq!(rows("plan"), [
            "1|fixture|./__test__/_setup.sql|0",
            "2|test|./__test__/test-b.sql|0",
            "3|test|./__test__/test_a.sql|0",
            "4|test|./__test__/admin/test_adm.sql|1",
            "5|teardown|./__test__/admin/|1",
            "6|fixture|./__test__/orders/_setup.sql|1",
            "7|test|./__test__/orders/test_o1.sql|1",
            "8|test|./__test__/orders/deep/er/test_d.sql|3",
            "9|teardown|./__test__/orders/deep/er/|3",
            "10|teardown|./__test__/orders/|1",
            "11|teardown|./__test__/|0",
            "12|test|./api/__tests__/x.sql|0",
            "13|teardown|./api/__tests__/|0",
        ]);
        assert_eq!(rows("deep"), [
            "1|fixture|./__test__/_setup.sql|0",
            "2|fixture|./__test__/orders/_setup.sql|1",
            "3|test|./__test__/orders/deep/er/test_d.sql|3",
            "4|teardown|./__test__/orders/deep/er/|3",
            "5|teardown|./__test__/orders/|1",
            "6|teardown|./__test__/|0",
        ]);
        assert_eq!(rows("nothing"), [""; 0]);
    }

    fn every_event_comes_in_order(db: &Database) {
        let project = Project::new([
            ("__test__/_setup.sql", "select 1"),
            ("__test__/t.sql", "select 1"),
            ("deploy.sql", &format!("begin; {CALLBACK} CALL pgmi_test(NULL, 'pg_temp.tell'); commit;")),
        ]);
        let done = db.deploy(&project, &[]).expect(0);
        assert_eq!(told(&done.stderr), [
            "suite_start - - 0 0 -",
            "fixture_start ./__test__/_setup.sql ./__test__/ 0 1 -",
            "fixture_end ./__test__/_setup.sql ./__test__/ 0 1 -",
            "test_start ./__test__/t.sql ./__test__/ 0 2 -",
            "test_end ./__test__/t.sql ./__test__/ 0 2 -",
            "rollback ./__test__/t.sql ./__test__/ 0 2 -",
            "teardown_start - ./__test__/ 0 3 -",
            "teardown_end - ./__test__/ 0 3 -",
            "suite_end - - 0 3 -",
        ]);
    }

    fn only_events_outside_savepoints_leave_rows(db: &Database) {
        let record = "begin; create table if not exists events (n serial, event text, depth int);
            truncate events;
            create function pg_temp.record(e pg_temp.pgmi_test_event) returns void language sql as
            $$ insert into events (event, depth) values (e.event, e.depth) $$;
            CALL pgmi_test(NULL, 'pg_temp.record'); commit;";
        for files in [
            &["__test__/t.sql"][..],
            &["__test__/t.sql", "__test__/_setup.sql"],
            &["__test__/t.sql", "__test__/_setup.sql", "__test__/sub/_setup.sql", "__test__/sub/t.sql", "__test__/sub/u.sql"],
        ] {
            let project = Project::new(files.iter().map(|path| (path, "select 1")));
            project.write("deploy.sql", record);
            db.deploy(&project, &[]).expect(0);
            assert_eq!(db.rows("select event, depth from events order by n"), [
                "suite_start|0", "teardown_end|0", "suite_end|0",
            ], "{files:?}");
        }
    }

    fn tests_see_fixtures_and_not_each_other(db: &Database) {
        let three = "do $$ begin assert (select count(*) from t) = 3, (select count(*) from t); end $$;";
        let four = "do $$ begin assert (select count(*) from t) = 4, (select count(*) from t); end $$;";
        let insert = "insert into t values (1);";
        let project = Project::new([
            ("__test__/_setup.sql", "insert into t values (1), (2), (3)"),
            ("__test__/a.sql", &format!("{three} {insert} {four}")),
            ("__test__/b.sql", &format!("{three} {insert}")),
            ("__test__/empty/child/c.sql", three),
            ("__test__/sub/_setup.sql", insert),
            ("__test__/sub/d.sql", four),
            ("__test__/zub/e.sql", three),
            ("deploy.sql", "begin; create table t (i int); CALL pgmi_test(); commit;"),
        ]);
        let done = db.deploy(&project, &[]).expect(0);
        assert_eq!(done.json()["testMacros"], 1);
        assert_eq!(db.value("select count(*) from t"), "0");
    }

    fn the_files_of_a_fixture_run_in_byte_order(db: &Database) {
        let project = Project::new([
            ("__test__/_setup.sql", "create temp table order_of (n serial, name text); insert into order_of (name) values ('sql')"),
            ("__test__/_setup.psql", "do $$ begin assert to_regclass('order_of') is null; end $$"),
            ("__test__/test-b.sql", "select 1"),
            ("__test__/test_a.sql", "select 1"),
            ("__test__/testc.sql", "select 1"),
            ("__test__/TestZ.sql", "select 1"),
            ("__test__/README.md", "select 1 / 0"),
            ("deploy.sql", "begin; CALL pgmi_test(); commit;"),
        ]);
        let done = db.deploy(&project, &[]).expect(0);
        let ran: Vec<_> = done.stderr.lines().filter_map(|line| line.strip_prefix("[pgmi] Test: ./__test__/")).collect();
        assert_eq!(ran, ["TestZ.sql", "test-b.sql", "test_a.sql", "testc.sql"]);
    }

    fn a_pattern_leaves_failing_tests_out(db: &Database) {
        let project = Project::new([
            ("__test__/passing/t.sql", "select 1"),
            ("__test__/failing/_setup.sql", "select 1 / 0"),
            ("__test__/failing/t.sql", "select 1 / 0"),
            ("deploy.sql", "begin; CALL pgmi_test('/passing/'); commit;"),
        ]);
        db.deploy(&project, &[]).expect(0);
        project.write("deploy.sql", "begin; CALL pgmi_test('/PASSING/'); commit;");
        db.deploy(&project, &[]).expect(13).says(&["pgmi: no tests matched the requested pattern"]);
    }

    fn a_failing_fixture_stops_everything(db: &Database) {
        let project = Project::new([
            ("__test__/_setup.sql", "do $$ begin raise 'not today' using errcode = 'AB123', hint = 'try later'; end $$"),
            ("__test__/t.sql", "select 1"),
            ("deploy.sql", "begin; create table t (); CALL pgmi_test(); commit;"),
        ]);
        let done = db.deploy(&project, &[]).expect(13);
        let json = done.json();
        assert_eq!(json["error"], "Failed in ./__test__/_setup.sql: not today");
        assert_eq!(json["sqlstate"], "AB123");
        assert_eq!(json["hint"], "try later");
        assert_eq!(json["failedFile"], "./__test__/_setup.sql");
        assert!(!done.stderr.contains("[pgmi] Test: "), "{}", done.stderr);
        assert!(!db.has("t"));
    }

    fn a_failing_test_undoes_the_deployment(db: &Database) {
        let project = Project::new([
            ("__test__/a.sql", "select 1"),
            ("__test__/test_fail.sql", "insert into t values (1);\ninsert into t values (1);"),
            ("__test__/z.sql", "select 1"),
            ("deploy.sql", "begin; create table t (i int primary key); CALL pgmi_test(); commit;"),
        ]);
        let done = db.deploy(&project, &[]).expect(13);
        let json = done.json();
        assert_eq!(json["error"],
            "Failed in ./__test__/test_fail.sql: duplicate key value violates unique constraint \"t_pkey\"");
        assert_eq!(json["sqlstate"], "23505");
        assert_eq!(json["detail"], "Key (i)=(1) already exists.");
        assert_eq!((&json["script"], &json["line"]), (&"./__test__/test_fail.sql".into(), &2.into()));
        assert_eq!(json["diagnostics"][0]["code"], "test-failed");
        assert!(!done.stderr.contains("z.sql"), "{}", done.stderr);
        assert!(!db.has("t"));
    }

    fn failed_assertions_are_failures(db: &Database) {
        let project = Project::new([
            ("__test__/t.sql", "do $$\nbegin\n  assert 1 = 2, 'one is not two';\nend $$"),
            ("deploy.sql", "begin; CALL pgmi_test(); commit;"),
        ]);
        let json = db.deploy(&project, &[]).expect(13).says(&["./__test__/t.sql:3:3"]).json();
        assert_eq!(json["error"], "Failed in ./__test__/t.sql: one is not two");
        assert_eq!(json["sqlstate"], "P0004");
    }

    fn a_suite_without_tests_is_a_failure(db: &Database) {
        for (file, call, words) in [
            ("a.sql", "CALL pgmi_test();", "pgmi: no tests were discovered"),
            ("__test__/_setup.sql", "CALL pgmi_test();", "pgmi: no tests were discovered"),
            ("__test__/t.sql", "CALL pgmi_test('/nothing/');", "pgmi: no tests matched the requested pattern"),
        ] {
            let project = Project::new([(file, "select 1")]);
            project.write("deploy.sql", format!("begin; create table t ();\n  {call}\ncommit;"));
            let done = db.deploy(&project, &[]).expect(13).says(&["deploy.sql:2:3"]);
            let json = done.json();
            assert_eq!(json["error"], words);
            assert_eq!(json["sqlstate"], "P0002");
            assert!(json["hint"].is_string());
            assert!(!db.has("t"));
        }
    }

    fn empty_tests_pass(db: &Database) {
        let project = Project::new([
            ("__test__/empty.sql", ""),
            ("__test__/comment.sql", "-- nothing"),
            ("__test__/select.sql", "SELECT 1;"),
            ("deploy.sql", "begin; CALL pgmi_test(); commit;"),
        ]);
        db.deploy(&project, &[]).expect(0).says(&["(4 steps)"]);
    }

    fn paths_with_quotes_are_run(db: &Database) {
        let project = Project::new([
            ("__test__/it's a $pgmi$ 'test' %s.sql", "create temp table ran ()"),
            ("deploy.sql", "begin; CALL pgmi_test(); commit;"),
        ]);
        db.deploy(&project, &[]).expect(0).says(&["[pgmi] Test: ./__test__/it's a $pgmi$ 'test' %s.sql"]);
    }
}
