//! What is wrong before anything connects: found, named, nothing changed.

use pgmi_tests::{Command, Database, Finished, Project, pgmi};

/// A connection that nobody answers: whoever gets there has checked too late.
const NOWHERE: &str = "host=127.0.0.1 port=1 user=x dbname=x";

fn deploy(project: &Project, arguments: &[&str]) -> Finished {
    command(project.arg(), arguments).run()
}

fn command(project: &str, arguments: &[&str]) -> Command {
    Command::new(&[&["deploy", project, "--connection", NOWHERE], arguments].concat())
}

#[track_caller]
fn refused(project: &Project, code: i32, words: &[&str]) -> Finished {
    deploy(project, &[]).expect(code).says(words)
}

fn with(path: &str, content: impl AsRef<[u8]>) -> Project {
    let project = Project::new([("deploy.sql", "select 1")]);
    project.write(path, content);
    project
}

#[test]
fn a_project_is_a_folder_with_a_deploy_sql() {
    let project = Project::new([("file", "")]);
    let path = |name: &str| project.join(name).to_str().unwrap().to_owned();
    command(&path("missing"), &[]).run().expect(10).says(&["does not exist", "missing"]);
    command(&path("file"), &[]).run().expect(10).says(&["is not a folder"]);
    command(project.arg(), &[]).run().expect(14).says(&["there is no deploy.sql"]);
    project.write("deploy.sql/x", "");
    command(project.arg(), &[]).run().expect(10).says(&["deploy.sql"]);
    // The name is exactly that, also where the folder's file system does not mind case.
    let loud = Project::new([("Deploy.sql", "select 1")]);
    #[cfg(target_os = "linux")]
    command(loud.arg(), &[]).run().expect(14);
    drop(loud);
}

#[test]
fn binary_files_are_refused() {
    for path in ["data/blob.bin", "__test__/blob.sql", "migrations/001.sql"] {
        let done = refused(&with(path, b"ok\0binary"), 10, &["NUL byte", "byte offset 2"]);
        assert_eq!(done.stderr.matches(&format!("./{path}")).count(), 1, "{}", done.stderr);
    }
    refused(&with("deploy.sql", b"select 1;\0"), 10, &["deploy.sql", "NUL byte", "byte offset 9"]);
}

#[test]
fn files_that_are_not_utf8_are_refused() {
    let bytes = b"valid \xff\xfe";
    let done = refused(&with("bad.txt", bytes), 10, &["valid UTF-8", "byte offset 6"]);
    assert_eq!(done.stderr.matches("./bad.txt").count(), 1, "{}", done.stderr);
    refused(&with("deploy.sql", bytes), 10, &["deploy.sql", "valid UTF-8", "byte offset 6"]);
    refused(&with("pgmi.yaml", bytes), 10, &["pgmi.yaml", "valid UTF-8"]);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let project = with("a.bin", b"\0");
    project
        .write("b.txt", b"\xff")
        .write("__odd__/c.sql", "")
        .write("d.sql", "/* <pgmi-meta /> */");
    refused(&project, 10, &["./a.bin", "./b.txt", "./__odd__", "./d.sql"]);
}

#[test]
fn reserved_folder_names_are_refused() {
    for name in ["__foo__", "__test__/__foo__", "a/__Test__", "__tests___/__x__"] {
        let folder = name.rsplit('/').next().unwrap();
        refused(&with(&format!("{name}/x.sql"), ""), 10, &["dunder-directory", folder]);
    }
}

#[cfg(unix)]
#[test]
fn symlinks_are_refused() {
    let project = with("migrations/001.sql", "select 1");
    std::os::unix::fs::symlink("/etc/passwd", project.join("migrations/evil.sql")).unwrap();
    let done = refused(&project, 10, &["refusing to read symlink", "./migrations/evil.sql"]);
    done.hides("root:");
    let project = with("a.sql", "select 1");
    std::os::unix::fs::symlink("/etc", project.join("folder")).unwrap();
    refused(&project, 10, &["refusing to read symlink", "./folder"]);
}

