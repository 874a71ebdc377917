//! A server of one's own.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use pgmi_engine::cluster::{Cluster, Settings};
use pgmi_engine::diagnostic::Code;
use pgmi_tests::{Project, binaries, isolated, isolated_with, on_every_major, settings};
use postgres::{Client, NoTls};

use super::{another_process, connect, is_alive, kill, playground, processes_of, stay, until};

on_every_major! {
    fn lives_and_leaves_nothing(major: u16) {
        let cluster = isolated(major);
        let version: i32 = connect(&cluster)
            .query_one("select current_setting('server_version_num')::int", &[])
            .unwrap()
            .get(0);
        assert_eq!(version / 10000, i32::from(major));
        let (home, process) = (cluster.home().to_owned(), cluster.process_id().unwrap());
        drop(cluster);
        assert!(!home.exists());
        assert!(!is_alive(process));
        assert!(processes_of(&home).is_empty());
    }

    fn ends_when_its_owner_is_killed(major: u16) {
        let folder = Project::new([("major", major.to_string())]);
        let mut owner = another_process("isolated::owner", folder.path());
        owner.kill();
        until(|| !owner.home.exists() && processes_of(&owner.home).is_empty());
    }
}

#[test]
#[ignore = "the owner of ends_when_its_owner_is_killed"]
fn owner() {
    let major = fs::read_to_string(playground().join("major")).unwrap().parse().unwrap();
    stay(&isolated(major));
}

#[test]
fn runs_in_a_folder_when_memory_is_not_wanted() {
    let folder = super::open_playground();
    let cluster = isolated_with(15, |settings| {
        settings.memory = false;
        settings.directory = folder.path().to_owned();
    });
    assert!(cluster.home().starts_with(folder.path().canonicalize().unwrap()));
    connect(&cluster);
}

