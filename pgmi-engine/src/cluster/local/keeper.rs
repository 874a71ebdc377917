//! The keeper: a shell that starts a server, waits for the end of its lease, and cleans up.
//!
//! It is a process of its own so that it outlives whoever started it, killed or not.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::time::Duration;

use super::account::Account;
use super::lease::Lease;
use crate::Result;
use crate::cluster::{Binaries, failed};
use crate::diagnostic::Diagnostic;

pub(super) const SCRIPT: &str = include_str!("keeper.sh");

/// Where shells and the programs of the script lie; nothing else of the environment is passed on.
const PATH: &str = "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin:/run/current-system/sw/bin";

/// What a keeper is told.
pub(super) struct Orders<'a> {
    pub account: Account,
    pub binaries: &'a Binaries,
    pub home: &'a Path,
    pub sockets: &'a Path,
    pub linger: Duration,
    pub locale: &'a str,
    /// An untouched data directory: copied where there is one, else made for the next time.
    pub template: Option<&'a Path>,
    pub password: Option<&'a str>,
    pub options: Vec<String>,
}

/// A keeper at work. Dropping it gives up the lease.
pub(super) struct Keeper {
    pub lease: Lease,
    stdout: BufReader<ChildStdout>,
}

impl Keeper {
    /// Starts a keeper and takes its lease. From the first moment on, the keeper ends and cleans
    /// up when this process dies.
    pub(super) fn hire(orders: &Orders<'_>) -> Result<Self> {
        let unusable = |why: String| crate::Error::from(failed(why));
        let mut child = command(orders)
            .spawn()
            .map_err(|error| unusable(format!("cannot run sh to start PostgreSQL: {error}")))?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        // The script goes on in the background.
        let _ = child.wait();
        let (Some(mut stdin), Some(stdout), Some(mut stderr)) = (stdin, stdout, stderr) else {
            return Err(unusable("cannot talk to sh to start PostgreSQL".to_owned()));
        };
        let _ = writeln!(stdin, "{}", orders.password.unwrap_or_default());

        let mut stdout = BufReader::new(stdout);
        let mut word = String::new();
        let _ = stdout.read_line(&mut word);
        match Lease::take(orders.home) {
            Ok(Some(lease)) if word == "leased\n" => Ok(Self { lease, stdout }),
            _ => {
                drop(stdin);
                let mut why = String::new();
                let _ = stderr.read_to_string(&mut why);
                Err(cannot_prepare(orders.home, &why).into())
            }
        }
    }

    /// Gives up the lease and waits until the server and its files are gone.
    pub(super) fn dismiss(self) {
        let Self { lease, mut stdout } = self;
        drop(lease);
        let _ = stdout.read_to_end(&mut Vec::new());
    }

    /// Leaves the keeper to those who join.
    pub(super) fn into_lease(self) -> Lease {
        self.lease
    }
}

fn command(orders: &Orders<'_>) -> Command {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", &script(), "pgmi-keeper"])
        .args([orders.home, orders.sockets])
        .arg(orders.linger.as_secs_f32().to_string())
        .arg(&orders.binaries.directory)
        .arg(orders.locale)
        .arg(orders.template.map_or(PathBuf::new(), Path::to_owned))
        .args(&orders.options)
        // The server must not depend on who happens to start it. TZ spares initdb the search for
        // the name of the system's time zone.
        .env_clear()
        .envs([("PATH", PATH), ("LC_ALL", "C"), ("TZ", "UTC")])
        .current_dir("/")
        // Ctrl-C in a terminal is for the owner; the keeper notices when the owner is gone.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    orders.account.apply(&mut command);
    command
}

/// Without its comments: the script shows in the list of processes.
fn script() -> String {
    let code = SCRIPT.lines().filter(|line| !line.trim_start().starts_with('#'));
    code.map(|line| format!("{line}\n")).collect()
}

fn cannot_prepare(home: &Path, why: &str) -> Diagnostic {
    let diagnostic = failed(format!("cannot prepare a throwaway PostgreSQL in {}", home.display()));
    if why.trim().is_empty() { diagnostic } else { diagnostic.note(why.trim()) }
}
