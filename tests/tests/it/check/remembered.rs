//! Nothing has changed, no server is asked; one query has, only that one is described.

use std::fs;

use pgmi_engine::cluster::{Cluster, Settings};
use pgmi_tests::{Finished, Project, cluster, isolated_with, on_every_major};
use postgres::{Client, NoTls};

use super::{ask, command, unique};

/// A server that answers nobody.
const NOWHERE: &str = "host=127.0.0.1 port=1 user=nobody connect_timeout=1";

fn project() -> Project {
    let deploy = format!(
        "begin;
         create type mood as enum ('glad', 'sad');
         create table album (id int primary key, name text not null, mood mood);
         commit;
         {}",
        unique()
    );
    Project::new([
        ("deploy.sql", deploy.as_str()),
        ("queries/select_album.sql", "select id, name, mood from album where id = $id"),
        ("queries/count_albums.sql", "select count(*) from album"),
    ])
}

/// Without a server; nothing may be asked.
fn alone(project: &Project, major: u16, arguments: &[&str]) -> Finished {
    command(project, major, arguments).env("PGMI_SERVER", NOWHERE).run()
}

on_every_major! {
    fn an_unchanged_project_needs_no_server(major: u16) {
        let project = project();
        ask(&project, major, &["generate"]).expect(0);
        let (lock, signature) =
            (project.read("pgmi.lock"), project.read("queries/select_album.sig.yaml"));
        alone(&project, major, &["check"]).expect(0);

        // What is written from memory is what was written from the server.
        fs::remove_file(project.join("pgmi.lock")).unwrap();
        fs::remove_file(project.join("queries/select_album.sig.yaml")).unwrap();
        fs::remove_dir_all(project.join("types")).unwrap();
        alone(&project, major, &["generate"]).expect(0);
        assert_eq!(project.read("pgmi.lock"), lock);
        assert_eq!(project.read("queries/select_album.sig.yaml"), signature);
        alone(&project, major, &["check"]).expect(0);

        // Neither a comment nor another name makes it another query; SQL does.
        project.write("queries/count_albums.sql", "-- How many?\nselect count(*)\nfrom album;\n");
        alone(&project, major, &["check"]).expect(0);
        project.write("queries/count_albums.sql", "select count(*) from album where id > 1");
        let stopped = alone(&project, major, &["check"]).expect(11);
        assert!(stopped.stderr.contains("error[connection-failed]"), "{}", stopped.stderr);
    }
}

#[test]
fn without_a_wish_the_major_of_the_last_time_is_taken() {
    let project = project();
    let server = cluster(17).connection_string("postgres");
    let run = |name: &str, server: &str| {
        pgmi_tests::Command::new(&[name, project.arg()]).env("PGMI_SERVER", server).run()
    };
    run("generate", &server).expect(0);
    run("check", &server).expect(0);
    // Another server is another question.
    run("check", NOWHERE).expect(11);
}

#[test]
fn a_migration_that_fails_is_not_remembered_as_deployed() {
    let project = Project::new([("deploy.sql", format!("select 1 / 0; {}", unique()))]);
    ask(&project, 17, &["check"]).expect(13);
    ask(&project, 17, &["check"]).expect(13);
    // No query has to be described for that.
    project.write("deploy.sql", unique());
    ask(&project, 17, &["generate"]).expect(0);
    alone(&project, 17, &["check"]).expect(0);
}

#[test]
fn only_what_has_changed_is_described() {
    let all = |settings: &mut Settings| {
        settings.options.push(("log_min_duration_statement".into(), "0".into()));
    };
    let server: Cluster = isolated_with(17, all);
    // A superuser's session keeps its log to itself.
    let superuser = server.connection_string("postgres");
    Client::connect(&superuser, NoTls)
        .unwrap()
        .batch_execute("create role maker login createdb")
        .unwrap();
    let string = superuser.replace("user=postgres", "user=maker");
    let project = project();
    let generate =
        || command(&project, 17, &["generate"]).env("PGMI_SERVER", &string).run().expect(0);
    // Describing asks for no more than a parse, which is logged with its statement.
    let described = |sql: &str| {
        let log = fs::read_to_string(server.home().join("log")).unwrap();
        log.lines().filter(|line| line.contains("parse") && line.contains(sql)).count()
    };
    generate();
    assert_eq!((described("mood from album"), described("count(*) from album")), (1, 1));
    project.write("queries/count_albums.sql", "select count(*) from album where id > 1");
    generate();
    assert_eq!((described("mood from album"), described("count(*) from album")), (1, 2));
}
