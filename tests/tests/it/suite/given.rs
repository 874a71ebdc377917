//! Tests in a database of the user's.

use pgmi_tests::{Command, Database, Finished, Project, on_every_major};

use super::{check, project, results};

fn test(db: &Database, project: &Project, arguments: &[&str]) -> Finished {
    let connection = db.connection_string();
    let common = ["test", project.arg(), "--connection", &connection, "--json"];
    Command::new(&[&common, arguments].concat()).run()
}

on_every_major! {
    fn nothing_of_it_stays(db: &Database) {
        let project = project(&[
            ("a.sql", &check("select count(*) = 0 from t")),
            ("b.sql", "select pg_terminate_backend(pg_backend_pid())"),
            ("c.sql", &check("select count(*) = 0 from t")),
        ]);
        let done = test(db, &project, &["--keep-going"]).expect(13);
        assert_eq!(results(&done), ["passed ./__test__/a.sql", "failed ./__test__/b.sql", "passed ./__test__/c.sql"]);
        assert_eq!(done.json()["name"], db.name());
        assert!(!db.has("t"));
        project.write("deploy.sql", "create table t (n int);");
        test(db, &project, &["--filter", "/[ac]"]).expect(0);
        assert!(!db.has("t"), "a deploy.sql without a transaction of its own gets one");
        // The lock was given back.
        db.deploy(&project, &[]).expect(0);
    }

    fn what_is_deployed_there_can_be_tested_as_it_is(db: &Database) {
        db.run("create table t (n int); insert into t values (7)");
        let project = project(&[("a.sql", &check("select n = 7 from t"))]);
        project.write("deploy.sql", "begin; select 1 / 0; call pgmi_test(); commit;");
        let done = test(db, &project, &["--as-it-is"]).expect(0);
        assert_eq!(results(&done), ["passed ./__test__/a.sql"]);
        test(db, &project, &[]).expect(13).says(&["division by zero", "deploy.sql"]);
    }

    fn a_commit_before_the_tests_is_no_rehearsal(db: &Database) {
        let project = project(&[("a.sql", "select 1")]);
        project.write("deploy.sql", "begin; create table t (n int); commit;\nbegin; call pgmi_test(); commit;");
        test(db, &project, &[]).expect(10).says(&["commits before it calls these tests", "deploy.sql:2:8", "committed here", "--as-it-is"]);
        assert!(!db.has("t"));
    }

    fn a_database_that_is_not_there_is_not_made(db: &Database) {
        let missing = Database::missing(db.major());
        test(&missing, &project(&[("a.sql", "select 1")]), &[]).expect(11).says(&["does not exist"]);
        assert!(!missing.exists());
    }
}
