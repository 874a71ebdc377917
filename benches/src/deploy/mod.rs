//! `cargo pgmi deploy` beside others that bring the very same statements into a fresh database: whole processes,
//! taking turns.

mod contestants;
mod project;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pgmi_engine::cluster::{Cluster, Settings};
use postgres::{Client, NoTls};

use self::contestants::{Contestant, DATABASE, PSQL, contestants};
use self::project::Generated;
use crate::measure::compared;
use crate::program::{binaries, build};
use crate::{Numbers, Result};

/// Who takes so many times as long as pgmi is not run more often than this: the answer is known by then.
const SLOW: f64 = 10.0;
const ENOUGH: usize = 3;

pub(crate) fn run(numbers: &Numbers) -> Result<()> {
    let (files, rounds) = (numbers.get(0, 1000), numbers.get(1, 9));
    let binaries = binaries(numbers.major()?)?;
    let (mut present, absent) = contestants(build()?);
    let cluster = Cluster::start(&binaries, &Settings::new(std::env::temp_dir()))
        .map_err(|error| error.to_string())?;
    let project = Generated::write(files)?;
    // The first round warms caches and is not counted.
    for round in 0..=rounds {
        let ours = present.first().map_or(f64::NAN, |it| it.series.median());
        let is_slow = |it: &Contestant| round > ENOUGH && it.series.median() > SLOW * ours;
        for contestant in present.iter_mut().filter(|it| it.failed.is_none() && !is_slow(it)) {
            match timed(&cluster, &project, contestant) {
                Ok(took) if round > 0 => contestant.series.add(took),
                Ok(_) => {}
                Err(why) => contestant.failed = Some(why.to_string()),
            }
        }
    }
    let title = format!(
        "{files} files, {} statements, {} KB, PostgreSQL {}",
        project.statements,
        project.bytes / 1024,
        binaries.version
    );
    let (failed, there): (Vec<_>, Vec<_>) = present.into_iter().partition(|it| it.failed.is_some());
    let series: Vec<_> = there.iter().map(|it| &it.series).collect();
    println!("{}", compared(&title, &series));
    if let [pgmi, psql, ..] = series.as_slice()
        && psql.name() == PSQL
    {
        let times = pgmi.median() / psql.median();
        println!("{} of {PSQL}: {times:.2}; budget: 1.3\n", pgmi.name());
    }
    for (name, why) in absent {
        println!("Not measured: {name}: {why}");
    }
    for contestant in failed {
        let why = contestant.failed.as_deref().unwrap_or_default();
        println!("Not measured: {}: {why}", contestant.series.name());
    }
    Ok(())
}

/// How long a run in a fresh database takes. It must have made every table.
fn timed(cluster: &Cluster, project: &Generated, contestant: &Contestant) -> Result<Duration> {
    let mut client = Client::connect(&cluster.connection_string("postgres"), NoTls)?;
    client.batch_execute(&format!("drop database if exists {DATABASE} with (force)"))?;
    client.batch_execute(&format!("create database {DATABASE} template template0"))?;
    client.batch_execute("checkpoint")?;
    let mut command: Command = contestant.command(project, cluster);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());

    let begin = Instant::now();
    let output = command.output()?;
    let took = begin.elapsed();

    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into());
    }
    let mut client = Client::connect(&cluster.connection_string(DATABASE), NoTls)?;
    let made = "select count(*) from pg_catalog.pg_tables where tablename like 'thing\\_%'";
    let made: i64 = client.query_one(made, &[])?.get(0);
    match usize::try_from(made) == Ok(project.files) {
        true => Ok(took),
        false => Err(format!("it made {made} tables of {}", project.files).into()),
    }
}
