//! `db create`, `drop` and `reset`.

use pgmi_tests::{Command, Database, Finished, on_every_major, pgmi};

fn db(action: &str, on: &Database, arguments: &[&str]) -> Finished {
    let connection = on.connection_string().replace(on.name(), "postgres");
    let common = ["db", action, "--connection", &connection, "-d", on.name()];
    Command::new(&[&common, arguments].concat()).run()
}

on_every_major! {
    fn databases_come_and_go(major: u16) {
        let it = Database::missing(major);
        db("drop", &it, &["--yes"]).expect(0).says(&["does not exist: nothing to drop"]);
        db("create", &it, &[]).expect(0).says(&[&format!("Database \"{}\"", it.name()), "created"]);
        db("create", &it, &[]).expect(0).says(&["is there already"]);
        it.run("create table kept ()");
        db("drop", &it, &[]).expect(12).says(&["nobody is there to approve", "--yes", "nothing was changed"]);
        assert!(it.has("kept"));
        let other = it.client();
        db("drop", &it, &["--yes"]).expect(0).says(&["dropped"]);
        drop(other);
        assert!(!it.exists());
        db("reset", &it, &["--yes"]).expect(0).says(&["did not exist: created"]);
        assert!(it.exists());
    }

    fn what_the_database_was_like_survives_a_reset(it: &Database) {
        let name = it.name();
        it.run(&format!("create table gone (); alter database \"{name}\" set statement_timeout = '7s'; \
                         alter database \"{name}\" connection limit 9; comment on database \"{name}\" is 'mine'"));
        db("reset", it, &["--yes"]).expect(0).says(&["dropped and created again"]);
        assert!(!it.has("gone"));
        assert_eq!(it.value("show statement_timeout"), "7s");
        assert_eq!(it.value("select datconnlimit, shobj_description(oid, 'pg_database') from pg_database \
                             where datname = current_database()"), "9|mine");
    }
}

#[test]
fn a_server_elsewhere_has_to_be_meant() {
    let elsewhere = ["-h", "db.example", "-U", "app", "-d", "shop", "--yes"];
    for action in ["drop", "reset"] {
        let done = pgmi(&[&["db", action], &elsewhere[..]].concat()).expect(10);
        let words = format!("refusing to {action} database \"shop\" on db.example:5432");
        done.says(&[&words, "not this machine", "--remote"]);
    }
    // One of several is enough.
    let several = "host=localhost,db.example user=app dbname=shop";
    pgmi(&["db", "drop", "--yes", "--connection", several]).expect(10).says(&["--remote"]);
    let nowhere = "host=192.0.2.1,127.0.0.1 port=1 user=app dbname=shop connect_timeout=1";
    pgmi(&["db", "drop", "--yes", "--remote", "--connection", nowhere]).expect(11);
}

#[test]
fn what_is_nobodys_own_is_not_dropped() {
    let it = Database::create(18);
    for name in ["postgres", "template1", "Template0"] {
        let connection = it.connection_string().replace(it.name(), "postgres");
        let done = pgmi(&["db", "drop", "--connection", &connection, "-d", name, "--yes"]);
        done.expect(10).says(&[&format!("refusing to drop database \"{name}\"")]);
    }
}

#[test]
fn programs_read_one_object() {
    let it = Database::missing(18);
    for (action, yes, word) in [
        ("create", &[][..], "created"),
        ("create", &[], "kept"),
        ("reset", &["--yes"], "reset"),
        ("drop", &["--yes"], "dropped"),
        ("drop", &["--yes"], "missing"),
    ] {
        let done = db(action, &it, &[yes, &["--message-format", "json"]].concat()).expect(0);
        assert_eq!(done.json(), serde_json::json!({ "database": it.name(), "action": word }));
        assert_eq!(done.stderr, "");
    }
}

#[cfg(unix)]
#[test]
fn on_a_terminal_the_name_is_asked_for() {
    let it = Database::create(18);
    let connection = it.connection_string();
    let command = || Command::new(&["db", "drop", "--connection", &connection]);
    let maintained = |typed: &str| {
        let (child, _terminal) = command().spawn_on_terminal(typed);
        Finished::of(child)
    };
    maintained("yes\n").expect(12).says(&["Server: ", "Type its name", "not the database's name"]);
    assert!(it.exists());
    maintained(&format!("{}\n", it.name())).expect(0).says(&["dropped"]);
    assert!(!it.exists());
}
