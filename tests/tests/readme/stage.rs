//! Where somebody stands who types what the README says.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use pgmi_tests::{Project, binaries, build, scratch};

use crate::console::commands;
use crate::same::same;

/// A temporary folder, what it is called by those who stand in it, and the variables they have.
pub struct Stage {
    folder: tempfile::TempDir,
    here: PathBuf,
    variables: Vec<(OsString, OsString)>,
}

/// The folder of the README.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

impl Stage {
    /// An empty folder, and a PostgreSQL 18 whose servers are nobody else's.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("pgmi-readme-").tempdir().unwrap();
        for name in ["bin", "ada"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let here = folder.path().join("ada");
        let mut stage = Self { folder, here, variables: Vec::new() };
        let pg_config = stage.folder.path().join("pg_config");
        fs::write(&pg_config, format!("#!/bin/sh\necho {}\n", binaries(18).directory.display()))
            .unwrap();
        fs::set_permissions(&pg_config, fs::Permissions::from_mode(0o755)).unwrap();
        symlink(build("cargo-pgmi"), stage.folder.path().join("bin/cargo-pgmi")).unwrap();
        let target = scratch().parent().unwrap().parent().unwrap().to_owned();
        let cache = stage.folder.path().join("cache");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path =
            std::iter::once(stage.folder.path().join("bin")).chain(std::env::split_paths(&path));
        let path = std::env::join_paths(path).unwrap();
        stage
            .env("PATH", path)
            .env("PG_CONFIG", pg_config)
            .env("PGMI_CACHE_DIR", cache)
            // Nothing is built twice, and nothing is fetched.
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_NET_OFFLINE", "true");
        stage
    }

    /// Beside this folder's other things is a clone, in which one stands.
    pub fn in_a_clone(mut self) -> Self {
        symlink(root(), self.here.join("pgmi")).unwrap();
        self.here.push("pgmi");
        self
    }

    /// Sets a variable.
    pub fn env(&mut self, name: &str, value: impl AsRef<OsStr>) -> &mut Self {
        self.variables.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// Goes there, as `cd` does: `..` leads back from a link.
    fn stand_in(&mut self, folder: &str) {
        match folder {
            ".." => drop(self.here.pop()),
            folder => self.here.push(folder),
        }
        assert!(self.here.is_dir(), "{}", self.here.display());
    }

    /// Puts these files here; a project is its `db/`.
    pub fn project(&mut self, files: &Project) {
        let db = if files.join("db").exists() { "." } else { "db" };
        let to = self.here.join(db);
        let copied = Command::new("cp").arg("-R").arg(files.join(".")).arg(&to).status().unwrap();
        assert!(copied.success(), "{}", to.display());
    }

    /// A home of one's own, with these passwords.
    pub fn home(&mut self, passwords: &str) {
        let home = self.folder.path().join("ada");
        let file = home.join(".pgpass");
        fs::write(&file, passwords).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        // Where cargo and rustup look by default.
        let real = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let value = std::env::var_os(name).unwrap_or_else(|| real.join(folder).into());
            self.env(name, value);
        }
        self.env("HOME", home);
    }

    /// Types the commands of a section, of which there are so many, and compares what is said.
    #[track_caller]
    pub fn types(&mut self, section: &str, number: usize) {
        let commands = commands(section);
        assert_eq!(commands.len(), number, "{commands:#?}");
        let mut wrong = Vec::new();
        for typed in commands {
            let (said, good) = self.run(&typed.command);
            let expected = typed.expected.join("\n");
            let may_fail = ["FAILED", "error"].iter().any(|it| expected.contains(it));
            // A command without output in the README may say what it did.
            let is_silent = typed.expected.is_empty();
            if good == may_fail || !(is_silent || same(&typed.expected, &said)) {
                let command = &typed.command;
                wrong.push(format!("$ {command}\n--- README.md\n{expected}\n--- said\n{said}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// Types a command that the README does not have.
    #[track_caller]
    pub fn quietly(&mut self, command: &str) {
        let (said, good) = self.run(command);
        assert!(good, "$ {command}\n{said}");
    }

    /// Types a command that cannot do it, and says why.
    #[track_caller]
    pub fn in_vain(&mut self, command: &str, why: &str) {
        let (said, good) = self.run(command);
        assert!(!good && said.contains(why), "$ {command}\n{said}");
    }

    /// What a command says, and whether it ended well.
    fn run(&mut self, command: &str) -> (String, bool) {
        let bare = command.split_once(" #").map_or(command, |(bare, _)| bare).trim();
        if let Some(folder) = bare.strip_prefix("cd ") {
            self.stand_in(folder);
            return (String::new(), true);
        }
        if let Some((name, value)) = bare.strip_prefix("export ").and_then(|it| it.split_once('='))
        {
            let (value, good) = self.shell(&format!("printf %s {value}"), "2>/dev/null");
            self.env(name, value.trim());
            return (String::new(), good && !value.is_empty());
        }
        if ["cargo run", "cargo test"].contains(&bare) {
            self.prepare_crate();
        }
        let bin = self.folder.path().join("bin");
        let command = match bare.strip_prefix("cargo install ") {
            // The same into another folder, without optimisation.
            Some(rest) => {
                fs::remove_file(bin.join("cargo-pgmi")).unwrap();
                format!(
                    "cargo install --debug --force --root '{}' {rest}",
                    self.folder.path().display()
                )
            }
            None => command.to_owned(),
        };
        self.shell(&command, "2>&1")
    }

    fn shell(&self, command: &str, stderr: &str) -> (String, bool) {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("exec {stderr}\n{command}")).current_dir(&self.here);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            let is_of_test = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "NEXTEST"];
            if is_of_test.iter().any(|it| text.starts_with(it))
                || text.starts_with("PG")
                || text == "DATABASE_URL"
            {
                shell.env_remove(&name);
            }
        }
        let output = shell.envs(self.variables.iter().cloned()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout)
            .replace(self.folder.path().to_str().unwrap(), "/home");
        (said, output.status.success())
    }

    /// What a build without a network and without containers needs.
    fn prepare_crate(&self) {
        let lock = self.here.join("Cargo.lock");
        if lock.exists() {
            return;
        }
        fs::copy(root().join("Cargo.lock"), lock).unwrap();
        let manifest = self.here.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        let slim = "pgmi-build = { default-features = false, features = [\"server\"], path";
        // The same for programs and tests, and as `commands::init_app` has it: what it depends on is built once.
        let once = "pgmi = { features = [\"test\"], path";
        let text = text.replace("pgmi-build = { path", slim);
        let (program, rest) = text.split_once("[dev-dependencies]").unwrap();
        let (_, build) = rest.split_once("[build-dependencies]").unwrap();
        let program = program.replace("pgmi = { path", once);
        fs::write(manifest, format!("{program}[build-dependencies]{build}")).unwrap();
    }
}

impl Drop for Stage {
    /// Nothing outlives a test that failed between `start` and `stop`.
    fn drop(&mut self) {
        let _ = self.shell("cargo pgmi server stop", "2>&1");
    }
}
