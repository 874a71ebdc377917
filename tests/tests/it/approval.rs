//! Asking a person before a database is dropped: a terminal is there, and somebody types.
#![cfg(unix)]

use std::io::Read;
use std::process::Child;

use pgmi_tests::{Command, Database, Finished, Project};

/// Starts to overwrite a database that holds the table `kept`.
fn overwrite(
    db: &Database,
    project: &Project,
    arguments: &[&str],
    typed: &str,
) -> (Child, std::fs::File) {
    db.run("create table if not exists kept ()");
    let connection = db.connection_string().replace(db.name(), "postgres");
    let common =
        ["deploy", project.arg(), "--connection", &connection, "-d", db.name(), "--overwrite"];
    Command::new(&[&common, arguments].concat()).spawn_on_terminal(typed)
}

fn project() -> Project {
    Project::new([("deploy.sql", "create table deployed ()")])
}

#[test]
fn the_name_of_the_database_is_the_only_yes() {
    let (db, project) = (Database::create(18), project());
    for (typed, words) in [
        ("yes\n", "not the database's name"),
        ("\n", "not the database's name"),
        (&format!("{}x\n", db.name()), "not the database's name"),
        // Ctrl-D.
        ("\u{4}", "no answer"),
    ] {
        let (child, _terminal) = overwrite(&db, &project, &[], typed);
        let done = Finished::of(child).expect(12);
        done.says(&["all its data", "Type its name", words, "nothing was changed"]);
        assert!(db.has("kept") && !db.has("deployed"));
    }
    let (child, _terminal) = overwrite(&db, &project, &[], &format!("  {} \n", db.name()));
    Finished::of(child).expect(0).says(&["Recreated database"]);
    assert!(!db.has("kept") && db.has("deployed"));
}

#[test]
fn a_variable_says_that_nobody_is_there() {
    let (db, project) = (Database::create(18), project());
    let connection = db.connection_string().replace(db.name(), "postgres");
    let arguments =
        ["deploy", project.arg(), "--connection", &connection, "-d", db.name(), "--overwrite"];
    let command = Command::new(&arguments).env("PGMI_NON_INTERACTIVE", "1");
    let (child, _terminal) = command.spawn_on_terminal(&format!("{}\n", db.name()));
    Finished::of(child).expect(12).says(&["nobody is there to approve", "--force"]);
}

#[test]
fn ctrl_c_while_asked_or_warned_changes_nothing() {
    let (db, project) = (Database::create(18), project());
    for (arguments, until) in
        [(&[][..], "Type its name to go on: "), (&["--force"], "Ctrl-C stops this")]
    {
        let (mut child, _terminal) = overwrite(&db, &project, arguments, "");
        let mut said = String::new();
        let stderr = child.stderr.as_mut().unwrap();
        while !said.contains(until) {
            let mut some = [0; 64];
            let length = stderr.read(&mut some).unwrap();
            assert!(length > 0, "{said}");
            said += &String::from_utf8_lossy(&some[..length]);
        }
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
        Finished::of(child).expect(130);
        assert!(db.has("kept") && !db.has("deployed"));
    }
}
