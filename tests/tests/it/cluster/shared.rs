//! One server for many.

use std::fs;
use std::path::Path;
use std::time::Duration;

use pgmi_engine::cluster::{Cluster, Settings};
use pgmi_tests::{Project, binaries, on_every_major, settings};

use super::{another_process, connect, is_alive, kill, playground, processes_of, stay, until};

fn shared(folder: &Path, linger: u64) -> Cluster {
    shared_of(folder, 18, linger)
}

fn shared_of(folder: &Path, major: u16, linger: u64) -> Cluster {
    let settings = Settings { linger: Duration::from_secs(linger), ..settings() };
    Cluster::shared(folder, &binaries(major), &settings).unwrap()
}

fn gone(home: &Path) -> bool {
    !home.exists() && processes_of(home).is_empty()
}

on_every_major! {
    fn is_one_server_until_the_last_has_left(major: u16) {
        let folder = Project::empty();
        let first = shared_of(folder.path(), major, 0);
        let second = shared_of(folder.path(), major, 0);
        assert_eq!(first.home(), second.home());
        let home = first.home().to_owned();
        drop(first);
        connect(&second);
        drop(second);
        until(|| gone(&home));
    }
}

#[test]
fn threads_share() {
    let folder = Project::empty();
    let clusters: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| shared(folder.path(), 0))).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    for cluster in &clusters {
        assert_eq!(cluster.home(), clusters[0].home());
        connect(cluster);
    }
}

#[test]
fn processes_share_and_the_starter_may_be_killed() {
    let folder = Project::empty();
    let mut starter = another_process("shared::user", folder.path());
    let mut other = another_process("shared::user", folder.path());
    let own = shared(folder.path(), 0);
    assert_eq!([&*starter.home, &*other.home], [own.home(); 2]);
    starter.kill();
    connect(&own);
    let home = own.home().to_owned();
    drop(own);
    assert!(home.exists(), "one user is left");
    other.kill();
    until(|| gone(&home));
}

#[test]
#[ignore = "a user of processes_share_and_the_starter_may_be_killed"]
fn user() {
    stay(&shared(&playground(), 0));
}

#[test]
fn lingers_for_the_next_user() {
    let folder = Project::empty();
    let first = shared(folder.path(), 3600);
    let home = first.home().to_owned();
    drop(first);
    let second = shared(folder.path(), 3600);
    assert_eq!(second.home(), home);
    drop(second);
    let running = Cluster::running(folder.path());
    assert_eq!(running.len(), 1);
    running[0].stop().unwrap();
    until(|| gone(&home));
}

#[test]
fn who_comes_while_it_lingers_keeps_it() {
    let folder = Project::empty();
    let (second, process) = loop {
        let first = shared(folder.path(), 1);
        let process = first.process_id();
        drop(first);
        let second = shared(folder.path(), 1);
        // A busy machine may need longer than the server lingers.
        if second.process_id() == process {
            break (second, process);
        }
    };
    std::thread::sleep(Duration::from_millis(2500));
    assert_eq!(second.process_id(), process);
    connect(&second);
    let third = shared(folder.path(), 1);
    assert_eq!(third.home(), second.home());
}

#[test]
fn is_kept_running_until_stopped() {
    let folder = Project::empty();
    let cluster = shared(folder.path(), 0);
    let home = cluster.home().to_owned();
    cluster.keep_running().unwrap();
    drop(cluster);
    let again = shared(folder.path(), 0);
    assert_eq!(again.home(), home);
    drop(again);
    let running = Cluster::running(folder.path());
    assert_eq!(running.iter().map(|it| it.major()).collect::<Vec<_>>(), [18]);
    running[0].stop().unwrap();
    until(|| gone(&home));
    assert!(Cluster::running(folder.path()).is_empty());
}

#[test]
fn a_killed_server_is_replaced() {
    let folder = Project::empty();
    let first = shared(folder.path(), 0);
    let server = first.process_id().unwrap();
    kill("-KILL", server);
    until(|| !is_alive(server));
    let second = shared(folder.path(), 0);
    assert_ne!(first.home(), second.home());
    connect(&second);
    let home = first.home().to_owned();
    drop(first);
    until(|| gone(&home));
    connect(&second);
}

#[test]
fn a_killed_keeper_is_replaced() {
    let folder = Project::empty();
    let first = shared(folder.path(), 0);
    let (home, server) = (first.home().to_owned(), first.process_id().unwrap());
    for keeper in processes_of(&home).into_iter().filter(|it| *it != server) {
        kill("-KILL", keeper);
        until(|| !is_alive(keeper));
    }
    let second = shared(folder.path(), 0);
    assert_ne!(home, second.home());
    connect(&second);
}

#[test]
fn stale_files_heal() {
    let folder = Project::empty();
    drop(shared(folder.path(), 0));
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().path()).collect();
    let json = files.iter().find(|it| it.extension().is_some_and(|it| it == "json")).unwrap();
    let lock = files.iter().find(|it| it.extension().is_some_and(|it| it == "lock")).unwrap();
    assert!(lock.exists(), "a lock that nobody holds does not matter");

    for stale in [
        "",
        "{\"major\": 18",
        "{\"major\":18,\"version\":\"x\",\"home\":\"/nowhere\",\"endpoint\":{\"sockets\":\"/nowhere\",\"port\":1}}",
    ] {
        fs::write(json, stale).unwrap();
        connect(&shared(folder.path(), 0));
    }
}

#[test]
fn different_settings_are_different_servers() {
    let folder = Project::empty();
    let plain = shared(folder.path(), 0);
    let options = vec![("max_connections".to_owned(), "20".to_owned())];
    let other = Settings { options, linger: Duration::ZERO, ..settings() };
    let other = Cluster::shared(folder.path(), &binaries(18), &other).unwrap();
    assert_ne!(plain.home(), other.home());
}
