//! `cargo check` of a crate with many queries: pgmi beside sqlx and cornucopia, over the same schema on the same
//! server, taking turns. What is timed is whatever a user waits for: with cornucopia that is its own run as well
//! where SQL has changed.

mod build_script;
mod krates;
mod queries;
mod repository;
mod tool;

use std::process::Command;
use std::time::{Duration, Instant};

use pgmi_engine::cluster::{Cluster, Settings};
use serde_json::json;

use self::krates::Krates;
use self::tool::{TOOLS, Tool};
use crate::measure::Series;
use crate::program::{binaries, success};
use crate::{Numbers, Result};

/// What is done to a crate whose dependencies are built, and what it may take beside sqlx online.
const TASKS: [(&str, Option<f64>); 5] = [
    ("cleaned, cache folder too", None),
    ("cleaned", Some(0.5)),
    ("one query edited", Some(0.5)),
    ("only Rust edited", Some(0.25)),
    ("nothing changed", None),
];

/// Queries and rounds.
pub(crate) fn run(numbers: &Numbers) -> Result<()> {
    let (count, rounds) = (numbers.get(0, 500), numbers.get(1, 5));
    let binaries = binaries(numbers.major()?)?;
    let cluster = Cluster::start(&binaries, &Settings::new(std::env::temp_dir()))
        .map_err(|error| error.to_string())?;
    let krates = Krates::write(count, binaries.major)?;
    let bench = Bench { cluster, krates, edits: rounds + 1 };
    bench.prepare()?;
    let mut series = TOOLS.map(|_| TASKS.map(|(task, _)| Series::new(task)));
    // The first round warms up and is not counted.
    for round in 0..=rounds {
        for (tool, series) in TOOLS.into_iter().zip(&mut series) {
            for (took, series) in bench.round(tool, round)?.into_iter().zip(series) {
                if round > 0 {
                    series.add(took);
                }
            }
        }
    }
    println!(
        "### cargo check, {count} queries, {rounds} rounds, PostgreSQL {}\n",
        binaries.version
    );
    println!("{}", table(&series));
    build_script::run(&bench, rounds)
}

struct Bench {
    cluster: Cluster,
    krates: Krates,
    /// How often the query is edited.
    edits: usize,
}

impl Bench {
    /// Fetches and builds what is not measured: dependencies, the program of cornucopia, sqlx's offline data.
    fn prepare(&self) -> Result<()> {
        let database = self.cluster.connection_string("postgres");
        let mut client = postgres::Client::connect(&database, postgres::NoTls)?;
        client.batch_execute(&self.krates.schema())?;
        if !self.cornucopia().is_file() {
            let mut command = Command::new("cargo");
            command.args(["install", "--quiet", "cornucopia@^1", "--root"]).arg(self.krates.root());
            success(&mut command)?;
        }
        for tool in TOOLS {
            self.generate(tool)?;
            if tool == Tool::SqlxOffline {
                self.prepare_offline(tool)?;
            }
            success(&mut self.check(tool))?;
        }
        Ok(())
    }

    /// What `cargo sqlx prepare` does, for the queries as they are and as they are going to be.
    fn prepare_offline(&self, tool: Tool) -> Result<()> {
        let folder = self.krates.folder(tool).join(".sqlx");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let command = || {
            let mut command = self.krates.cargo(&["check"], tool);
            command.env("DATABASE_URL", self.url()).env("SQLX_OFFLINE_DIR", &folder);
            success(&mut command)
        };
        command()?;
        self.krates.write_edits(tool, 2 * self.edits)?;
        command()?;
        self.krates.restore(tool)
    }

    fn round(&self, tool: Tool, round: usize) -> Result<[Duration; TASKS.len()]> {
        self.clean(tool)?;
        let cleaned = self.timed(tool, true)?;
        let forgotten = match tool.is_pgmi() {
            true => self.forgotten(tool)?,
            false => cleaned,
        };
        self.krates.edit_query(tool, round + 1)?;
        let query = self.timed(tool, true)?;
        self.krates.edit_rust(tool, round + 1)?;
        let rust = self.timed(tool, false)?;
        let nothing = self.timed(tool, false)?;
        Ok([forgotten, cleaned, query, rust, nothing])
    }

