//! A person looks on: one line says what is going on.

use std::io::Read;

use pgmi_tests::{Command, Database, Project};

/// Reads a terminal until it shows this.
fn until(terminal: &mut std::fs::File, words: &str) -> String {
    let mut seen = String::new();
    while !seen.contains(words) {
        let mut some = [0; 256];
        let length = terminal.read(&mut some).unwrap_or_default();
        assert!(length > 0, "not shown: {words}\n{seen}");
        seen += &String::from_utf8_lossy(&some[..length]);
    }
    seen
}

#[test]
fn what_takes_long_is_named_until_it_ends() {
    let db = Database::create(18);
    db.run("create table t ()");
    // The deployment waits for us, so that nothing depends on how long anything takes.
    let mut client = db.client();
    let mut transaction = client.transaction().unwrap();
    transaction.batch_execute("lock table t").unwrap();
    let project =
        Project::new([("deploy.sql", "do $$ begin raise notice 'begun'; end $$; select from t;")]);
    let connection = db.connection_string();
    let arguments = ["deploy", project.arg(), "--connection", &connection];
    let (mut child, mut terminal) = Command::new(&arguments).spawn_before_eyes();
    let seen = until(&mut terminal, "Executing deploy.sql (");
    assert!(seen.contains("begun"), "{seen}");
    assert!(!seen.contains("\u{1b}[3"), "NO_COLOR is set: {seen}");
    transaction.rollback().unwrap();
    until(&mut terminal, "0 files loaded");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn elsewhere_there_are_plain_lines() {
    let db = Database::create(18);
    let project = Project::new([("deploy.sql", "select pg_sleep(1.5)")]);
    let done = db.deploy(&project, &[]).expect(0);
    assert!(!done.stderr.contains('\u{1b}') && !done.stderr.contains('\r'), "{}", done.stderr);
    assert!(done.stderr.lines().any(|line| line == "Executing deploy.sql"));
}
