//! The template `app`: an existing crate is changed so that it builds, and nothing of the user's is lost.

use std::fs;
use std::path::Path;

use pgmi_tests::{Command, Database, Krate, Project, pgmi};

/// Runs in a crate's folder.
fn init(folder: &Path, arguments: &[&str]) -> pgmi_tests::Finished {
    Command::new(&[&["init"], arguments].concat()).current_dir(folder).run()
}

/// The program that `init` shows: what is indented behind its announcement.
fn program(said: &str) -> String {
    let part = said.split("src/main.rs for instance:\n").nth(1).unwrap();
    part.lines().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned() + "\n").collect()
}

#[test]
fn a_crate_builds_and_runs_the_first_query() {
    let krate = Krate::bare("init-app");
    let done = init(krate.folder(), &[]).expect(0);
    let manifest = fs::read_to_string(krate.folder().join("Cargo.toml")).unwrap();
    for line in [
        "[dependencies]\npgmi = { path = ",
        "\ntokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n",
        "[build-dependencies]\npgmi-build = { path = ",
    ] {
        assert!(manifest.contains(line), "{line}\n{manifest}");
    }

    // A second time there is nothing to do.
    init(krate.folder(), &[])
        .expect(0)
        .says(&["pgmi, tokio, pgmi-build: there already", "build.rs"]);
    assert_eq!(fs::read_to_string(krate.folder().join("Cargo.toml")).unwrap(), manifest);

    // Servers in containers are much to build, and not what this is about.
    let slim = "pgmi-build = { default-features = false, features = [\"server\"], path = ";
    let slim = manifest.replace("pgmi-build = { path = ", slim);
    // What this depends on is built once for this and for the crate of the README's tour.
    let slim = slim.replace("\npgmi = { path = ", "\npgmi = { features = [\"test\"], path = ");
    fs::write(krate.folder().join("Cargo.toml"), slim).unwrap();
    fs::write(krate.folder().join("src/main.rs"), program(&done.stderr)).unwrap();
    let db = Database::create(18);
    db.deploy(krate.folder().join("db"), &[]).expect(0);
    db.run("select add_note('ada', 'first'), add_note('ada', 'second'), add_note('eve', 'hers')");
    let mut command = krate.command("run");
    let output = command.env("DATABASE_URL", db.connection_string()).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    // The numbers are not 1 and 2: what the tests of the deployment took from the sequence stays taken.
    let said = String::from_utf8_lossy(&output.stdout);
    let bodies: Vec<_> = said.lines().filter_map(|line| Some(line.split_once(": ")?.1)).collect();
    assert_eq!(bodies, ["second", "first"], "{said}");
}

/// A crate in a temporary folder; it is not built.
fn a_crate(files: &[(&str, &str)]) -> Project {
    let project = Project::new([
        (
            "Cargo.toml",
            "# Mine.\n[package]\nname = \"mine\"\nversion = \"1.0.0\"\nedition = \"2024\"\n",
        ),
        ("src/main.rs", "fn main() {}\n"),
    ]);
    for (path, text) in files {
        project.write(path, text);
    }
    project
}

#[test]
fn what_is_the_users_stays_and_is_named() {
    let mine = "fn main() { println!(\"cargo::rerun-if-changed=x\"); }\n";
    let project = a_crate(&[("build.rs", mine)]);
    let done = init(project.path(), &[]).expect(0);
    done.says(&[
        "Kept     build.rs",
        "Yours to do: call pgmi_build::compile(); in main of build.rs",
    ]);
    assert_eq!(project.read("build.rs"), mine);
    assert!(project.read("Cargo.toml").starts_with("# Mine.\n[package]\nname = \"mine\"\n"));
    project.write("build.rs", "fn main() { pgmi_build::compile(); }");
    let again = init(project.path(), &[]).expect(0);
    assert!(!again.stderr.contains("Yours to do"), "{}", again.stderr);
}

#[test]
fn a_project_that_is_there_already_is_only_connected() {
    let project = a_crate(&[("db/deploy.sql", "select 1"), ("db/own/1.sql", "select 1")]);
    let done =
        init(project.path(), &[]).expect(0).says(&["Kept     db", "a project is there already"]);
    assert!(!done.stderr.contains("runs the first query"));
    assert!(!project.join("db/migrations").exists() && project.join("build.rs").exists());
}

#[test]
fn another_folder_is_written_into_the_manifest() {
    let project = a_crate(&[]);
    init(project.path(), &["sql"])
        .expect(0)
        .says(&["project = \"sql\" to [package.metadata.pgmi]"]);
    assert!(project.read("Cargo.toml").contains("[package.metadata.pgmi]\nproject = \"sql\"\n"));
    // From now on it is the project's folder, also for `init`.
    init(project.path(), &[]).expect(0).says(&["Kept     sql/deploy.sql"]);
    pgmi_in(&project, &["info"]).expect(0);
}

fn pgmi_in(project: &Project, arguments: &[&str]) -> pgmi_tests::Finished {
    Command::new(arguments).current_dir(project.path()).run()
}

#[test]
fn a_crate_that_cargo_cannot_read_is_not_touched() {
    let project = Project::new([("Cargo.toml", "[package\n")]);
    init(project.path(), &[]).expect(10).says(&["cargo cannot read the crate", "--template basic"]);
    assert_eq!(project.read("Cargo.toml"), "[package\n");
    assert!(!project.join("db").exists());
    let project = a_crate(&[]);
    let done = init(project.path(), &["--pgmi", "/no/such/clone"]).expect(2);
    done.says(&["is no clone of pgmi"]);
}

/// Standing in the root of a workspace is standing in none of its members.
#[test]
fn a_virtual_workspace_is_no_crate() {
    let project = Project::new([
        ("Cargo.toml", "[workspace]\nmembers = [\"one\"]\nresolver = \"3\"\n"),
        ("one/Cargo.toml", "[package]\nname = \"one\"\nversion = \"1.0.0\"\nedition = \"2024\"\n"),
        ("one/src/lib.rs", ""),
    ]);
    init(project.path(), &["--template", "app"]).expect(2).says(&["needs a crate"]);
    init(project.path(), &["one/db"])
        .expect(0)
        .says(&["Wrote    one/db/deploy.sql", "Changed  one/Cargo.toml"]);
    assert!(project.join("one/build.rs").exists());
    assert!(!project.read("one/Cargo.toml").contains("metadata"), "db is where builds look");
    // Elsewhere there is still no crate.
    pgmi(&["init", project.join("other").to_str().unwrap()]).expect(0);
    assert!(project.join("other/deploy.sql").exists());
}
