//! `CALL pgmi_test(…)`; which spellings it has is tested in the engine too.

use pgmi_tests::{Database, Project, on_every_major, pgmi};

/// Two test files that leave their name in a table which is not rolled back with them.
fn project(deploy_sql: &str) -> Project {
    Project::new([
        ("__test__/a/t.sql", "select nextval('ran_a')"),
        ("__test__/b/t.sql", "select nextval('ran_b')"),
        (
            "deploy.sql",
            &deploy_sql.replace("BEGIN;", "begin; create sequence ran_a; create sequence ran_b;"),
        ),
    ])
}

fn ran(db: &Database) -> String {
    db.value("select (select last_value * is_called::int from ran_a) || ' ' || (select last_value * is_called::int from ran_b)")
}

on_every_major! {
    fn every_spelling_runs_the_tests(db: &Database) {
        let done = db.deploy(project(
            "BEGIN;
             CALL pgmi_test();
             call PGMI_TEST ( ) ;
             Call pg_temp.pgmi_test('/a/');
             CALL/**/pgmi_test(NULL, 'pg_temp.pgmi_test_callback');
             CALL -- words
               pgmi_test('',
               'pg_temp.pgmi_test_callback' /* words */)  ;
             select '—'; /* 漢字\u{a0} */CALL pgmi_test('/b/');
             commit;",
        ), &[]);
        assert_eq!(done.expect(0).json()["testMacros"], 6);
        assert_eq!(ran(db), "5 5");
    }

    fn what_only_looks_like_a_call_is_left_alone(db: &Database) {
        let done = db.deploy(project(
            "BEGIN;
             select 'CALL pgmi_test();', E'\\' CALL pgmi_test();', $$CALL pgmi_test();$$;
             -- CALL pgmi_test();
             /* /* CALL pgmi_test(); */ CALL pgmi_test(); */
             do $x$ begin if false then CALL pgmi_test(); end if; end $x$;
             select 1 as \"CALL pgmi_test();\";
             commit;",
        ), &[]);
        assert_eq!(done.expect(0).json()["testMacros"], 0);
        assert_eq!(ran(db), "0 0");
    }

    fn another_form_is_a_procedure_that_does_not_exist(db: &Database) {
        for call in ["CALL pgmi_test(E'/a/');", "CALL pgmi_test($$/a/$$);", "CALL pgmi_test(pattern => 'a');"] {
            let json = db.deploy_sql(&format!("begin; {call} commit;")).expect(13).says(&["CALL pgmi_test();"]).json();
            assert_eq!(json["sqlstate"], "42883", "{call}");
            assert_eq!(json["testMacros"], 0);
        }
        let json = db.deploy_sql("begin; CALL pgmi_testing(); commit;").expect(13).json();
        assert_eq!(json["sqlstate"], "42883");
        let json = db.deploy_sql("begin; CALL pgmi_test(").expect(13).json();
        assert_eq!(json["sqlstate"], "42601");
    }

    fn a_pattern_may_hold_a_quote(db: &Database) {
        let project = Project::new([
            ("__test__/it's/t.sql", "select 1"),
            ("__test__/other/t.sql", "select 1 / 0"),
            ("deploy.sql", "begin; CALL pgmi_test('/it''s/'); commit;"),
        ]);
        db.deploy(&project, &[]).expect(0).says(&["[pgmi] Test: ./__test__/it's/t.sql", "(2 steps)"]);
    }

    fn a_bad_pattern_leads_to_its_call(db: &Database) {
        let json = db.deploy(Project::new([
            ("__test__/t.sql", "select 1"),
            ("deploy.sql", "begin;\nCALL pgmi_test('/t/');\n  CALL pgmi_test('(');\ncommit;"),
        ]), &[]).expect(13).json();
        assert_eq!(json["error"], "Invalid regex pattern: (");
        assert_eq!((&json["script"], &json["line"], &json["column"]), (&"deploy.sql".into(), &3.into(), &3.into()));
    }

    fn without_a_transaction_it_says_so(db: &Database) {
        let bare = project("create sequence ran_a; create sequence ran_b; CALL pgmi_test();");
        let json = db.deploy(&bare, &[]).expect(13).says(&["CALL pgmi_test() sets savepoints", "deploy.sql:1:"]).json();
        assert_eq!(json["sqlstate"], "25P01");
        assert!(!db.has("ran_a"));

        let tail = project("BEGIN; create table kept (); commit;\n\nCALL pgmi_test();");
        let json = db.deploy(&tail, &[]).expect(13).says(&["deploy.sql:3:1"]).json();
        assert_eq!(json["sqlstate"], "25P01");
        assert_eq!(json["executionMode"], "psql");
        assert!(db.has("kept"));
    }

    fn a_transaction_of_the_tail_runs_tests_too(db: &Database) {
        let done = db.deploy(project("BEGIN; commit; begin; CALL pgmi_test('/b/'); commit; select 1;"), &[]);
        let json = done.expect(0).json();
        assert_eq!(json["unitsCommitted"], json["executionUnits"]);
        assert_eq!(ran(db), "0 1");
    }
}

#[test]
fn a_callback_that_is_no_name_is_refused_before_anything_connects() {
    let project = Project::new([(
        "deploy.sql",
        "begin;\n  CALL pgmi_test(NULL, 'pg_temp.x; DROP TABLE y');\ncommit;",
    )]);
    let done =
        pgmi(&["deploy", project.arg(), "--connection", "host=127.0.0.1 port=1 user=x dbname=x"]);
    done.expect(10).says(&["deploy.sql:2:3", "not a function's name"]);
}
