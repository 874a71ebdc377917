//! `cargo pgmi deploy` against `psql -f` of the same statements: whole processes, taking turns.

mod measure;
mod project;
mod tests;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pgmi_engine::cluster::{Binaries, Cluster, Places, Settings};
use postgres::{Client, NoTls};

use crate::measure::{Series, report};
use crate::project::Generated;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|word| word == "tests").is_some() {
        let mut numbers = arguments.map(|text| text.parse::<u16>());
        let rounds = numbers.next().transpose()?.unwrap_or(9);
        return tests::run(rounds.into(), numbers.next().transpose()?);
    }
    let mut numbers = arguments.map(|text| text.parse::<usize>());
    let files = numbers.next().transpose()?.unwrap_or(1000);
    let rounds = numbers.next().transpose()?.unwrap_or(9);
    let major = numbers.next().transpose()?.map(u16::try_from).transpose()?;

    let pgmi = build()?;
    let binaries = binaries(major)?;
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
    println!("{}", report(&title, &ours, &theirs));
    Ok(())
}

/// The server programs of a major, or the newest that are there.
fn binaries(major: Option<u16>) -> Result<Binaries> {
    let places = Places::gather(|name| std::env::var_os(name));
    Ok(Binaries::find(&places, major).map_err(|error| error.to_string())?)
}

/// The program as it is shipped, built into the folder this one was built into.
fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--quiet", "-p", "cargo-pgmi"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .status()?;
    let this = std::env::current_exe()?;
    let program = this.with_file_name(format!("cargo-pgmi{}", std::env::consts::EXE_SUFFIX));
    match built.success() && program.is_file() {
        true => Ok(program),
        false => Err("cargo-pgmi was not built: run this with cargo run --release".into()),
    }
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
