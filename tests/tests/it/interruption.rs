//! Timeouts, Ctrl-C, connections and servers that end in the middle.

use std::process::Child;

use pgmi_tests::{Database, Finished, Project, isolated, isolated_with, on_every_major};

/// A deployment that has made a table and sleeps, in its head or in its tail.
struct Sleeping {
    project: Project,
    child: Child,
}

const HEAD: &str = "begin; create table t (); select pg_sleep(600); commit;";
const TAIL: &str =
    "begin; create table t (); commit; create table u (); select pg_sleep(600); create table v ();";

impl Sleeping {
    fn start(db: &Database, sql: &str, arguments: &[&str]) -> Self {
        let project = Project::new([("deploy.sql", sql)]);
        let child = db.deploy_command(project.path(), arguments).spawn();
        db.until(&format!("select count(*) = 1 from pg_stat_activity where {SLEEPS}"));
        Self { project, child }
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// The end, and a new deployment that meets neither lock nor backend.
    fn end(self, db: &Database) -> Finished {
        let done = Finished::of(self.child);
        assert_eq!(db.value(&format!("select count(*) from pg_stat_activity where {SLEEPS}")), "0");
        self.project.write("deploy.sql", "create table again ()");
        db.deploy(&self.project, &[]).expect(0);
        done
    }
}

const SLEEPS: &str =
    "datname = current_database() and query like '%pg_sleep%' and wait_event = 'PgSleep'";

on_every_major! {
    fn a_killed_client_does_not_keep_the_lock(db: &Database) {
        let sleeping = Sleeping::start(db, HEAD, &[]);
        sleeping.signal(rustix::process::Signal::KILL);
        // The statement would run for ten minutes, and hold the lock.
        db.until(
            "select count(*) = 0 from pg_locks join pg_database d on d.oid = database
              where datname = current_database() and locktype = 'advisory'",
        );
        let Sleeping { project, mut child } = sleeping;
        child.wait().unwrap();
        project.write("deploy.sql", "create table again ()");
        db.deploy(&project, &[]).expect(0);
        assert!(!db.has("t"));
    }

    fn a_timeout_cancels_and_rolls_back(db: &Database) {
        let done = Sleeping::start(db, HEAD, &["--timeout", "1s"]).end(db).expect(16);
        let json = done.says(&["error[timeout]", "--timeout"]).json();
        assert_eq!(json["exitCode"], 16);
        assert_eq!(json["unitsCommitted"], 0);
        assert!(!db.has("t"));
    }

    fn a_timeout_in_the_tail_keeps_what_is_committed(db: &Database) {
        let done = Sleeping::start(db, TAIL, &["--timeout", "1s"]).end(db).expect(16).says(&["deploy.sql:1:"]);
        let json = done.json();
        assert_eq!((&json["executionUnits"], &json["unitsCommitted"]), (&4.into(), &2.into()));
        assert!(db.has("t") && db.has("u") && !db.has("v"));
    }

    fn the_timeout_of_pgmi_yaml_counts_unless_there_is_a_flag(db: &Database) {
        let project = Project::new([("pgmi.yaml", "timeout: 100ms\n"), ("deploy.sql", "select pg_sleep(600)")]);
        db.deploy(&project, &[]).expect(16);
        project.write("deploy.sql", "select pg_sleep(0.5)");
        db.deploy(&project, &["--timeout", "0"]).expect(0);
    }

    fn ctrl_c_cancels_and_rolls_back(db: &Database) {
        for signal in [rustix::process::Signal::INT, rustix::process::Signal::TERM] {
            db.run("drop table if exists again");
            let sleeping = Sleeping::start(db, HEAD, &[]);
            sleeping.signal(signal);
            let json = sleeping.end(db).expect(130).says(&["interrupted"]).json();
            assert_eq!(json["exitCode"], 130);
            assert!(!db.has("t"));
        }
    }

    fn ctrl_c_stops_also_what_catches_its_cancellation(db: &Database) {
        let stubborn = "do $$ begin loop
                begin perform pg_sleep(600); exception when query_canceled then null; end;
                exit when false;
            end loop; end $$";
        let sleeping = Sleeping::start(db, &format!("{stubborn}; create table t ();"), &[]);
        sleeping.signal(rustix::process::Signal::INT);
        let done = Finished::of(sleeping.child).expect(130);
        assert_eq!(done.json()["exitCode"], 130);
        assert!(!db.has("t"));
    }

    fn a_terminated_connection_is_said_to_be_lost(db: &Database) {
        for (sql, committed) in [(HEAD, 0), (TAIL, 2)] {
            db.run("drop table if exists t, u, again");
            let sleeping = Sleeping::start(db, sql, &[]);
            db.run(&format!("select pg_terminate_backend(pid) from pg_stat_activity where {SLEEPS}"));
            let json = sleeping.end(db).expect(11).says(&["error[connection-lost]"]).json();
            assert_eq!(json["exitCode"], 11);
            assert_eq!(json["unitsCommitted"], committed);
            assert_eq!(db.has("t"), committed > 0);
        }
    }

    fn a_killed_server_is_said_to_be_lost(major: u16) {
        let cluster = isolated(major);
        let connection = cluster.connection_string("postgres");
        let mut client = postgres::Client::connect(&connection, postgres::NoTls).unwrap();
        let project = Project::new([("deploy.sql", HEAD)]);
        let child = pgmi_tests::Command::new(&["deploy", project.arg(), "--json", "--connection", &connection]).spawn();
        let sleeps = format!("select count(*) = 1 from pg_stat_activity where {SLEEPS}");
        while !client.query_one(&sleeps, &[]).unwrap().get::<_, bool>(0) {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let server = rustix::process::Pid::from_raw(cluster.process_id().unwrap().cast_signed()).unwrap();
        rustix::process::kill_process(server, rustix::process::Signal::KILL).unwrap();
        let json = Finished::of(child).expect(11).says(&["error[connection-lost]"]).json();
        assert_eq!(json["exitCode"], 11);
    }

    fn a_server_that_crashes_and_comes_back_has_kept_what_was_committed(major: u16) {
        // Those of tests may lose the last moments; real ones do not.
        let cluster = isolated_with(major, |settings| {
            settings.options.push(("synchronous_commit".into(), "on".into()));
        });
        let connection = cluster.connection_string("postgres");
        for (sql, committed) in [(HEAD, 0), (TAIL, 2)] {
            let project = Project::new([("deploy.sql", sql)]);
            let child = pgmi_tests::Command::new(&["deploy", project.arg(), "--json", "--connection", &connection]).spawn();
            let mut client = postgres::Client::connect(&connection, postgres::NoTls).unwrap();
            let sleeps = format!("select pid from pg_stat_activity where {SLEEPS}");
            let backend = loop {
                if let Some(row) = client.query_opt(&sleeps, &[]).unwrap() {
                    break row.get::<_, i32>(0);
                }
                std::thread::sleep(std::time::Duration::from_millis(10));
            };
            // The server ends all sessions and recovers.
            let backend = rustix::process::Pid::from_raw(backend).unwrap();
            rustix::process::kill_process(backend, rustix::process::Signal::KILL).unwrap();
            let json = Finished::of(child).expect(11).says(&["error[connection-lost]"]).json();
            assert_eq!(json["unitsCommitted"], committed);
            while client.simple_query("").is_ok() {}
            // The next deployment waits for it.
            project.write("deploy.sql", "create table again ()");
            let deploy = pgmi_tests::Command::new(&["deploy", project.arg(), "--connection", &connection]);
            deploy.run().expect(0);
            let mut client = postgres::Client::connect(&connection, postgres::NoTls).unwrap();
            let there = "select count(*) from pg_class where relname in ('t', 'u', 'again')";
            assert_eq!(client.query_one(there, &[]).unwrap().get::<_, i64>(0), committed + 1);
            client.batch_execute("drop table if exists t, u, again").unwrap();
        }
    }
}
