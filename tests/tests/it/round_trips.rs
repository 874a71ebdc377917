//! What a deployment costs besides the user's own statements: round trips, whatever the number of files.

use pgmi_tests::{Database, Project, Relay, on_every_major, pgmi, socket_of};

/// Deploys through a relay and counts; the session's beginning is not a round trip.
fn round_trips(db: &Database, project: &Project) -> usize {
    let relay = Relay::to(&socket_of(&db.connection_string()));
    let port = relay.port().to_string();
    let finished = pgmi(&[
        "deploy",
        project.arg(),
        "-h",
        "127.0.0.1",
        "-p",
        &port,
        "-U",
        "postgres",
        "-d",
        db.name(),
        "--sslmode",
        "disable",
        "--param",
        "a=b",
    ]);
    assert_eq!(finished.code, Some(0), "{}", finished.stderr);
    relay.ready_count() - 1
}

on_every_major! {
    fn files_cost_no_round_trips(db: &Database) {
        let project = Project::new([("deploy.sql", "begin; call pgmi_test(); commit; select 1; select 2;")]);
        project.write("__test__/a.sql", "select 1");
        let few = round_trips(db, &project);
        for number in 0..300 {
            project.write(format!("m/{number}.sql"), "select 1;");
        }
        let many = round_trips(db, &project);
        // Guard and tables, load, views, tests, unlock; and the user's head and two statements.
        assert_eq!((few, many), (5 + 3, 5 + 3));
    }

    fn no_test_call_costs_one_less(db: &Database) {
        let project = Project::new([("deploy.sql", "select 1;")]);
        assert_eq!(round_trips(db, &project), 4 + 1);
    }
}
