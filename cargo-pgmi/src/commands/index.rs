//! `cargo pgmi index`: the indexes that the queries need, tried out, and those that nothing needs.

mod json;
mod production;
mod text;
mod write;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use pgmi_engine::Result;
use pgmi_engine::analysis::Deployed;
use pgmi_engine::connection::Target;
use pgmi_engine::diagnostic::Outcome;
use pgmi_engine::index::{
    Advice, AdviseRequest, ColumnName, IndexDefinition, MigrationStyle, Rows, advise, read_columns,
    read_statistics, read_tables,
};
use pgmi_engine::manifest::IndexSettings;
use pgmi_engine::project::ConnectionDefaults;

use self::production::Production;
use super::queries::{Queries, QueryArguments};
use crate::arguments::ConnectionArguments;
use crate::crate_settings::Crate;
use crate::environment::Variables;
use crate::output::Output;
use crate::signals::Signals;

/// Find the indexes that the queries need, and those that nothing needs
///
/// Deploys the project into a throwaway database, fills it with rows, and tries every index that some query could
/// use: shown is what a query gets clearly cheaper by and what no other index does as well, with the costs before and
/// after. Nothing is created anywhere else.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Index {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Print the migration
    #[arg(long, conflicts_with = "json")]
    sql: bool,
    /// Add the migration to the project, numbered behind the last one, once it was applied in a throwaway database
    #[arg(long)]
    write: bool,
    /// Print what was found as one JSON object
    #[arg(long)]
    json: bool,
    /// End with 4 when something was found: for CI
    #[arg(long, value_name = "WHAT")]
    fail_on: Option<FailOn>,
    /// How many rows each table is supposed to have
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    rows: Option<u64>,
    /// Give tables as many rows and values as this database says they have; only its statistics are read
    #[arg(long, value_name = "CONNECTION", conflicts_with = "rows")]
    stats_from: Option<String>,
    /// Ask this database about the candidates in place of a throwaway one with rows: with HypoPG where that is
    /// installed, else by the plans it has now. Nothing is created there
    #[arg(long, value_name = "CONNECTION", conflicts_with_all = ["rows", "stats_from"])]
    live: Option<String>,
    #[command(flatten)]
    queries: QueryArguments,
}

/// What `--fail-on` looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// An index that a query needs
    Missing,
    /// An index that nothing needs
    Unused,
    /// Either
    Any,
}

const HELP: &str = "\
Examples:
  cargo pgmi index                                   # what is missing, and what is superfluous
  cargo pgmi index --sql > db/migrations/042_indexes.sql
  cargo pgmi index --write                           # the same, numbered and tried
  cargo pgmi index --fail-on missing                 # in CI

