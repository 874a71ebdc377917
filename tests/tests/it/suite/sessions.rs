//! What tests find in their session: what `deploy.sql` left there.

use pgmi_tests::{Project, on_every_major};

use super::{check, project, results, test};

on_every_major! {
    fn roles_settings_functions_and_parameters_are_as_in_a_deployment(major: u16) {
        let project = Project::new([
            ("deploy.sql",
             "begin isolation level repeatable read;
              create schema app; create table app.t (n int); grant usage on schema app to pg_monitor; grant select on app.t to pg_monitor;
              create function pg_temp.three(text) returns int language sql as 'select 3';
              set local search_path to app, public;
              select set_config('shop.tenant', 'it''s \\ ours', true);
              set role pg_monitor;
              call pgmi_test();
              commit;"),
            ("pgmi.yaml", "params:\n  env: development\n"),
            ("__test__/a.sql", &check("select pg_temp.three('x') = 3")),
            ("__test__/b.sql", &check("select current_user = 'pg_monitor' and session_user <> current_user")),
            ("__test__/c.sql", &check("select count(*) = 0 from t")),
            ("__test__/d.sql", &check(r"select current_setting('shop.tenant') = 'it''s \ ours'")),
            ("__test__/e.sql", &check("select current_setting('pgmi.env') = 'production'")),
            ("__test__/f.sql", &check("select current_setting('transaction_isolation') = 'repeatable read'")),
            ("__test__/g.sql", &check("select count(*) = 1 from pg_temp.pgmi_source_view")),
        ]);
        let done = test(&project, major, &["--param", "env=production", "--keep-going", "--json", "--jobs", "2"]);
        let done = done.expect(0);
        assert_eq!(results(&done).len(), 7);
        assert_eq!(done.json()["notes"].as_array().map(Vec::len), Some(0));
    }

    fn a_temporary_table_keeps_the_tests_in_the_session_of_deploy_sql(major: u16) {
        let project = project(&[
            ("a.sql", &check("select count(*) = 2 from seen")),
            ("b.sql", "insert into seen values (3); select pg_terminate_backend(pg_backend_pid());"),
            ("c.sql", &check("select count(*) = 2 from seen")),
        ]);
        project.write("deploy.sql",
            "create table early (n int); commit; vacuum;
             begin; create temporary table seen on commit drop as values (1), (2); call pgmi_test(); commit;");
        let done = test(&project, major, &["--json", "--keep-going"]).expect(13);
        assert_eq!(results(&done), ["passed ./__test__/a.sql", "failed ./__test__/b.sql", "passed ./__test__/c.sql"]);
        done.says(&["note: deploy.sql leaves the temporary relation seen to its tests"]);
    }

    fn each_call_sees_what_is_before_it(major: u16) {
        let project = Project::new([
            ("deploy.sql",
             "begin; create table t (a int); call pgmi_test('/before/'); alter table t rename a to b; call pgmi_test('/after/'); commit;
              begin; drop table t; call pgmi_test('/tail/'); commit;"),
            ("__test__/after/x.sql", "select b from t"),
            ("__test__/before/x.sql", "select a from t"),
            ("__test__/never.sql", "select 1 / 0"),
            ("__test__/tail/x.sql", &check("select to_regclass('t') is null")),
        ]);
        let done = test(&project, major, &["--json"]).expect(0);
        assert_eq!(results(&done), [
            "passed ./__test__/before/x.sql",
            "passed ./__test__/after/x.sql",
            "passed ./__test__/tail/x.sql",
            "notRun ./__test__/never.sql",
        ]);
        assert_eq!(done.json()["tests"][3]["reason"], "no CALL pgmi_test of deploy.sql selects it");
    }

    fn tests_that_nobody_calls_run_behind_the_deployment(major: u16) {
        let project = project(&[("a.sql", &check("select count(*) = 1 from t"))]);
        project.write("deploy.sql", "begin; create table t (n int); commit; insert into t values (1);");
        assert_eq!(results(&test(&project, major, &["--json"]).expect(0)), ["passed ./__test__/a.sql"]);
    }

    fn what_a_deployment_would_refuse_is_refused_here(major: u16) {
        let project = project(&[("a.sql", "select 1")]);
        for (sql, words) in [
            ("create table t (n int);\n  call pgmi_test();", &["deploy.sql:2:3", "this needs a transaction", "between BEGIN; and COMMIT;"][..]),
            ("begin;\n create table t (n itn);\ncall pgmi_test(); commit;", &["deploy.sql:2:20", "type \"itn\" does not exist"]),
            ("begin; call pgmi_test('('); commit;", &["deploy.sql:1:8", "Invalid regex pattern"]),
        ] {
            project.write("deploy.sql", sql);
            test(&project, major, &[]).expect(13).says(words);
        }
        project.write("deploy.sql", "begin; select 1 from (call pgmi_test()) as x; commit;");
        test(&project, major, &[]).expect(10).says(&["this test call stands inside another statement"]);
    }
}
