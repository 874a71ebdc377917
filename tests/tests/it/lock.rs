//! Two deployments at once: one of them, on each database.

use pgmi_tests::{Command, Database, Finished, Project, on_every_major};

/// The key that every tool of session API v1 takes.
const KEY: &str = "hashtextextended('pgmi.deploy.' || current_database(), 0)";

on_every_major! {
    fn a_held_lock_is_refused_at_once_and_its_holder_named(db: &Database) {
        let project = Project::new([("deploy.sql", "create table t ()")]);
        let mut holder = db.client();
        holder.batch_execute(&format!("set application_name = 'another tool'; select pg_advisory_lock({KEY})")).unwrap();
        let pid: i32 = holder.query_one("select pg_backend_pid()", &[]).unwrap().get(0);
        let done = db.deploy(&project, &[]).expect(15);
        let done = done.says(&[
            &format!("concurrent deployment in progress: another pgmi deployment is already running against \"{}\"", db.name()),
            "another tool",
            &format!("process {pid} (another tool) of role postgres has held the lock since 20"),
        ]);
        assert_eq!(done.json()["exitCode"], 15);
        assert!(!db.has("t"));

        let other = Database::create(db.major());
        other.deploy(&project, &[]).expect(0);

        drop(holder);
        db.until(&format!("select pg_try_advisory_lock({KEY})"));
        db.until("select count(*) = 0 from pg_locks where locktype = 'advisory' and database =
                  (select oid from pg_database where datname = current_database())");
        db.deploy(&project, &[]).expect(0);
    }

    fn the_second_deployment_is_refused_while_the_first_runs(db: &Database) {
        let mut gate = db.client();
        gate.batch_execute("select pg_advisory_lock(42)").unwrap();
        let project = Project::new([("deploy.sql", "select pg_advisory_lock(42); create table t ();")]);
        let first = db.deploy_command(project.path(), &[]).spawn();
        db.until("select count(*) = 1 from pg_stat_activity
                   where datname = current_database() and wait_event = 'advisory'");
        db.deploy(&project, &[]).expect(15);
        gate.batch_execute("select pg_advisory_unlock(42)").unwrap();
        Finished::of(first).expect(0);
        assert!(db.has("t"));
        assert_eq!(db.deploy(&project, &[]).expect(13).json()["sqlstate"], "42P07");
    }

    fn the_lock_is_free_after_every_failure(db: &Database) {
        for (sql, code) in [
            ("select 1 / 0", 13),
            ("begin; commit; select 1 / 0", 13),
            ("begin; commit; begin; select 1 / 0", 13),
            ("CALL pgmi_test('(')", 13),
            ("select pg_advisory_lock(1); select 1 / 0", 13),
            ("select pg_terminate_backend(pg_backend_pid())", 11),
        ] {
            db.deploy_sql(sql).expect(code);
            db.deploy_sql("select 1").expect(0);
        }
    }

    fn the_role_that_deploys_need_not_see_the_holder(db: &Database) {
        let role = format!("{}_deployer", db.name());
        db.run(&format!("create role \"{role}\" login; grant all on database \"{}\" to \"{role}\"", db.name()));
        let mut holder = db.client();
        holder.batch_execute(&format!("select pg_advisory_lock({KEY})")).unwrap();
        let project = Project::new([("deploy.sql", "select 1")]);
        let connection = db.connection_string().replace("user=postgres", &format!("user={role}"));
        let done = Command::new(&["deploy", project.arg(), "--connection", &connection]).run();
        db.run(&format!("drop owned by \"{role}\"; drop role \"{role}\""));
        done.expect(15);
    }

    /// Whoever loses the race to create the database is told so; nobody fails in another way.
    fn deployments_that_create_the_database_at_once_all_end_well(major: u16) {
        let db = Database::missing(major);
        let project = Project::new([("deploy.sql", "create table if not exists t ()")]);
        let children: Vec<_> = (0..4).map(|_| db.deploy_command(project.path(), &[]).spawn()).collect();
        let done: Vec<_> = children.into_iter().map(Finished::of).collect();
        assert!(done.iter().any(|it| it.code == Some(0)), "{done:?}");
        assert!(done.iter().all(|it| matches!(it.code, Some(0 | 15))), "{done:?}");
        db.deploy(&project, &[]).expect(0);
        assert!(db.has("t"));
    }
}
