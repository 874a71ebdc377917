//! `cargo pgmi generate`, whole processes: from nothing, with one query edited, with nothing changed.

mod memory;
mod project;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pgmi_engine::cluster::Binaries;

use self::project::{Generated, MIGRATIONS};
use crate::measure::{Series, table};
use crate::program::{binaries, build};
use crate::{Numbers, Result};

pub(crate) fn run(numbers: &Numbers) -> Result<()> {
    let (queries, rounds) = (numbers.get(0, 500), numbers.get(1, 9));
    let bench = Bench {
        program: build()?,
        binaries: binaries(numbers.major()?)?,
        cache: tempfile::tempdir()?,
        project: Generated::write(queries)?,
    };
    let mut cold = Series::within("cold: initdb, deploy, describe all, write all", 2000.0);
    let mut restarted = Series::within("one query edited, server to be started", 400.0);
    let mut running = Series::within("one query edited, server runs", 60.0);
    let mut unchanged = Series::within("nothing changed", 30.0);
    // The first round warms the system's caches and is not counted.
    for round in 0..=rounds {
        let took = bench.round(round)?;
        if round > 0 {
            for (series, took) in
                [&mut cold, &mut restarted, &mut running, &mut unchanged].into_iter().zip(took)
            {
                series.add(took);
            }
        }
    }
    let peak = bench.peak()?;
    let version = &bench.binaries.version;
    let title = format!("{MIGRATIONS} migrations, {queries} queries, PostgreSQL {version}");
    println!("{}", table(&title, &[&cold, &restarted, &running, &unchanged]));
    println!("Peak memory of a cold run: {:.1} MB (budget: 64 MB)", peak as f64 / 1024.0);
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
    fn round(&self, round: usize) -> Result<[Duration; 4]> {
        self.begin_anew()?;
        let cold = self.generate()?;
        self.server("stop")?;
        self.project.edit(0, 2 * round)?;
        let restarted = self.generate()?;
        self.server("start")?;
        self.project.edit(0, 2 * round + 1)?;
        let running = self.generate()?;
        self.server("stop")?;
        let unchanged = self.generate()?;
        Ok([cold, restarted, running, unchanged])
    }

    /// As after the first clone: no server, no data directory, no cache, nothing generated.
    fn begin_anew(&self) -> Result<()> {
        self.server("stop")?;
        for entry in std::fs::read_dir(self.cache.path())? {
            std::fs::remove_dir_all(entry?.path())?;
        }
        Ok(self.project.forget()?)
    }

    fn generate(&self) -> Result<Duration> {
        let mut command = self.command(&["generate"]);
        command.arg(self.project.folder());
        let begin = Instant::now();
        let output = command.output()?;
        let took = begin.elapsed();
        match output.status.success() {
            true => Ok(took),
            false => Err(String::from_utf8_lossy(&output.stderr).into()),
        }
    }

    fn server(&self, action: &str) -> Result<()> {
        let output = self.command(&["server", action]).output()?;
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into()),
        }
    }

    /// Kilobytes that a cold run needed at once.
    fn peak(&self) -> Result<u64> {
        self.begin_anew()?;
        let mut command = self.command(&["generate"]);
        let child = command.arg(self.project.folder()).spawn()?;
        let peak = memory::peak(child)?;
        self.server("stop")?;
        Ok(peak)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("pgmi").args(arguments);
        command.env("PGMI_CACHE_DIR", self.cache.path()).env("PGMI_SERVER", "local");
        command.env("PATH", path_with(&self.binaries.directory));
        command.env_remove("PG_CONFIG").current_dir(self.cache.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }
}

/// The server programs are found though the cache is empty.
fn path_with(first: &Path) -> std::ffi::OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(first.to_owned()).chain(std::env::split_paths(&rest));
    std::env::join_paths(all).unwrap_or(rest)
}
