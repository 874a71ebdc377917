//! What is around a check: folders that cannot be written, and others who check at the same time.

use std::fs;

use pgmi_tests::{Command, Project, cluster};

use super::{ask, command, unique};

fn project() -> Project {
    let deploy =
        format!("begin; create table album (id int primary key, name text); commit; {}", unique());
    Project::new([
        ("deploy.sql", deploy.as_str()),
        ("queries/select_album.sql", "select id, name from album where id = $id"),
    ])
}

#[test]
fn many_builds_at_once_agree() {
    let project = project();
    let server = cluster(17).connection_string("postgres");
    for number in 0..20 {
        project.write(format!("queries/q{number}.sql"), format!("select {number} as n from album"));
    }
    std::thread::scope(|scope| {
        let one = || {
            let generate = command(&project, 17, &["generate"]);
            generate.env("PGMI_SERVER", &server).run().expect(0);
        };
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(one)).collect();
        threads.into_iter().for_each(|it| it.join().unwrap());
    });
    ask(&project, 17, &["check"]).expect(0);
    let left = project.generated().into_iter().filter(|(path, _)| path.contains("new-"));
    assert_eq!(left.count(), 0);
}

#[test]
fn a_cache_that_cannot_be_written_is_no_obstacle_to_a_given_server() {
    let project = project();
    let file = Project::new([("file", "")]);
    let nowhere = file.join("file/cache");
    let server = cluster(17).connection_string("postgres");
    let run = |server: &str| {
        let generate = command(&project, 17, &["generate"]).env("PGMI_CACHE_DIR", &nowhere);
        generate.env("PGMI_SERVER", server).run()
    };
    run(&server).expect(0);
    run(&server).expect(0);
    // A server of one's own has to be found by others.
    let refused = run("local").expect(1);
    assert!(refused.stderr.contains("error[cluster-failed]"), "{}", refused.stderr);
    assert!(refused.stderr.contains("PGMI_CACHE_DIR"), "{}", refused.stderr);
}

#[cfg(unix)]
#[test]
fn a_project_that_cannot_be_written_can_be_checked() {
    use std::os::unix::fs::PermissionsExt;

    let server = pgmi_tests::isolated_with(17, |settings| settings.tcp = Some(0));
    let string = server.tcp_connection_string("postgres").unwrap();
    let project = project();
    let as_nobody = |name: &str| {
        Command::unprivileged(&[name, project.arg()]).env("PGMI_SERVER", &string).run()
    };
    command(&project, 17, &["generate"]).env("PGMI_SERVER", &string).run().expect(0);
    let readable = fs::Permissions::from_mode(0o555);
    for folder in [".", "queries"] {
        fs::set_permissions(project.join(folder), readable.clone()).unwrap();
    }
    as_nobody("check").expect(0);
    as_nobody("generate").expect(0);
    let writable = fs::Permissions::from_mode(0o755);
    for folder in [".", "queries"] {
        fs::set_permissions(project.join(folder), writable.clone()).unwrap();
    }
    fs::remove_file(project.join("queries/select_album.sig.yaml")).unwrap();
    fs::set_permissions(project.join("queries"), readable).unwrap();
    let refused = as_nobody("generate").expect(1);
    fs::set_permissions(project.join("queries"), writable).unwrap();
    assert!(refused.stderr.contains("error[io]: cannot write `"), "{}", refused.stderr);
    assert!(
        refused.stderr.contains("select_album.sig.yaml`: Permission denied"),
        "{}",
        refused.stderr
    );
}

/// A project of a crate may have queries in Rust files, of which only Cargo knows.
#[test]
fn without_cargo_the_project_of_a_crate_is_not_half_checked() {
    let project = Project::new([
        (
            "Cargo.toml",
            "[package]\nname = \"one\"\nversion = \"1.0.0\"\n\n[dependencies]\npgmi = \"0.1\"\n",
        ),
        ("src/lib.rs", ""),
        ("db/deploy.sql", "select 1"),
        ("db/queries/one.sql", "select 1 as one"),
    ]);
    let check = Command::new(&["check"]).current_dir(project.path());
    check
        .env("PATH", "/nowhere")
        .env_remove("CARGO")
        .run()
        .expect(10)
        .says(&["there is no `cargo` on the PATH", "help: put cargo on the PATH"]);
}

/// No query mentions what is misspelt, nor what no query has come to use yet, or those of another crate do: what is
/// merely near may be right.
#[test]
fn a_misspelt_key_of_types_is_told_and_fails_where_it_cannot_be_right() {
    let manifest = |types: &str| {
        format!(
            "[package]\nname = \"x\"\n[package.metadata.pgmi]\nproject = \".\"\n\n\
             [package.metadata.pgmi.types]\n{types}"
        )
    };
    let right = manifest("'album.title' = 'Title'\nemail = 'Email'\n'album.released' = 'Date'\n");
    let project = Project::new([
        ("Cargo.toml", right.as_str()),
        ("src/lib.rs", ""),
        (
            "deploy.sql",
            "begin; create domain email as text; create domain emails as text;
             create table album (title text not null, released date, mail email); commit;",
        ),
        ("queries/albums.sql", "select title, mail from album"),
    ]);
    let run = |name: &str| {
        let server = cluster(17).connection_string("postgres");
        Command::new(&[name]).current_dir(project.path()).env("PGMI_SERVER", server).run()
    };
    run("generate").expect(0);
    run("check").expect(0);
    // `emails` is there, and only like `email`.
    project.write("Cargo.toml", manifest("'album.titel' = 'Title'\nemails = 'Emails'\n"));
    // The `Cargo.toml` is a file of this project, so the lock is renewed first.
    for command in ["generate", "check"] {
        run(command).expect(0).says(&[
            "warning[configuration]: `types` has `album.titel`, which no query mentions",
            " Cargo.toml:7:1",
            "did you mean `album.title`? If not, it may stay",
            " Cargo.toml:8:1",
            "did you mean `email`? If not, it may stay",
        ]);
    }
    let wrong = "integer = 'i32'\n'email[]' = 'Email'\n";
    project.write("Cargo.toml", manifest(wrong));
    for command in ["check", "generate"] {
        run(command).expect(10).says(&[
            "error[configuration]: `types` has `integer`, which PostgreSQL names `int4`",
            " Cargo.toml:7:1",
            "did you mean `int4`?",
            " Cargo.toml:8:1",
            "`types` has the array `email[]`, but it maps elements",
        ]);
    }
}
