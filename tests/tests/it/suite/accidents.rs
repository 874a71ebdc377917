//! Tests that hang, kill their server process, or take the server down.

use pgmi_tests::{Command, isolated, on_every_major};

use super::{check, project, results, test};

on_every_major! {
    fn a_test_that_hangs_is_cancelled_and_the_run_goes_on(major: u16) {
        let project = project(&[
            ("a.sql", "select 1;\nselect pg_sleep(600);"),
            ("b.sql", &check("select count(*) = 0 from t")),
        ]);
        let done = test(&project, major, &["--test-timeout", "300ms", "--keep-going", "--json"]).expect(13);
        assert_eq!(results(&done), ["failed ./__test__/a.sql", "passed ./__test__/b.sql"]);
        done.says(&["Failed in ./__test__/a.sql: took longer than 300ms", "--test-timeout"]);
    }

    fn a_test_that_kills_its_server_process_fails_and_the_run_goes_on(major: u16) {
        let project = project(&[
            ("_setup.sql", "insert into t values (1);"),
            ("a.sql", "select pg_terminate_backend(pg_backend_pid());"),
            ("b.sql", &check("select count(*) = 1 from t")),
            ("c/_setup.sql", "insert into t values (1);"),
            ("c/d.sql", "select pg_terminate_backend(pg_backend_pid());"),
            ("c/e.sql", &check("select count(*) = 2 from t")),
        ]);
        for jobs in ["1", "3"] {
            let done = test(&project, major, &["--keep-going", "--json", "--jobs", jobs]).expect(13);
            assert_eq!(results(&done), [
                "passed ./__test__/_setup.sql",
                "failed ./__test__/a.sql",
                "passed ./__test__/b.sql",
                "passed ./__test__/c/_setup.sql",
                "failed ./__test__/c/d.sql",
                "passed ./__test__/c/e.sql",
            ]);
            done.says(&["Failed in ./__test__/a.sql: its server process ended while it ran", "--> ./__test__/a.sql:1:1"]);
        }
    }

    fn a_crash_is_blamed_on_the_test_that_caused_it(major: u16) {
        // The others must be under way when it happens.
        let waiter = "select pg_sleep(0.3);";
        let project = project(&[
            ("a/crash.sql", "select pg_sleep(0.1); create temporary table pid as select pg_backend_pid() as pid;
                             copy (select pid from pid) to program 'xargs kill -9';select pg_sleep(60);"),
            ("b/wait.sql", waiter),
            ("c/wait.sql", waiter),
        ]);
        let server = isolated(major);
        let done = Command::new(&["test", project.arg(), "--keep-going", "--json", "--jobs", "3"])
            .env("PGMI_SERVER", server.connection_string("postgres"))
            .run()
            .expect(13);
        assert_eq!(results(&done), [
            "failed ./__test__/a/crash.sql",
            "passed ./__test__/b/wait.sql",
            "passed ./__test__/c/wait.sql",
        ]);
    }
}