    /// Cleaned, by somebody whose pgmi remembers nothing of the queries either. The other tools remember nothing
    /// outside of the target folder.
    fn forgotten(&self, tool: Tool) -> Result<Duration> {
        self.clean(tool)?;
        let _ = std::fs::remove_dir_all(self.krates.root().join("cache"));
        self.timed(tool, true)
    }

    /// As after `cargo clean` of the crate alone.
    fn clean(&self, tool: Tool) -> Result<()> {
        success(&mut self.krates.cargo(&["clean", "--package", tool.krate()], tool))?;
        let apart = match tool {
            Tool::Cornucopia => "cornucopia",
            Tool::PgmiApart => tool.queries(),
            _ => tool.krate(),
        };
        success(&mut self.krates.cargo(&["clean", "--package", apart], tool))
    }

    fn timed(&self, tool: Tool, sql_has_changed: bool) -> Result<Duration> {
        let mut check = self.check(tool);
        let begin = Instant::now();
        if sql_has_changed {
            self.generate(tool)?;
        }
        success(&mut check)?;
        Ok(begin.elapsed())
    }

    /// What has to be done before Cargo is run: nothing, but with cornucopia.
    fn generate(&self, tool: Tool) -> Result<()> {
        if tool != Tool::Cornucopia {
            return Ok(());
        }
        let mut command = Command::new(self.cornucopia());
        command.arg("live").arg(self.cluster.connection_string("postgres"));
        success(command.current_dir(self.krates.folder(tool)))
    }

    fn cornucopia(&self) -> std::path::PathBuf {
        let name = format!("cornucopia{}", std::env::consts::EXE_SUFFIX);
        self.krates.root().join("bin").join(name)
    }

    fn check(&self, tool: Tool) -> Command {
        let mut command = self.krates.cargo(&["check"], tool);
        match tool {
            Tool::Pgmi | Tool::PgmiApart | Tool::PgmiInline => {
                command
                    .env("PGMI_SERVER", self.cluster.connection_string("postgres"))
                    .env("PGMI_CACHE_DIR", self.krates.root().join("cache"));
            }
            Tool::SqlxOnline | Tool::Bsql => _ = command.env("DATABASE_URL", self.url()),
            Tool::SqlxOffline => _ = command.env("SQLX_OFFLINE", "true"),
            Tool::Cornucopia => {}
        }
        command
    }

    /// How sqlx reaches the server: a URL whose host is in its parameters.
    fn url(&self) -> String {
        let home = self.cluster.home().display().to_string().replace('/', "%2F");
        format!("postgres://postgres@localhost/postgres?host={home}")
    }
}

/// A row for each tool and task.
fn table(series: &[[Series; TASKS.len()]; TOOLS.len()]) -> String {
    let mut rows = String::from(
        "| | | median | min–max | of sqlx online | budget |\n|---|---|---|---|---|---|\n",
    );
    let online = TOOLS.iter().position(|it| *it == Tool::SqlxOnline).unwrap_or_default();
    for (at, (task, budget)) in TASKS.iter().enumerate() {
        for (tool, all) in TOOLS.iter().zip(series) {
            let (min, max) = all[at].range();
            let (median, of) = (all[at].median(), all[at].median() / series[online][at].median());
            let budget = budget.filter(|_| tool.is_pgmi());
            let budget = budget.map_or_else(String::new, |it| format!("≤ {it}"));
            let name = tool.name();
            rows.push_str(&format!(
                "| {task} | {name} | {median:.0} ms | {min:.0}–{max:.0} ms | {of:.2} | {budget} |\n"
            ));
        }
    }
    let json: Vec<_> = TOOLS
        .iter()
        .zip(series)
        .map(
            |(tool, all)| json!({ "tool": tool.name(), "tasks": all.each_ref().map(Series::json) }),
        )
        .collect();
    format!("{rows}\n```json\n{}\n```\n", json!(json))
}
