//! `query!` and `query_file!`: compiled and run, refused at their place, and part of what is committed; and the ways in
//! which crates are built.
//!
//! A binary of its own: its tests wait for Cargo most of the time, and are run while nothing else is changed.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use pgmi_tests::{Command, Database, Krate, binaries, profile_directory};

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
    for hosts in [
        &["check", "--examples", "--benches"][..],
        &["doc", "--no-deps", "--lib"],
        &["test", "--doc"],
    ] {
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
    assert_eq!(lock.matches("\ninline ").count(), 24, "{lock}");
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
    let refused = krate.command("check").env("PGMI_LOCKED", "1").output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && said.contains("is out of date"),
        "with a server, too\n{said}"
    );
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

/// For another machine the script still runs on this one, and what it makes is the same for all of them.
#[test]
fn a_crate_is_built_for_another_machine() {
    let krate = Krate::named("bindings", "cross");
    let said = process::Command::new("rustc").arg("-vV").output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let host = said.lines().find_map(|it| it.strip_prefix("host: ")).unwrap();
    let built = krate.command("check").args(["--target", host]).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));

    let script = newest(&scripts("cross"), "build-script-build");
    let made = |target: &str, os: &str, pointers: &str| {
        let out = krate.folder().join(target);
        fs::create_dir_all(&out).unwrap();
        let mut command = process::Command::new(&script);
        command.current_dir(krate.folder()).env("OUT_DIR", &out).env("TARGET", target);
        command.env("CARGO_MANIFEST_DIR", krate.folder()).env("HOST", host);
        command.env("CARGO_CFG_TARGET_OS", os).env("CARGO_CFG_TARGET_POINTER_WIDTH", pointers);
        let said = command.env("CARGO_PKG_NAME", "cross").output().unwrap();
        let stdout = String::from_utf8(said.stdout).unwrap();
        assert!(said.status.success() && !stdout.contains("cargo::error"), "{stdout}");
        (stdout, files(&out.join("pgmi/queries")))
    };
    let here = made(host, std::env::consts::OS, "64");
    assert_eq!(here.1.len(), 5, "{here:?}");
    assert_eq!(here, made("wasm32-unknown-unknown", "unknown", "32"));
    assert_eq!(here, made("x86_64-pc-windows-msvc", "windows", "64"));
}

/// Nobody has started a server yet, nor asked it anything, and two build scripts need it at once.
#[test]
fn crates_of_one_workspace_are_built_at_once_from_nothing() {
    let krates = ["bindings", "inline"].map(|it| Krate::named(it, &format!("together-{it}")));
    let workspace = krates[0].folder().with_file_name("together");
    let _ = fs::remove_dir_all(&workspace);
    fs::create_dir_all(&workspace).unwrap();
    let members = krates.each_ref().map(|it| it.folder().display().to_string());
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    fs::copy(krates[0].folder().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    for krate in &krates {
        let manifest = krate.folder().join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap().replace("\n[workspace]\n", "");
        fs::write(&manifest, text.replace("[package]", "[package]\nworkspace = '../together'"))
            .unwrap();
    }
    let programs = binaries(18).directory;
    let build = |cache: &str| {
        let mut command = krates[0].command("check");
        command
            .arg("--workspace")
            .current_dir(&workspace)
            .env("PG_CONFIG", programs.join("pg_config"));
        let said = command.env("PGMI_CACHE_DIR", workspace.join(cache)).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    };
    build("cache");
    // Once more: what decides has changed for both, and both have answers by now.
    build("other-cache");
    assert!(
        workspace.join("cache/proofs").exists() && workspace.join("other-cache/proofs").exists()
    );
}

/// `pgmi_build::Config` instead of `[package.metadata.pgmi]`.
#[test]
fn a_script_that_says_more_is_run_again_for_what_decides() {
    let krate = Krate::new("configured");
    let write = |file: &str, text: &str| fs::write(krate.folder().join(file), text).unwrap();
    let run = || {
        let said = krate.run();
        let (runs, things) = said.split_once('\n').unwrap();
        (runs.parse::<usize>().unwrap(), things.to_owned())
    };
    // The folder of an earlier test may be there still.
    let (first, things) = run();
    let runs = || run().0 - first;
    assert_eq!(things, krate.expected("stdout"));
    let main = fs::read_to_string(krate.folder().join("src/main.rs")).unwrap();
    write("src/main.rs", &(main + "\n// No query stands here.\n"));
    write("README.md", "Things.");
    write("sql/README.md", "Things.");
    assert_eq!(runs(), 0);
    let out = newest(&scripts("configured"), "out");
    let list = out.join("pgmi/queries/list_things.rs");
    let told = fs::read_to_string(&list).unwrap();
    assert!(told.contains("`types = { \"cube\" = \"…\" }` in `[package.metadata.pgmi]`"), "{told}");
    let written = list.metadata().unwrap().modified().unwrap();
    write(
        "sql/queries/add_thing.sql",
        "insert into thing (id, label) values ($id, $label) returning id",
    );
    assert_eq!(runs(), 1);
    write("sql/project/migrations/002_more.sql", "create table more (id int8 primary key)");
    assert_eq!(runs(), 2);
    assert_eq!(list.metadata().unwrap().modified().unwrap(), written, "it is what it was");

    let script = fs::read_to_string(krate.folder().join("build.rs")).unwrap();
    write("build.rs", &script.replace("\"label\"", "\"label[]\""));
    let said = krate.said("check");
    assert!(said.contains("did you mean `label`?"), "{said}");
    write("build.rs", &script);

    // All that is wrong is said in one build, whatever is wrong with the others.
    write("sql/queries/no_column.sql", "select nme from thing");
    write("sql/queries/two_styles.sql", "select $id::int8 + :id as sum");
    write("sql/queries/two_names.sql", "select a.id, b.id from thing a, thing b");
    write("src/main.rs", "mod db { pgmi::include_queries!(); }\nfn main() { db::none(); }\n");
    let said = krate.said("check");
    for words in [
        "column \"nme\" does not exist",
        "--> sql/queries/no_column.sql:1:8",
        "two styles of placeholders",
        "--> sql/queries/two_styles.sql:1:",
        "columns 1 and 2 are both called `id`",
        "cannot find function `none`",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

/// Folders of `OUT_DIR` of this crate's build scripts.
fn scripts(package: &str) -> Vec<PathBuf> {
    let folder = profile_directory().join("build");
    let ours = |it: &PathBuf| {
        let name = it.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.rsplit_once('-').is_some_and(|(name, _)| name == package)
    };
    fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).filter(ours).collect()
}

fn newest(folders: &[PathBuf], file: &str) -> PathBuf {
    let files = folders.iter().map(|it| it.join(file)).filter(|it| it.exists());
    files.max_by_key(|it| it.metadata().unwrap().modified().unwrap()).unwrap()
}

fn files(folder: &Path) -> BTreeMap<OsString, String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|it| (it.file_name(), fs::read_to_string(it.path()).unwrap())).collect()
}
