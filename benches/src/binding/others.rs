//! sqlx, diesel-async and cornucopia: a process that runs a round when it is told to.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use pgmi_engine::cluster::Cluster;

use crate::Result;

/// Who runs a task, in the order in which they answer.
pub(crate) fn names(task: &str) -> &'static [&'static str] {
    match task {
        "borrowed" => &["cornucopia, prepared"],
        _ => &["sqlx", "diesel-async", "cornucopia, prepared"],
    }
}

pub(crate) struct Others {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Others {
    pub(crate) fn start(program: &Path, cluster: &Cluster) -> Result<Self> {
        let home = cluster.home().display().to_string().replace('/', "%2F");
        let url = format!("postgres://postgres@localhost/postgres?host={home}");
        let mut command = Command::new(program);
        let mut child = command.arg(url).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let stdin = child.stdin.take().ok_or("no stdin")?;
        let stdout = BufReader::new(child.stdout.take().ok_or("no stdout")?);
        Ok(Self { child, stdin, stdout })
    }

    /// What a call takes each of them.
    pub(crate) fn round(&mut self, task: &str, calls: usize) -> Result<Vec<Duration>> {
        writeln!(self.stdin, "{task} {calls}")?;
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        let took: Vec<u64> = serde_json::from_str(&line)?;
        Ok(took.into_iter().map(Duration::from_nanos).collect())
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        // It may have ended by itself, which was said by then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
