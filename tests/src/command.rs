//! The built command line, run as a user would.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Stdio};
use std::sync::OnceLock;

use crate::target::profile_directory;

/// A user without rights: `nobody` nearly everywhere.
#[cfg(unix)]
const NOBODY: u32 = 65534;

/// Runs `cargo pgmi` with these arguments.
pub fn pgmi<S: AsRef<OsStr>>(arguments: &[S]) -> Finished {
    Command::new(arguments).run()
}

/// `cargo pgmi` about to be run, with an environment that says nothing about PostgreSQL.
pub struct Command {
    inner: process::Command,
    stdin: Vec<u8>,
    /// Holds a copy of the program.
    _folder: Option<tempfile::TempDir>,
}

/// What a process left behind.
#[derive(Debug)]
pub struct Finished {
    /// The exit code; none when a signal ended the process.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Command {
    /// `cargo pgmi` with these arguments.
    pub fn new<S: AsRef<OsStr>>(arguments: &[S]) -> Self {
        Self::of(program(), arguments)
    }

    /// The same as a user for whom file permissions hold, also where the tests run as root.
    #[cfg(unix)]
    pub fn unprivileged<S: AsRef<OsStr>>(arguments: &[S]) -> Self {
        use std::os::unix::{fs::PermissionsExt, process::CommandExt};

        if !rustix::process::geteuid().is_root() {
            return Self::new(arguments);
        }
        // The target folder may be closed to others.
        let folder = tempfile::tempdir().expect("a temporary folder");
        let open = fs::Permissions::from_mode(0o755);
        fs::set_permissions(folder.path(), open).expect("it is ours");
        let copy = folder.path().join("cargo-pgmi");
        fs::copy(program(), &copy).expect("the program can be copied");
        let mut command = Self::of(&copy, arguments);
        command.inner.uid(NOBODY).gid(NOBODY).current_dir(folder.path());
        Self { _folder: Some(folder), ..command }
    }

    fn of<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> Self {
        let mut inner = process::Command::new(program);
        inner.arg("pgmi").args(arguments);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("PG") && name != "PGMI_CACHE_DIR"
                || name.starts_with("CARGO_")
                || name == "DATABASE_URL"
            {
                inner.env_remove(&*name);
            }
        }
        inner.env("NO_COLOR", "1");
        Self { inner, stdin: Vec::new(), _folder: None }
    }

    /// Sets a variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(name, value);
        self
    }

    /// Removes a variable.
    #[must_use]
    pub fn env_remove(mut self, name: &str) -> Self {
        self.inner.env_remove(name);
        self
    }

    /// Stands in a folder.
    #[must_use]
    pub fn current_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.inner.current_dir(folder);
        self
    }

    /// Types this.
    #[must_use]
    pub fn stdin(mut self, text: impl AsRef<[u8]>) -> Self {
        self.stdin = text.as_ref().to_owned();
        self
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Finished {
        let typed = std::mem::take(&mut self.stdin);
        let mut child = self.spawn();
        // It may end without reading all of it.
        let _ = child.stdin.take().map(|mut stdin| stdin.write_all(&typed));
        Finished::of(child)
    }

    /// Starts it with a terminal as stdin and stdout, into which this was typed. The terminal is that of
    /// whoever reads the second value.
    #[cfg(unix)]
    pub fn spawn_on_terminal(mut self, typed: &str) -> (Child, fs::File) {
        let (mut ours, theirs) = terminal();
        ours.write_all(typed.as_bytes()).expect("it can be typed");
        // Nobody is asked anything in CI.
        self.inner.env_remove("CI").stdin(theirs()).stdout(theirs()).stderr(Stdio::piped());
        let child = self.inner.spawn().unwrap_or_else(|error| panic!("{:?}: {error}", self.inner));
        (child, ours)
    }

    /// Starts it with a terminal that a person looks at: all that is said goes there.
    #[cfg(unix)]
    pub fn spawn_before_eyes(mut self) -> (Child, fs::File) {
        let (ours, theirs) = terminal();
        self.inner.env_remove("CI").env("TERM", "xterm");
        self.inner.stdin(theirs()).stdout(theirs()).stderr(theirs());
        let child = self.inner.spawn().unwrap_or_else(|error| panic!("{:?}: {error}", self.inner));
        (child, ours)
    }

    /// Starts it, with all three streams piped.
    pub fn spawn(&mut self) -> Child {
        self.inner
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{:?}: {error}", self.inner))
    }
}

/// A terminal: our side, and how to open the other one.
#[cfg(unix)]
fn terminal() -> (fs::File, impl Fn() -> rustix::fd::OwnedFd) {
    use rustix::fs::{Mode, OFlags, open};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&ours).and_then(|()| unlockpt(&ours)).expect("it is ours");
    let name = ptsname(&ours, Vec::new()).expect("a terminal has a name");
    let theirs =
        move || open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("it exists");
    (fs::File::from(ours), theirs)
}

impl Finished {
    /// Waits for a process that was spawned.
    pub fn of(child: Child) -> Self {
        let output = child.wait_with_output().expect("a child can be waited for");
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails the test, with all output, unless the process ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

/// The program of this build. Cargo builds no binaries of other packages for a test, so it is
/// built on first use: once per process, and once per run of nextest.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

    PROGRAM.get_or_init(|| {
        let program =
            profile_directory().join(format!("cargo-pgmi{}", std::env::consts::EXE_SUFFIX));
        let marker = std::env::var("NEXTEST_RUN_ID")
            .map(|run| crate::scratch().join(format!("built-{run}")))
            .ok();
        let built = |marker: &PathBuf| marker.exists() && program.exists();
        if !marker.as_ref().is_some_and(built) {
            crate::build("cargo-pgmi");
            if let Some(marker) = marker {
                fs::write(marker, "").expect("the target folder can be written");
            }
        }
        program
    })
}
