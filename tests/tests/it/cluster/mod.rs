//! Throwaway servers. What ends without a word, by `kill -9`, is played by `cargo test` itself:
//! [`another_process`] runs one ignored test of this binary in a process of its own.

mod isolated;
mod shared;
mod users;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use pgmi_engine::cluster::Cluster;
use pgmi_tests::Project;
use postgres::{Client, NoTls};

fn connect(cluster: &Cluster) -> Client {
    Client::connect(&cluster.connection_string("postgres"), NoTls).unwrap()
}

/// Runs an ignored test of this binary with `folder` to play in.
fn another_process(test: &str, folder: &Path) -> Another {
    another(&mut Command::new(std::env::current_exe().unwrap()), test, folder)
}

/// The same with `command` in front, such as `setpriv …`; it ends with the path of a binary.
fn another(command: &mut Command, test: &str, folder: &Path) -> Another {
    let mut child = command
        .args([&format!("cluster::{test}"), "--exact", "--ignored", "--nocapture"])
        .env(PLAYGROUND, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let said = lines.find_map(|line| Some(line.ok()?.split_once("home: ")?.1.to_owned()));
    Another { child, home: said.expect("the other process has a server").into() }
}

const PLAYGROUND: &str = "PGMI_TEST_PLAYGROUND";

/// Another process, with a server in use.
struct Another {
    child: Child,
    home: PathBuf,
}

impl Another {
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// What the other process does in the end: says where its server is, and waits to be killed.
fn stay(cluster: &Cluster) {
    println!("home: {}", cluster.home().display());
    let _ = std::io::stdin().read_line(&mut String::new());
}

/// The folder that [`another_process`] gave this process.
fn playground() -> PathBuf {
    std::env::var_os(PLAYGROUND).expect("run by another test").into()
}

/// Nothing is timed here: what is waited for either happens or the test hangs.
fn until(what: impl Fn() -> bool) {
    for _ in 0..12_000 {
        if what() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("waited a minute for nothing");
}

/// Whether a process exists and is no zombie.
fn is_alive(process: u32) -> bool {
    let state = Command::new("ps").args(["-o", "stat=", "-p", &process.to_string()]).output();
    let state = String::from_utf8(state.unwrap().stdout).unwrap();
    !state.trim().is_empty() && !state.starts_with('Z')
}

/// A process that ended by itself in the meantime is fine: a keeper's helpers come and go.
fn kill(signal: &str, process: u32) {
    let _ = Command::new("kill").args([signal, &process.to_string()]).status().unwrap();
}

/// The processes whose command line mentions a path: keepers and postmasters of a server.
fn processes_of(home: &Path) -> Vec<u32> {
    let all = Command::new("ps").args(["-ww", "-eo", "pid=,args="]).output().unwrap();
    let all = String::from_utf8_lossy(&all.stdout).into_owned();
    let of_home = all.lines().filter(|line| line.contains(home.to_str().unwrap()));
    of_home.map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect()
}

/// A folder for the test, which other users may enter.
fn open_playground() -> Project {
    use std::os::unix::fs::PermissionsExt;

    let playground = Project::empty();
    let all = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(playground.path(), all).unwrap();
    playground
}