#[test]
fn a_long_path_does_not_matter() {
    let folder = super::open_playground();
    let deep = folder.join("a-folder-with-a-long-name/".repeat(8));
    let cluster = isolated_with(15, |settings| {
        settings.memory = false;
        settings.directory = deep.clone();
    });
    assert!(cluster.home().starts_with(deep.canonicalize().unwrap()));
    connect(&cluster);
    let string = cluster.connection_string("postgres");
    let config: postgres::Config = string.parse().unwrap();
    let [postgres::config::Host::Unix(sockets)] = config.get_hosts() else { panic!("{string}") };
    let sockets = sockets.clone();
    assert!(sockets.exists());
    drop(cluster);
    assert!(!sockets.exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_no_obstacle() {
    let cluster = isolated_with(15, |settings| {
        settings.memory = false;
        settings.directory = "/dev/null/nowhere".into();
    });
    connect(&cluster);
}

#[test]
fn listens_on_tcp_with_a_password() {
    let cluster = isolated_with(16, |settings| settings.tcp = Some(0));
    let string = cluster.tcp_connection_string("postgres").unwrap();
    Client::connect(&string, NoTls).unwrap();
    let mut config: postgres::Config = string.parse().unwrap();
    config.password("wrong");
    let refused = config.connect(NoTls).err().unwrap();
    assert_eq!(refused.code(), Some(&postgres::error::SqlState::INVALID_PASSWORD));
    connect(&cluster);
}

#[test]
fn a_port_in_use_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let settings = Settings { tcp: Some(port), ..settings() };
    let error = Cluster::start(&binaries(17), &settings).err().unwrap();
    assert_eq!(error.code(), Code::ClusterFailed);
    let notes = error.primary().notes.join("\n");
    assert!(notes.contains(&port.to_string()), "{notes}");
    assert!(notes.contains("Address already in use"), "{notes}");
}

#[test]
fn settings_win_and_a_wrong_one_is_shown() {
    let with = |name: &str, value: &str| Settings {
        options: vec![(name.to_owned(), value.to_owned())],
        ..settings()
    };
    let cluster = Cluster::start(&binaries(18), &with("wal_level", "minimal"));
    // Ours ask for replication, which needs more than that.
    let error = cluster.err().unwrap();
    assert!(error.primary().notes.join("\n").contains("wal_level"), "{error:?}");

    let cluster = Cluster::start(&binaries(18), &with("max_connections", "7")).unwrap();
    let value: String = connect(&cluster).query_one("show max_connections", &[]).unwrap().get(0);
    assert_eq!(value, "7");
}

#[test]
fn the_locale_can_be_chosen() {
    let locale = "C.UTF-8";
    let cluster = isolated_with(17, |settings| settings.locale = locale.to_owned());
    let sql = "select datcollate from pg_database where datname = 'postgres'";
    let chosen: String = connect(&cluster).query_one(sql, &[]).unwrap().get(0);
    assert_eq!(chosen, locale);

    let settings = Settings { locale: "xx_XX".to_owned(), ..settings() };
    let error = Cluster::start(&binaries(17), &settings).err().unwrap();
    assert!(error.primary().notes.join("\n").contains("xx_XX"), "{error:?}");
}

#[test]
fn a_killed_server_leaves_nothing_behind() {
    let cluster = isolated(14);
    let (home, process) = (cluster.home().to_owned(), cluster.process_id().unwrap());
    kill("-KILL", process);
    until(|| home.join("exited").exists());
    assert!(Client::connect(&cluster.connection_string("postgres"), NoTls).is_err());
    drop(cluster);
    assert!(!home.exists());
}

#[test]
fn a_killed_keeper_is_made_good_by_the_owner() {
    let cluster = isolated(18);
    let (home, server) = (cluster.home().to_owned(), cluster.process_id().unwrap());
    for keeper in processes_of(&home).into_iter().filter(|it| *it != server) {
        kill("-KILL", keeper);
    }
    drop(cluster);
    assert!(!home.exists());
    until(|| !is_alive(server));
}

#[test]
fn what_a_killed_keeper_left_is_swept_by_the_next_start() {
    let folder = Project::new([("major", "16")]);
    let mut owner = another_process("isolated::owner", folder.path());
    let processes = processes_of(&owner.home);
    let server = fs::read_to_string(owner.home.join("data/postmaster.pid")).unwrap();
    let server: u32 = server.lines().next().unwrap().parse().unwrap();
    for keeper in processes.into_iter().filter(|it| *it != server) {
        kill("-KILL", keeper);
        // Until it has died, which a busy machine takes its time for, its FIFO is open and it counts as there.
        until(|| !is_alive(keeper));
    }
    owner.kill();
    drop(isolated(16));
    assert!(!owner.home.exists());
    until(|| !is_alive(server));
}

/// What there is of a server while it is made, in this order.
const STEPS: [&str; 3] = ["lease", "data/PG_VERSION", "data/postmaster.pid"];

#[test]
fn a_start_that_is_killed_at_any_step_leaves_nothing_for_the_next_one() {
    for with_keeper in [false, true] {
        // The first is met while initdb runs, the others while its work is copied.
        let folder = super::open_playground();
        for step in STEPS {
            let mut starter = std::process::Command::new(std::env::current_exe().unwrap())
                .args(["cluster::isolated::starter", "--exact", "--ignored"])
                .env(super::PLAYGROUND, folder.path())
                .stdin(std::process::Stdio::piped())
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap();
            until(|| home_in(folder.path()).is_some_and(|home| home.join(step).exists()));
            let home = home_in(folder.path()).unwrap();
            for process in processes_of(&home).into_iter().filter(|_| with_keeper) {
                kill("-KILL", process);
                until(|| !is_alive(process));
            }
            starter.kill().unwrap();
            starter.wait().unwrap();
            let next = isolated_with(16, |settings| in_folder(settings, folder.path()));
            connect(&next);
            until(|| !home.exists() && processes_of(&home).is_empty());
        }
    }
}

#[test]
#[ignore = "the owner of a_start_that_is_killed_at_any_step_leaves_nothing_for_the_next_one"]
fn starter() {
    stay(&isolated_with(16, |settings| in_folder(settings, &playground())));
}

fn in_folder(settings: &mut Settings, folder: &Path) {
    settings.memory = false;
    settings.directory = folder.to_owned();
}

/// The folder of the one server in there.
fn home_in(folder: &Path) -> Option<PathBuf> {
    let inside = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let homes = inside(folder).flat_map(|base| inside(&base.path()).map(|it| it.path()));
    let is_home = |it: &PathBuf| it.file_name().unwrap().to_string_lossy().starts_with("server-");
    homes.into_iter().find(is_home)
}

#[test]
fn a_half_made_folder_is_swept_by_the_next_start() {
    let cluster = isolated(16);
    let half = cluster.home().with_file_name("server-half");
    fs::create_dir_all(half.join("data/base")).unwrap();
    fs::write(half.join("data/postmaster.pid"), "1\n").unwrap();
    let owner = fs::metadata(cluster.home()).unwrap().uid();
    for path in ["data/postmaster.pid", "data/base", "data", ""] {
        std::os::unix::fs::chown(half.join(path), Some(owner), None).unwrap();
    }
    drop(isolated(16));
    assert!(!half.exists());
    connect(&cluster);
}

#[test]
fn many_start_at_once() {
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| isolated(18))).collect();
    let clusters: Vec<_> = threads.into_iter().map(|it| it.join().unwrap()).collect();
    for cluster in &clusters {
        connect(cluster);
    }
}
