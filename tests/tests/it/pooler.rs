//! PgBouncer between pgmi and PostgreSQL: a transaction pooler is found out, a session pool serves.

use pgmi_tests::{Bouncer, Command, Database, Finished, Project, on_every_major};

fn deploy(bouncer: &Bouncer, db: &Database, project: &Project) -> Finished {
    let connection = bouncer.connection_string(db.name());
    Command::new(&["deploy", project.arg(), "--json", "--connection", &connection]).run()
}

on_every_major! {
    fn a_transaction_pool_is_found_out_and_left_clean(db: &Database) {
        for settings in [
            "pool_mode = transaction",
            "pool_mode = transaction\nignore_startup_parameters = options",
            "pool_mode = transaction\ndefault_pool_size = 1",
            "pool_mode = statement",
        ] {
            let Some(bouncer) = Bouncer::start(db.major(), settings) else { return };
            let project = Project::new([("deploy.sql", "begin; create table t (); commit;")]);
            let done = deploy(&bouncer, db, &project).expect(10).says(&["error[transaction-pooler]", "session mode"]);
            assert_eq!(done.json()["diagnostics"][0]["code"], "transaction-pooler", "{settings}");
            assert!(!db.has("t"));
            // Its lock is not left behind in the pool.
            project.write("deploy.sql", "select 1");
            db.deploy(&project, &[]).expect(0);
        }
    }

    fn a_session_pool_serves(db: &Database) {
        for settings in ["pool_mode = session", "pool_mode = session\nignore_startup_parameters = options"] {
            let Some(bouncer) = Bouncer::start(db.major(), settings) else { return };
            let project = Project::new([
                ("a.sql", "drop table if exists t; create table t ();"),
                ("__test__/t.sql", "select 1"),
                ("deploy.sql", "begin;
                    do $$ begin execute (select content from pg_temp.pgmi_source_view); end $$;
                    CALL pgmi_test();
                    commit;
                    create index concurrently on t ((1));"),
            ]);
            for _ in 0..2 {
                deploy(&bouncer, db, &project).expect(0);
            }
            assert!(db.has("t"));
        }
    }
}
