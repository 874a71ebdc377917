//! `cargo pgmi server`, and the binaries it installs.

use std::fs;
use std::path::Path;

use pgmi_engine::cluster::{Binaries, Installed, Places, install};
use pgmi_engine::diagnostic::Code;
use pgmi_tests::{Command, Project, majors, on_every_major, pgmi, places};
use postgres::{Client, NoTls};

/// A machine on which only npm can be found, with an empty cache.
fn fresh(folder: &Project) -> Places {
    Places {
        cache: Some(folder.path().to_owned()),
        pg_config: None,
        program_files: None,
        ..places()
    }
}

on_every_major! {
    fn is_found_with_its_programs(major: u16) {
        let binaries = pgmi_tests::binaries(major);
        assert_eq!(binaries.major, major);
        assert!(binaries.program("initdb").is_file());
    }
}

#[test]
fn every_supported_major_is_tested() {
    assert_eq!(majors(), [14, 15, 16, 17, 18], "and so are the names of on_every_major!");
}

#[test]
fn installs_once_whoever_asks_and_heals_what_is_broken() {
    let folder = Project::empty();
    let places = fresh(&folder);
    let half = folder.join("servers").join(platform(&folder, &places)).join(".installing-1");
    fs::create_dir_all(half.join("node_modules")).unwrap();

    let installed: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| install(&places, 17))).collect();
        threads.into_iter().map(|it| it.join().unwrap().unwrap()).collect()
    });
    let fetched = installed.iter().filter(|it| matches!(it, Installed::Now(_))).count();
    assert_eq!(fetched, 1, "{installed:?}");
    let binaries = installed.into_iter().next().unwrap().into_binaries();
    assert_eq!(binaries.major, 17);
    assert!(binaries.directory.starts_with(folder.path()));
    assert_eq!(Binaries::find(&places, Some(17)).unwrap(), binaries);
    assert!(!half.exists());

    // What is installed needs no npm.
    let offline = Places { path: None, ..places.clone() };
    assert_eq!(install(&offline, 17).unwrap(), Installed::Already(binaries.clone()));

    fs::write(binaries.program("postgres"), "not a program").unwrap();
    assert!(matches!(install(&places, 17).unwrap(), Installed::Now(_)));
    assert!(matches!(install(&places, 17).unwrap(), Installed::Already(_)));
}

/// The name of the folder for this platform, from the first installation.
fn platform(folder: &Project, places: &Places) -> String {
    let offline = Places { path: None, ..places.clone() };
    install(&offline, 17).unwrap_err();
    let servers = fs::read_dir(folder.join("servers")).unwrap();
    servers.map(|it| it.unwrap().file_name().into_string().unwrap()).next().unwrap()
}

#[test]
fn without_npm_there_are_ways_out() {
    let folder = Project::empty();
    let places = Places { path: Some("/nowhere".into()), ..fresh(&folder) };
    let error = install(&places, 16).unwrap_err();
    assert_eq!(error.code(), Code::ServerInstall);
    assert!(error.to_string().contains("npm"), "{error}");
    assert!(error.primary().help.join("\n").contains("PG_CONFIG"));
}

#[test]
fn what_npm_says_is_shown() {
    let npm = Project::new([("npm", "#!/bin/sh\necho 'npm error code E503' >&2\nexit 1\n")]);
    executable(&npm.join("npm"));
    let folder = Project::empty();
    let places = Places { path: Some(npm.path().into()), ..fresh(&folder) };
    let error = install(&places, 16).unwrap_err();
    assert!(error.primary().notes.join("\n").contains("E503"), "{error:?}");
}

#[test]
fn an_unsupported_major_is_refused() {
    let finished = pgmi(&["server", "install", "9"]).expect(2);
    assert!(
        finished.stderr.contains("a major version of PostgreSQL, 14 to 18"),
        "{}",
        finished.stderr
    );
    pgmi(&["check", "--postgres", "9"]).expect(2);
}

#[test]
fn a_missing_server_is_explained() {
    let folder = Project::empty();
    let start = Command::new(&["server", "start", "3"]).env("PGMI_CACHE_DIR", folder.path());
    let finished = start.run().expect(10);
    assert_eq!(finished.stdout, "");
    for words in ["no PostgreSQL 3 server", "PG_CONFIG", "PATH", "cargo pgmi server install 18"] {
        assert!(finished.stderr.contains(words), "{}", finished.stderr);
    }
}

#[test]
fn pg_config_leads_to_programs() {
    let known = pgmi_tests::binaries(14);
    let script = format!("#!/bin/sh\necho {}\n", known.directory.display());
    let folder = Project::new([("pg_config", script)]);
    executable(&folder.join("pg_config"));
    let places = Places { pg_config: Some(folder.join("pg_config")), ..Places::default() };
    let found = Binaries::find(&places, Some(14)).unwrap();
    assert_eq!(
        found.program("postgres").canonicalize().unwrap(),
        known.program("postgres").canonicalize().unwrap()
    );
}

#[test]
fn starts_one_that_stays_until_it_is_stopped() {
    let folder = Project::empty();
    // Programs that the user of the server can reach, and a list of servers of our own.
    let pg_config = format!("#!/bin/sh\necho {}\n", pgmi_tests::binaries(18).directory.display());
    folder.write("pg_config", pg_config);
    executable(&folder.join("pg_config"));
    let run = |arguments: &[&str]| {
        Command::new(arguments)
            .env("PGMI_CACHE_DIR", folder.path())
            .env("PG_CONFIG", folder.join("pg_config"))
            .run()
            .expect(0)
    };
    let started = run(&["server", "start", "18"]).stdout;
    assert_eq!(run(&["server", "start", "18"]).stdout, started, "it runs already");
    Client::connect(started.trim(), NoTls).unwrap();
    let status = run(&["server", "status"]).stdout;
    assert!(status.contains("programs\t18."), "{status}");
    assert!(status.contains(&format!("\t{started}")), "{status}");
    run(&["server", "stop"]);
    assert!(Client::connect(started.trim(), NoTls).is_err());
    assert!(!run(&["server", "status"]).stdout.contains("server\t"));
}

fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn majors_that_do_not_exist_are_refused_before_anything_is_looked_for() {
    for action in ["install", "stop"] {
        let done = pgmi(&["server", action, "42"]).expect(2);
        done.says(&["'42'", "it takes a major version of PostgreSQL, 14 to 18"]);
    }
}
