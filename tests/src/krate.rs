//! Crates that a test builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use crate::cargo;

/// A crate of `tests/ui`, copied to where it can be built.
///
/// Each folder there is a crate without its `Cargo.toml`; what stands in its `Cargo.end` comes at the end of
/// that. Where it has a `stderr`, the compiler must refuse it in these words (`PGMI_BLESS=1` writes them);
/// where it has a `stdout`, it must build and print this.
pub struct Krate {
    case: String,
    folder: PathBuf,
}

impl Krate {
    /// The crate of this folder.
    pub fn new(case: &str) -> Self {
        Self::named(case, case)
    }

    /// A test that changes files has a copy of its own.
    pub fn named(case: &str, name: &str) -> Self {
        let folder = crate::scratch().join("ui").join(name);
        let _ = fs::remove_dir_all(&folder);
        copy(&source(case), &folder);
        let workspace = workspace();
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
        let end = fs::read_to_string(folder.join("Cargo.end")).unwrap_or_default();
        let workspace = workspace.display();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [build-dependencies]\npgmi-build = {{ path = '{workspace}/pgmi-build', default-features = false, features = ['server'] }}\n\n\
             [dependencies]\npgmi.path = '{workspace}/pgmi'\n{end}",
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("the folder can be written");
        Self { case: case.to_owned(), folder }
    }

    /// What `cargo package` puts into the package of an example, in a folder that is not part of the workspace.
    pub fn packaged(package: &str) -> Self {
        let krate = Self::bare(&format!("{package}-packaged"));
        fs::remove_dir_all(krate.folder.join("src")).expect("a folder can be removed");
        let example = workspace().join("examples").join(package);
        let mut command = cargo_alone();
        command.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(&example);
        let listed = command.output().expect("cargo can be started");
        assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
        // What Cargo makes itself is not there to be copied.
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let files = listed.lines().filter(|it| !it.starts_with("Cargo.") && !it.starts_with('.'));
        for file in files {
            let target = krate.folder.join(file);
            fs::create_dir_all(target.parent().expect("a file is in a folder")).expect("a folder");
            fs::copy(example.join(file), target).expect("a file can be copied");
        }
        let workspace = workspace();
        let workspace = workspace.display();
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [build-dependencies]\npgmi-build = {{ path = '{workspace}/pgmi-build', default-features = false, features = ['server'] }}\n\n\
             [dependencies]\npgmi.path = '{workspace}/pgmi'\n",
        );
        fs::write(krate.folder.join("Cargo.toml"), manifest).expect("the folder can be written");
        krate
    }

    /// Its files, each with when it was changed; without what Cargo writes.
    pub fn files(&self) -> Vec<(PathBuf, SystemTime)> {
        let mut found = Vec::new();
        changed(&self.folder, &mut found);
        found.retain(|(path, _)| !path.ends_with("Cargo.lock"));
        found.sort();
        found
    }

    /// A new crate that knows nothing of pgmi.
    pub fn bare(name: &str) -> Self {
        let folder = crate::scratch().join("ui").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).expect("a folder can be made");
        fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("the folder can be written");
        fs::write(folder.join("src/main.rs"), "fn main() {}\n").expect("the folder can be written");
        Self { case: name.to_owned(), folder }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Cargo in its folder.
    pub fn command(&self, subcommand: &str) -> Command {
        let mut command = cargo(subcommand);
        command.arg("--offline").current_dir(&self.folder).env("CARGO_TERM_COLOR", "never");
        command
    }

    /// Runs Cargo in its folder.
    pub fn cargo(&self, subcommand: &str) -> Output {
        self.command(subcommand).output().expect("cargo can be started")
    }

    /// What the compiler says, without this machine's paths.
    pub fn said(&self, subcommand: &str) -> String {
        let stderr = String::from_utf8_lossy(&self.cargo(subcommand).stderr).into_owned();
        let folder = self.folder.display().to_string();
        let lines = stderr.lines().filter(|line| !line.starts_with("error: could not compile"));
        let said: Vec<_> =
            lines.map(|line| line.replace(&folder, "$DIR").trim_end().to_owned()).collect();
        said.join("\n").trim_end().to_owned() + "\n"
    }

    /// The compiler must refuse it in the words of its `stderr`.
    #[track_caller]
    pub fn refuses(&self, subcommand: &str) {
        let said = self.said(subcommand);
        let case = &self.case;
        assert!(!said.trim().is_empty(), "{case}: the compiler should have refused it");
        if std::env::var_os("PGMI_BLESS").is_some() {
            fs::write(source(case).join("stderr"), &said).expect("tests/ui can be written");
        }
        let expected = self.expected("stderr");
        assert!(said == expected, "{case}\n--- expected\n{expected}\n--- said\n{said}");
    }

    /// What the program prints.
    #[track_caller]
    pub fn run(&self) -> String {
        self.run_with(&[])
    }

    /// What the program prints, given these arguments.
    #[track_caller]
    pub fn run_with(&self, arguments: &[&str]) -> String {
        let mut command = self.command("run");
        let output = command.arg("--").args(arguments).output().expect("cargo can be started");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {words}", self.case);
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// A file of the case, with what is expected.
    pub fn expected(&self, stream: &str) -> String {
        let file = source(&self.case).join(stream);
        fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n")
    }
}

fn cargo_alone() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn changed(folder: &Path, found: &mut Vec<(PathBuf, SystemTime)>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("a folder can be read").path();
        match path.is_dir() {
            true => changed(&path, found),
            false => {
                let metadata = path.metadata().expect("a file can be looked at");
                found.push((path, metadata.modified().expect("files have a time")));
            }
        }
    }
}

fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    folder.canonicalize().expect("the workspace is there")
}

fn source(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui").join(case)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("tests/ui can be read") {
        let entry = entry.expect("tests/ui can be read");
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("a file can be copied")),
        }
    }
}
