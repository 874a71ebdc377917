//! The same files, byte by byte, whatever server was asked and however often. Containers are asked in the test
//! binary `container`.

use std::fs;

use pgmi_tests::{Command, Project, binaries, cluster, on_every_major};

use super::unique;

/// Removes what is generated, and generates it again.
fn generate(
    project: &Project,
    major: u16,
    server: &str,
    memory: Option<&Project>,
) -> Vec<(String, String)> {
    for (path, _) in project.generated() {
        fs::remove_file(project.join(path)).unwrap();
    }
    let major = major.to_string();
    let command = Command::new(&["generate", project.arg(), "--postgres", &major]);
    let command = command.env("PGMI_SERVER", server);
    match memory {
        Some(memory) => command.env("PGMI_CACHE_DIR", memory.path()),
        None => command,
    }
    .run()
    .expect(0);
    project.generated()
}

fn gives_the_same_files(major: u16, runs: usize) {
    binaries(major);
    let project = Project::copy_of("projects/many-types");
    project.write("deploy.sql", project.read("deploy.sql") + &unique());
    let first = generate(&project, major, "local", None);
    assert_eq!(first.len(), 5 + 3 + 1, "{first:?}");
    let given = cluster(major).connection_string("postgres");
    for _ in 0..runs {
        // Who remembers nothing asks.
        assert_eq!(generate(&project, major, &given, Some(&Project::empty())), first);
    }
}

on_every_major! {
    fn local_and_given_servers_give_the_same_files(major: u16) {
        gives_the_same_files(major, if major == 15 { 20 } else { 3 });
    }
}

/// A variable that somebody set long ago is named, before anybody looks for the mistake elsewhere.
#[test]
fn whoever_names_a_server_that_does_not_answer_is_named() {
    let project =
        Project::new([("deploy.sql", unique()), ("queries/one.sql", "select 1 as one".into())]);
    let run = |server: &str| {
        let command = Command::new(&["check", project.arg()]).env("PGMI_SERVER", server);
        command.env("PGMI_CACHE_DIR", project.join("cache")).run()
    };
    let nowhere = "host=127.0.0.1 port=1 user=x dbname=x";
    run(nowhere).expect(11).says(&["127.0.0.1:1", "this server is the one of PGMI_SERVER"]);
    run("host=h port=many dbname=d").expect(10).says(&["PGMI_SERVER"]).hides("--connection");
    project.write("Cargo.toml", format!("[package]\nname = \"x\"\n[package.metadata.pgmi]\nproject = \".\"\nserver = \"{nowhere}\"\n"));
    project.write("src/lib.rs", "");
    let command = Command::new(&["check"]).current_dir(project.path()).env_remove("PGMI_SERVER");
    let done = command.env("PGMI_CACHE_DIR", project.join("cache")).run().expect(11);
    done.says(&["this server is the one of `server` in [package.metadata.pgmi]"]);
}
