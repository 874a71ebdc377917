//! `cargo pgmi deploy` against `psql -f` of the same statements: whole processes, taking turns.

mod project;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pgmi_engine::cluster::{Cluster, Settings};
use postgres::{Client, NoTls};

use self::project::Generated;
use crate::measure::{Series, table};
use crate::program::{binaries, build};
use crate::{Numbers, Result};

pub(crate) fn run(numbers: &Numbers) -> Result<()> {
    let (files, rounds) = (numbers.get(0, 1000), numbers.get(1, 9));
    let pgmi = build()?;
    let binaries = binaries(numbers.major()?)?;
    let cluster = Cluster::start(&binaries, &Settings::new(std::env::temp_dir()))
        .map_err(|error| error.to_string())?;
    let project = Generated::write(files)?;

    let (mut ours, mut theirs) = (Series::new("cargo pgmi deploy"), Series::new("psql -f"));
    // The first round warms caches and is not counted.
    for round in 0..=rounds {
        let ours_took = timed(&cluster, |connection| deploy(&pgmi, &project.folder(), connection))?;
        let theirs_took = timed(&cluster, |connection| psql(&project.script(), connection))?;
        if round > 0 {
            ours.add(ours_took);
            theirs.add(theirs_took);
        }
    }
    let title = format!(
        "{files} files, {} statements, {} KB, PostgreSQL {}",
        project.statements,
        project.bytes / 1024,
        binaries.version
    );
    println!(
        "{}\nRatio of the medians: {:.2}",
        table(&title, &[&ours, &theirs]),
        ours.median() / theirs.median()
    );
    Ok(())
}

/// How long a run in a fresh database takes.
fn timed(cluster: &Cluster, run: impl FnOnce(&str) -> Command) -> Result<Duration> {
    let mut client = Client::connect(&cluster.connection_string("postgres"), NoTls)?;
    client.batch_execute("drop database if exists bench with (force)")?;
    client.batch_execute("create database bench template template0")?;
    client.batch_execute("checkpoint")?;
    let mut command = run(&cluster.connection_string("bench"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());

    let begin = Instant::now();
    let output = command.output()?;
    let took = begin.elapsed();

    if output.status.success() {
        return Ok(took);
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
}

fn deploy(program: &Path, folder: &Path, connection: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["pgmi", "deploy"]).arg(folder).args(["--connection", connection]);
    command
}

fn psql(script: &Path, connection: &str) -> Command {
    let mut command = Command::new("psql");
    command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", connection, "-f"]).arg(script);
    command
}