[package.metadata.pgmi.index] of Cargo.toml says what the queries do not: external = [\"reporting.*\"]
for tables that others use, sole-client = true where nobody else uses any,
rows = { orders = 5000000 }, nulls = { \"orders.cancelled_at\" = 95 } for how many of a hundred rows
are NULL there, concurrently = false while nothing is in production.
With --live and --stats-from CONCURRENTLY is for the tables which that database has.

Exit codes:
  0   done, whatever was found
  4   --fail-on, and there is such an index
  10  a file, a setting or a query's text is wrong; or there is no PostgreSQL to ask
  11  no connection
  13  PostgreSQL refuses the project's SQL, or a query: the others were looked at";

impl Index {
    /// Prints to stdout. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        match self.index(output) {
            Ok(outcome) => outcome.exit_code(),
            Err(error) => output.conclude(Err(error)),
        }
    }

    fn index(&self, output: &Output) -> Result<Outcome> {
        let here = Crate::here()?;
        let settings = &here.settings.index;
        let queries = self.queries.read(self.project.as_ref())?;
        let files = &queries.subject.files.queries;
        files.findings.iter().for_each(|finding| output.diagnostic(finding));
        let live = self.live.as_deref().map(|it| target(it, "--live", &queries)).transpose()?;
        let stats_from = self.stats_from.as_deref();
        let stats_from = stats_from.map(|it| target(it, "--stats-from", &queries)).transpose()?;
        let rows = self.rows(settings, stats_from.as_ref())?;
        let signals = Signals::catch();
        let deployed = Deployed::make(&queries.request(), signals.begin_work())?;
        misnamed(&here, &deployed)?;
        let is_external =
            |index: &IndexDefinition| settings.is_external(&index.schema, &index.table);
        let mut advice = advise(&AdviseRequest {
            deployed: &deployed,
            queries: &files.queries,
            rows: &rows,
            live: live.as_ref(),
            is_external: &is_external,
        })?;
        let production = Production::of(settings, live.as_ref().or(stats_from.as_ref()))?;
        advice.refused.iter().flat_map(|it| &it.findings).for_each(|it| output.diagnostic(it));
        drop(deployed);
        let is_refused = !advice.refused.is_empty() || !files.findings.is_empty();
        if is_refused {
            // The query that could not be looked at may be the one that uses it.
            advice.unused.clear();
        }
        self.show(&advice, &production, output)?;
        if self.write {
            self.add(&advice, &production, &queries, &signals, output)?;
        }
        let guesses = advice.create.iter().any(|it| it.is_guess);
        if guesses && matches!(self.fail_on, Some(FailOn::Missing | FailOn::Any)) {
            output.line("Not counted for --fail-on: what could not be tried in that database");
        }
        Ok(match self.fails(&advice) {
            true => Outcome::Different,
            false if is_refused => refused_outcome(&advice, &files.findings),
            false => Outcome::Success,
        })
    }

    fn rows(&self, settings: &IndexSettings, stats_from: Option<&Target>) -> Result<Rows> {
        let mut rows = Rows::default();
        if let Some(target) = stats_from {
            rows.statistics = read_statistics(target)?;
        }
        if let Some(default) = self.rows {
            rows.default = default;
        }
        rows.tables.extend(settings.rows());
        let nulls = settings.nulls().map(|([schema, table, column], percent)| {
            (ColumnName { schema, table, column }, percent)
        });
        rows.nulls.extend(nulls);
        Ok(rows)
    }

    fn show(&self, advice: &Advice, production: &Production, output: &Output) -> Result<()> {
        let concurrently = |index: &IndexDefinition| production.is_in_use(index);
        let style =
            MigrationStyle { concurrently: &concurrently, drops_unused: production.sole_client };
        match (self.json, self.sql) {
            (true, _) => output.payload(&json::advice(advice, &style).to_string()),
            (_, true) => {
                let migration = advice.migration(&style);
                match migration.is_empty() {
                    true => Ok(()),
                    false => output.payload(migration.trim_end()),
                }
            }
            _ => output.payload(&text::advice(advice, output.verbose)),
        }
    }

    fn add(
        &self,
        advice: &Advice,
        production: &Production,
        queries: &Queries,
        signals: &Signals,
        output: &Output,
    ) -> Result<()> {
        let drops = production.sole_client && !advice.unused.is_empty();
        if advice.is_empty() && !drops {
            output.line("Nothing to write");
            return Ok(());
        }
        let again = || self.queries.read(self.project.as_ref());
        let writing = write::Writing { advice, production, queries, signals, again: &again };
        let path = writing.write()?;
        output.line(&format!("Wrote {}", path.display()));
        Ok(())
    }

    fn fails(&self, advice: &Advice) -> bool {
        // Nobody knows whether a query misses what could not be tried.
        let missing = advice.create.iter().any(|it| !it.is_guess);
        let unused = !advice.drop.is_empty() || !advice.unused.is_empty();
        match self.fail_on {
            None => false,
            Some(FailOn::Missing) => missing,
            Some(FailOn::Unused) => unused,
            Some(FailOn::Any) => missing || unused,
        }
    }
}

/// Refuses settings about tables and columns that the project does not have.
fn misnamed(here: &Crate, deployed: &Deployed) -> Result<()> {
    let settings = &here.settings.index;
    let Some(root) = here.root.as_ref().filter(|_| settings.names_tables()) else { return Ok(()) };
    let mut tables: Vec<_> = read_tables(deployed.shadow().target())?.into_iter().collect();
    tables.sort();
    let columns = match settings.nulls.is_empty() {
        true => Vec::new(),
        false => read_columns(deployed.shadow().target())?,
    };
    let manifest = root.join("Cargo.toml");
    pgmi_engine::Error::check(settings.misnamed(&manifest, &tables, &columns))
}

/// A database that was named.
fn target(connection: &str, flag: &'static str, queries: &Queries) -> Result<Target> {
    let variables = Variables::of(&queries.subject.project.root);
    ConnectionArguments::to(connection.to_owned(), flag)
        .resolve(&variables, &ConnectionDefaults::default())
}

/// What is wrong with the queries that could not be considered.
fn refused_outcome(advice: &Advice, findings: &[pgmi_engine::diagnostic::Diagnostic]) -> Outcome {
    let all = advice.refused.iter().flat_map(|it| &it.findings).chain(findings);
    pgmi_engine::check::outcome(&all.cloned().collect::<Vec<_>>())
}
