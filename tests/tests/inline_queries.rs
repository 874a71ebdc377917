//! `query!` and `query_file!`: compiled and run, refused at their place, and part of what is committed.
//!
//! A binary of its own: its tests wait for Cargo most of the time, and are run while nothing else is changed.

use std::fs;
use std::path::Path;

use pgmi_tests::{Command, Database, Krate};

#[test]
fn queries_in_rust_run_wherever_they_stand() {
    let krate = Krate::new("inline");
    let migration = krate.folder().join("db/migrations/001_albums.sql");
    let db = Database::create(18);
    db.run("create type a as enum ('x')");
    db.run(&fs::read_to_string(migration).unwrap());
    let said = krate.run_with(&[&db.connection_string()]);
    if std::env::var_os("PGMI_BLESS").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/inline/stdout");
        fs::write(file, &said).unwrap();
    }
    assert_eq!(said, krate.expected("stdout"), "{said}");
    let said = krate.command("test").args(["--test", "it"]).output().unwrap();
    assert!(said.status.success(), "{said:?}");
    for hosts in [["check", "--examples", "--benches"], ["doc", "--no-deps", "--lib"]] {
        let said = krate.command(hosts[0]).args(&hosts[1..]).output().unwrap();
        assert!(said.status.success(), "{said:?}");
    }
}

#[test]
fn what_is_wrong_with_a_query_is_said_where_it_stands() {
    Krate::new("inline-wrong").refuses("check");
}

#[test]
fn the_compiler_names_the_parameter_of_a_wrong_type() {
    let said = Krate::new("inline-types").said("check");
    for (place, words) in [
        ("main.rs:5:", "fn new(album_id: i64)"),
        ("main.rs:6:", "fn new(title: &'a str)"),
        ("main.rs:7:", "`{integer}` is no value for a parameter of the type `Option<&str>`"),
        ("main.rs:8:", "`&str` is no value for a parameter of the type `Option<i32>`"),
        ("main.rs:12:", "expected `String`, found `Option<String>`"),
        ("main.rs:13:", "no field `titel`"),
    ] {
        assert!(said.contains(place) && said.contains(words), "{place} {words}\n{said}");
    }
}

#[test]
fn queries_in_rust_are_checked_and_locked_and_build_without_a_server() {
    let krate = Krate::named("inline", "inline-locked");
    let folder = krate.folder();
    let run = |arguments: &[&str]| Command::new(arguments).current_dir(folder).run();
    run(&["generate", "db"]).expect(0);
    let lock = fs::read_to_string(folder.join("db/pgmi.lock")).unwrap();
    assert_eq!(lock.matches("\ninline ").count(), 18, "{lock}");
    run(&["check", "db"]).expect(0);
    let main = fs::read_to_string(folder.join("src/main.rs")).unwrap();
    let line = 1 + main.lines().position(|it| it.contains("select 1 as one")).unwrap();
    let explained = run(&["explain", &format!("src/main.rs:{line}"), "db"]).expect(0);
    assert!(explained.stdout.contains("one  int4  not null"), "{}", explained.stdout);

    let locked = |subcommand: &str| {
        let mut command = krate.command(subcommand);
        let server = "host=/nowhere user=nobody";
        command.env("PGMI_SERVER", server).env("PGMI_CACHE_DIR", folder.join("no-cache"));
        command.output().unwrap()
    };
    let built = locked("check");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));

    let changed = main.replace("select 1 as one", "select 1 as one, 2 as too");
    fs::write(folder.join("src/main.rs"), changed).unwrap();
    let refused = locked("check");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success());
    for words in [
        format!("`src/main.rs:{line}` is new or has changed"),
        "`db/pgmi.lock` is out of date".to_owned(),
        "cargo pgmi generate".to_owned(),
    ] {
        assert!(said.contains(&words), "{words}\n{said}");
    }
    let stale = run(&["check", "db"]);
    assert_eq!(stale.code, Some(4), "{}", stale.stderr);

    fs::write(folder.join("src/main.rs"), main.replace("as one", "as one, neo")).unwrap();
    let wrong = run(&["check", "db"]);
    assert_eq!(wrong.code, Some(13), "{}", wrong.stderr);
    assert!(wrong.stderr.contains(&format!("--> src/main.rs:{line}:")), "{}", wrong.stderr);
}

/// `examples/library-crate`: its lock goes with it, so that neither docs.rs nor its users need PostgreSQL.
#[test]
fn a_packaged_library_builds_without_a_server_and_leaves_its_sources_alone() {
    let krate = Krate::packaged("library-crate");
    let before = krate.files();
    assert!(before.iter().any(|(file, _)| file.ends_with("db/pgmi.lock")), "{before:?}");
    let mut check = krate.command("check");
    check.env("PGMI_SERVER", "host=/nowhere user=nobody").env("PGMI_LOCKED", "1");
    let built = check.env("PGMI_CACHE_DIR", krate.folder().join("no-cache")).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    assert_eq!(krate.files(), before);
}
