//! `cargo pgmi index`, whole processes: rows for every table, every candidate tried.

mod project;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pgmi_engine::cluster::Binaries;

use self::project::Generated;
use crate::measure::{Series, table};
use crate::program::{binaries, build};
use crate::{Numbers, Result};

/// Queries over each table.
const QUERIES: usize = 5;

pub(crate) fn run(numbers: &Numbers) -> Result<()> {
    let (tables, rounds) = (numbers.get(0, 40), numbers.get(1, 5));
    let bench = Bench {
        program: build()?,
        binaries: binaries(numbers.major()?)?,
        cache: tempfile::tempdir()?,
        project: Generated::write(tables, QUERIES)?,
    };
    let mut series = Series::within("analysis with verification, server runs", 5000.0);
    // The first round starts the server, deploys the project and is not counted.
    let (_, found) = bench.index()?;
    for _ in 0..rounds {
        series.add(bench.index()?.0);
    }
    bench.server("stop")?;
    let version = &bench.binaries.version;
    let queries = tables * QUERIES;
    let title = format!("{queries} queries over {tables} tables, PostgreSQL {version}");
    println!("{}", table(&title, &[&series]));
    println!("Indexes to create: {found}");
    Ok(())
}

/// A user of their own, with a cache of their own.
struct Bench {
    program: PathBuf,
    binaries: Binaries,
    cache: tempfile::TempDir,
    project: Generated,
}

impl Bench {
    /// How long it took, and how many indexes it would create.
    fn index(&self) -> Result<(Duration, usize)> {
        let mut command = self.command(&["index", "--json"]);
        command.arg(self.project.folder()).stdout(Stdio::piped());
        let begin = Instant::now();
        let output = command.output()?;
        let took = begin.elapsed();
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        Ok((took, answer["create"].as_array().map_or(0, Vec::len)))
    }

    fn server(&self, action: &str) -> Result<()> {
        let output = self.command(&["server", action]).output()?;
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into()),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("pgmi").args(arguments);
        command.env("PGMI_CACHE_DIR", self.cache.path()).env("PGMI_SERVER", "local");
        command.env("PG_CONFIG", self.binaries.directory.join("pg_config"));
        command.current_dir(self.cache.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }
}
