//! No server, wrong password, no right to connect.

use std::net::TcpListener;

use pgmi_tests::{Command, Finished, Project, isolated_with, on_every_major};

fn deploy(connection: &str) -> Finished {
    let project = Project::new([("deploy.sql", "create table deployed ()")]);
    Command::new(&["deploy", project.arg(), "--json", "--connection", connection]).run()
}

#[test]
fn no_server_is_a_connection_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let done = deploy(&format!("host=127.0.0.1 port={port} user=x dbname=x")).expect(11);
    let done = done.says(&["error[connection-failed]", "127.0.0.1", &port.to_string()]);
    assert_eq!(done.json()["exitCode"], 11);

    let folder = Project::empty();
    deploy(&format!("host={} user=x dbname=x", folder.arg())).expect(11).says(&[folder.arg()]);
    deploy("host=no-such-host.invalid user=x dbname=x").expect(11).says(&["no-such-host.invalid"]);
}

#[test]
fn a_timeout_does_not_wait_for_a_silent_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let project = Project::new([("deploy.sql", "create table deployed ()")]);
    let connection = format!("host=127.0.0.1 port={port} user=x dbname=x");
    let limit = ["--timeout", "100ms"];
    let common = ["deploy", project.arg(), "--json", "--connection", &connection];
    let done = Command::new(&[&common[..], &limit].concat()).run().expect(16);
    let json = done.says(&["error[timeout]"]).json();
    assert!(json["durationMs"].as_u64().unwrap() < 5_000, "{json}");
}

#[test]
fn something_that_is_no_postgresql_is_a_connection_error() {
    use std::io::Write;

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    deploy(&format!("host=127.0.0.1 port={port} user=x dbname=x")).expect(11);
}

on_every_major! {
    fn a_wrong_password_is_a_connection_error_without_the_password(major: u16) {
        let cluster = isolated_with(major, |settings| settings.tcp = Some(0));
        let good = cluster.tcp_connection_string("target").unwrap();
        let password = good.split("password=").nth(1).unwrap().split_whitespace().next().unwrap();
        assert!(password.len() >= 16, "{good}");
        let done = deploy(&good.replace(password, "SENTINEL")).expect(11);
        let done = done.says(&["password authentication failed"]).hides("SENTINEL");
        assert_eq!(done.json()["sqlstate"], "28P01");

        let done = deploy(&good.replace(&format!("password={password}"), "")).expect(11);
        done.says(&["password"]);
        deploy(&good).expect(0).hides(password);
    }

    fn databases_that_cannot_be_connected_to(db: &Database) {
        let role = format!("{}_r", db.name());
        db.run(&format!("create role \"{role}\" login; revoke connect on database \"{}\" from public", db.name()));
        let done = deploy(&db.connection_string().replace("user=postgres", &format!("user={role}")));
        db.run(&format!("drop role \"{role}\""));
        done.expect(11).says(&["permission denied for database"]);

        deploy(&db.connection_string().replace(db.name(), "template0")).expect(11);
        deploy(&db.connection_string().replace("user=postgres", "user=nobody_knows")).expect(11).says(&["nobody_knows"]);
    }

    fn a_role_without_temporary_tables_is_told(db: &Database) {
        let role = format!("{}_r", db.name());
        db.run(&format!("create role \"{role}\" login; revoke temporary on database \"{}\" from public", db.name()));
        let connection = db.connection_string().replace("user=postgres", &format!("user={role}"));
        let refused = deploy(&connection);
        db.run(&format!("grant temporary on database \"{}\" to \"{role}\"; grant create on schema public to \"{role}\"", db.name()));
        let accepted = deploy(&connection);
        db.run(&format!("drop owned by \"{role}\"; drop role \"{role}\""));
        let done = refused.expect(1).says(&["permission denied to create temporary tables", "grant temporary on database"]);
        assert_eq!(done.json()["sqlstate"], "42501");
        accepted.expect(0);
    }

    fn a_read_only_database_is_told(db: &Database) {
        db.run(&format!("alter database \"{}\" set default_transaction_read_only = on", db.name()));
        let json = deploy(&db.connection_string()).expect(1).says(&["read-only"]).json();
        assert_eq!(json["sqlstate"], "25006");
    }
}
