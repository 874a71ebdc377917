//! Projects inside programs: `embed!`, `pgmi_build::check`, and what the compiler says about bad ones.

use std::fs;
use std::process::Command;

use pgmi_tests::{Database, Krate, build};

#[test]
fn embed_shows_the_compiler_what_is_wrong() {
    for case in ["embed-missing", "embed-no-deploy-sql", "embed-wrong"] {
        Krate::new(case).refuses("check");
    }
}

#[test]
fn embed_carries_every_file() {
    let krate = Krate::new("embed-fine");
    assert_eq!(krate.run(), krate.expected("stdout"));
}

#[test]
fn embed_is_compiled_again_when_a_file_changes() {
    let krate = Krate::named("embed-fine", "embed-changes");
    assert!(krate.run().contains("deploy.sql 10\n"));
    fs::write(krate.folder().join("db/deploy.sql"), "select 1234;\n").unwrap();
    assert!(krate.run().contains("deploy.sql 13\n"));
}

#[test]
fn check_fails_the_build_with_every_finding() {
    for case in ["build-wrong", "build-missing"] {
        Krate::new(case).refuses("check");
    }
}

#[test]
fn check_runs_again_when_a_file_comes_or_goes() {
    let krate = Krate::named("build-fine", "build-changes");
    assert!(krate.cargo("check").status.success());
    let link = krate.folder().join("db/__tset__");
    fs::create_dir(&link).unwrap();
    let refused = krate.said("check");
    assert!(refused.contains("__tset__"), "{refused}");
    fs::remove_dir(&link).unwrap();
    assert!(krate.cargo("check").status.success());
}

#[test]
fn a_program_deploys_what_is_inside_it() {
    let database = Database::create(18);
    let program = build("embedded-cli");
    for _ in 0..2 {
        let output = Command::new(&program).arg(database.connection_string()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.trim(), format!("{}: 13 files deployed", database.name()));
    }
    let tasks = "select count(*) from pg_class where oid = 'todo.tasks'::regclass";
    assert_eq!(database.client().query_one(tasks, &[]).unwrap().get::<_, i64>(0), 1);

    database.run("drop table todo.tasks cascade; create view todo.tasks as select 1 as id");
    database.run("delete from todo.applied_migrations where path like '%003%'");
    let output = Command::new(&program).arg(database.connection_string()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("--> ./migrations/003_tasks.sql:"), "{said}");
}

/// Nobody can give a program the flags of `cargo pgmi`.
#[test]
fn a_program_is_told_what_can_be_done_in_a_program() {
    let program = build("embedded-cli");
    let said = |connection: &str| {
        let mut command = Command::new(&program);
        for name in ["USER", "USERNAME", "PGUSER"] {
            command.env_remove(name);
        }
        let output = command.arg(connection).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    for (connection, words) in [
        ("", "the connection string of the program is empty"),
        ("hots=h user=u", "the connection string of the program"),
        ("postgres://u@h:abc/d", "port from the connection string of the program"),
        ("postgres://h/d", "write the user into the connection string, or set PGUSER"),
    ] {
        let said = said(connection);
        assert!(said.contains(words), "{said}");
        assert!(!said.contains(" --"), "{said}");
    }

    let database = Database::create(18);
    let mut holder = database.client();
    let lock = "select pg_advisory_lock(hashtextextended('pgmi.deploy.' || current_database(), 0))";
    holder.batch_execute(lock).unwrap();
    let said = said(&database.connection_string());
    assert!(said.contains("deploy again when it has ended; `cargo pgmi deploy --lock"), "{said}");
}