#[test]
fn large_files_need_a_higher_limit() {
    let project = with("seeds/big.csv", vec![b'x'; 11 * 1024 * 1024]);
    refused(&project, 10, &["./seeds/big.csv", "11534336 bytes", "PGMI_MAX_FILE_SIZE"]);
    let limited = |limit: &str| command(project.arg(), &[]).env("PGMI_MAX_FILE_SIZE", limit).run();
    limited("11534335").expect(10);
    for nonsense in ["0", "-1", "many", "10 MB"] {
        limited(nonsense).expect(10).says(&["PGMI_MAX_FILE_SIZE is not a number of bytes"]);
    }

    let db = Database::create(18);
    project.write(
        "deploy.sql",
        "create table seen as select size_bytes from pg_temp.pgmi_source_view",
    );
    let deploy = db.deploy_command(project.path(), &[]);
    deploy.env("PGMI_MAX_FILE_SIZE", "11534336").run().expect(0);
    assert_eq!(db.value("select size_bytes from seen"), "11534336");
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_read_are_named() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let chmod = |project: &Project, path: &str, mode: u32| {
        fs::set_permissions(project.join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    let as_nobody = |project: &Project| {
        chmod(project, ".", 0o755);
        Command::unprivileged(&["deploy", project.arg(), "--connection", NOWHERE]).run()
    };
    let project = with("secret/a.sql", "select 1");
    project.write("b.sql", "select 1");
    chmod(&project, "b.sql", 0o000);
    as_nobody(&project).expect(10).says(&["./b.sql", "ermission denied"]);
    chmod(&project, "secret", 0o000);
    as_nobody(&project).expect(10).says(&["secret", "ermission denied"]);
    chmod(&project, "secret", 0o755);

    // A folder that is left out is not entered.
    let project = with("node_modules/a.js", "");
    chmod(&project, "node_modules", 0o000);
    as_nobody(&project).expect(11);
    chmod(&project, "node_modules", 0o755);

    let project = with("deploy.sql", "select 1");
    chmod(&project, "deploy.sql", 0o000);
    as_nobody(&project).expect(10).says(&["deploy.sql", "ermission denied"]);
}

#[test]
fn the_configuration_is_strict() {
    for (yaml, words) in [
        ("parms:\n  a: b\n", &["pgmi.yaml:1", "parms"][..]),
        ("connection:\n  host: h\n  password: SENTINEL\n", &["pgmi.yaml:3", "password"]),
        ("timeout: soon\n", &["pgmi.yaml:1", "soon"]),
        ("timeout: -1s\n", &["-1s"]),
        ("params: [SENTINEL]\n", &["params"]),
        ("params:\n  bad-key: SENTINEL\n", &["bad-key"]),
        ("connection:\n  port: many\n", &["pgmi.yaml"]),
        ("a: b: c\n", &["pgmi.yaml:1"]),
        ("params:\n  token: \"SENTINEL\n", &["pgmi.yaml"]),
    ] {
        refused(&with("pgmi.yaml", yaml), 10, words).hides("SENTINEL");
    }
    for fine in ["", "# nothing\n", "\u{feff}timeout: 1m\n", "params:\n"] {
        refused(&with("pgmi.yaml", fine), 11, &[]);
    }
}

#[test]
fn flags_are_checked() {
    let project = with("a.sql", "");
    for (flags, words) in [
        (&["--timeout", "soon"][..], "soon"),
        (&["--timeout=-3m"], "-3m"),
        (&["--timeout", "-3m"], "-3m"),
        (&["--timeout", ""], "duration"),
        (&["--compat", "2"], "unsupported API version \"2\"; supported: [1]"),
        (&["--sslmode", "perhaps"], "sslmode"),
        (&["--host", "elsewhere"], "host"),
    ] {
        deploy(&project, flags).expect(10).says(&[words]);
    }
    // What is wrong with the command line is said before a server is started or asked.
    for (flags, words) in [
        (&["--compat", "9", "--throwaway"][..], "unsupported API version"),
        (&["--timeout", "soon", "--throwaway"], "soon"),
        (&["--timeout", "soon", "--connection", "nonsense"], "soon"),
        (&["--lock-wait", "soon", "--connection", "nonsense"], "soon"),
        (&["--timeout", "soon", "--sslmode", "perhaps"], "soon"),
    ] {
        pgmi(&[&["deploy", project.arg()], flags].concat())
            .expect(10)
            .says(&[words])
            .hides("nonsense");
    }
    for usage in [&["--frobnicate"][..], &["another-folder"], &["--param"]] {
        deploy(&project, usage).expect(2);
    }
}

#[test]
fn h_is_the_host_and_help_is_spelled_out() {
    let project = with("a.sql", "");
    let done = pgmi(&["deploy", project.arg(), "-h", "127.0.0.1", "-p", "1", "-U", "x", "-d", "y"]);
    done.expect(11).says(&["127.0.0.1:1/y"]);
    let help = pgmi(&["deploy", "--help"]).expect(0);
    assert!(help.stdout.contains("--params-file"), "{}", help.stdout);
}

#[test]
fn without_a_name_it_is_the_user_of_this_process() {
    let project = with("a.sql", "");
    let mut command =
        Command::new(&["deploy", project.arg(), "-h", "127.0.0.1", "-p", "1", "-d", "y"]);
    for name in ["USER", "LOGNAME", "USERNAME"] {
        command = command.env_remove(name);
    }
    // As in libpq, the system is asked when no variable tells.
    command.run().expect(11);
}

#[test]
fn a_broken_dot_env_is_a_warning_that_shows_nothing() {
    let project = with(".env", "PGAPPNAME=x\nSENTINEL\n");
    let done = refused(&project, 11, &["warning", ".env"]);
    done.hides("SENTINEL");
}

#[test]
fn nothing_is_created_for_a_project_that_is_wrong() {
    let db = Database::missing(18);
    for (path, content, code) in [
        ("data/blob.bin", &b"\0"[..], 10),
        ("migrations/a.sql", b"/* <pgmi-meta /> */", 10),
        ("pgmi.yaml", b"parms:\n", 10),
        ("__odd__/a.sql", b"", 10),
        ("deploy.sql", b"copy t from stdin;", 13),
    ] {
        db.deploy(with(path, content), &[]).expect(code);
    }
    db.deploy(Project::empty(), &[]).expect(14);
    assert!(!db.exists());
}
