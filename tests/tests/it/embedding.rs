//! Projects inside programs: `embed!`, `pgmi_build::check`, and what the compiler says about bad ones.
//!
//! Each folder of `tests/ui` is a crate without its `Cargo.toml`. Where it has a `stderr`, the compiler must
//! refuse it in these words (`PGMI_BLESS=1` writes them); where it has a `stdout`, it must build and print this.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pgmi_tests::{Database, build, cargo};

#[test]
fn embed_shows_the_compiler_what_is_wrong() {
    for case in ["embed-missing", "embed-no-deploy-sql", "embed-wrong"] {
        refuses(case);
    }
}

#[test]
fn embed_carries_every_file() {
    let krate = Krate::new("embed-fine");
    assert_eq!(krate.run(), krate.expected("stdout"));
}

#[test]
fn embed_is_compiled_again_when_a_file_changes() {
    let krate = Krate::named("embed-fine", "embed-changes");
    assert!(krate.run().contains("deploy.sql 10\n"));
    fs::write(krate.folder.join("db/deploy.sql"), "select 1234;\n").unwrap();
    assert!(krate.run().contains("deploy.sql 13\n"));
}

#[test]
fn check_fails_the_build_with_every_finding() {
    for case in ["build-wrong", "build-missing"] {
        refuses(case);
    }
}

#[test]
fn check_runs_again_when_a_file_comes_or_goes() {
    let krate = Krate::named("build-fine", "build-changes");
    assert!(krate.cargo("check").status.success());
    let link = krate.folder.join("db/__tset__");
    fs::create_dir(&link).unwrap();
    let refused = krate.said("check");
    assert!(refused.contains("__tset__"), "{refused}");
    fs::remove_dir(&link).unwrap();
    assert!(krate.cargo("check").status.success());
}

#[test]
fn a_program_deploys_what_is_inside_it() {
    let database = Database::create(18);
    let program = build("embedded-cli");
    for _ in 0..2 {
        let output = Command::new(&program).arg(database.connection_string()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.trim(), format!("{}: 13 files deployed", database.name()));
    }
    let tasks = "select count(*) from pg_class where oid = 'todo.tasks'::regclass";
    assert_eq!(database.client().query_one(tasks, &[]).unwrap().get::<_, i64>(0), 1);

    database.run("drop table todo.tasks cascade; create view todo.tasks as select 1 as id");
    database.run("delete from todo.applied_migrations where path like '%003%'");
    let output = Command::new(&program).arg(database.connection_string()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("--> ./migrations/003_tasks.sql:"), "{said}");
}

#[track_caller]
fn refuses(case: &str) {
    let krate = Krate::new(case);
    let said = krate.said("check");
    assert!(!said.is_empty(), "{case}: the compiler should have refused it");
    if std::env::var_os("PGMI_BLESS").is_some() {
        fs::write(source(case).join("stderr"), &said).unwrap();
    }
    let expected = krate.expected("stderr");
    assert!(said == expected, "{case}\n--- expected\n{expected}\n--- said\n{said}");
}

/// A crate of `tests/ui`, copied to where it can be built.
struct Krate {
    case: String,
    folder: PathBuf,
}

impl Krate {
    fn new(case: &str) -> Self {
        Self::named(case, case)
    }

    /// A test that changes files has a copy of its own.
    fn named(case: &str, name: &str) -> Self {
        let folder = pgmi_tests::scratch().join("ui").join(name);
        let _ = fs::remove_dir_all(&folder);
        copy(&source(case), &folder);
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let workspace = workspace.display();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\npgmi.path = '{workspace}/pgmi'\n\n\
             [build-dependencies]\npgmi-build.path = '{workspace}/pgmi-build'\n",
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        Self { case: case.to_owned(), folder }
    }

    fn cargo(&self, subcommand: &str) -> Output {
        let mut command = cargo(subcommand);
        command.arg("--offline").current_dir(&self.folder).env("CARGO_TERM_COLOR", "never");
        command.output().unwrap()
    }

    /// What the compiler says, without this machine's paths.
    fn said(&self, subcommand: &str) -> String {
        let stderr = String::from_utf8(self.cargo(subcommand).stderr).unwrap();
        let folder = self.folder.display().to_string();
        let lines = stderr.lines().filter(|line| !line.starts_with("error: could not compile"));
        let said: Vec<_> =
            lines.map(|line| line.replace(&folder, "$DIR").trim_end().to_owned()).collect();
        said.join("\n").trim_end().to_owned() + "\n"
    }

    fn run(&self) -> String {
        let output = self.cargo("run");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {words}", self.case);
        String::from_utf8(output.stdout).unwrap()
    }

    fn expected(&self, stream: &str) -> String {
        let file = source(&self.case).join(stream);
        fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n")
    }
}

fn source(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui").join(case)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}
