//! `cargo pgmi test`: the project's SQL tests, without deploying for real.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::cluster::Server;
use pgmi_engine::diagnostic::{Code, Outcome};
use pgmi_engine::project::{Configuration, Project, check_folder, parse_duration};
use pgmi_engine::report::{Format, Kind, TestReport, TestResult, Verdict, as_json, place};
use pgmi_engine::session::{Event, Events};
use pgmi_engine::shadow::Shadows;
use pgmi_engine::suite::{SuiteRequest, run_in, run_on_copies};
use serde_json::json;

use crate::arguments::{
    ConnectionArguments, ParameterArguments, parse_major, project_folder, server_request,
};
use crate::crate_settings::Crate;
use crate::environment::{Variables, places};
use crate::explain_connection::explain_connection;
use crate::output::{MessageFormat, Output};
use crate::reports::ReportArguments;
use crate::signals::Signals;

/// How long a test may take when nobody says so.
const DEFAULT_TEST_TIMEOUT: Duration = Duration::from_secs(60);

/// Run the project's SQL tests without deploying for real
///
/// Runs deploy.sql in a throwaway database up to where it calls its tests, and runs them in copies of that
/// database, as many at once as there are processors. With a connection, they run in that database instead,
/// one after the other, and all of it is rolled back.
#[derive(Args)]
#[command(disable_help_flag = true, after_help = EXAMPLES)]
pub struct Test {
    /// The folder with deploy.sql; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Only tests whose path matches this POSIX regular expression
    #[arg(short, long, value_name = "REGEX")]
    filter: Option<String>,
    /// Run all tests, also behind one that fails
    #[arg(short, long)]
    keep_going: bool,
    /// How many tests run at once [default: the number of processors]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    jobs: Option<NonZeroUsize>,
    /// How long a test may take: 500ms, 30s, 0 for no limit [default: 60s]
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    test_timeout: Option<String>,
    #[command(flatten)]
    reports: ReportArguments,
    /// Print the report as JSON on stdout
    #[arg(long)]
    json: bool,
    /// Run the tests against what is deployed in the database already; deploy.sql does not run
    #[arg(long)]
    as_it_is: bool,
    /// Only show which database the tests would run in, and which flag, variable or file says so
    #[arg(long)]
    explain_connection: bool,
    /// Major version of the throwaway PostgreSQL; that of [package.metadata.pgmi] by default
    #[arg(long, value_name = "MAJOR", value_parser = parse_major)]
    postgres: Option<u16>,
    #[command(flatten)]
    parameters: ParameterArguments,
    /// Print help
    #[arg(long, action = clap::ArgAction::Help)]
    help: Option<bool>,
    #[command(flatten)]
    connection: ConnectionArguments,
}

const EXAMPLES: &str = "\
Examples:
  cargo pgmi test                                    # no server needed
  cargo pgmi test --filter /orders/ --keep-going
  cargo pgmi test db --report junit=target/junit.xml,tap=target/tests.tap
  cargo pgmi test db -d shop_dev                     # in this database; everything is rolled back
  cargo pgmi test db -d shop --as-it-is              # does what is deployed there work?

Exit codes: 0 all passed; 10 configuration or files are wrong, or there is no PostgreSQL;
11 no connection; 13 a test or deploy.sql failed, or no test matches --filter; 14 no deploy.sql;
130 interrupted.";

impl Test {
    /// Runs, tells how each test went, writes the reports. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        if self.explain_connection {
            return output.conclude(self.explain(output));
        }
        let report = match self.test(output, &Signals::catch()) {
            Ok(report) => report,
            Err(error) => return output.conclude(Err(error)),
        };
        summarise(&report, output);
        let code = outcome(&report).exit_code();
        match self.write(&report, output) {
            Err(error) if code == 0 => output.conclude(Err(error)),
            Err(error) => {
                output.error(&error);
                code
            }
            Ok(()) => code,
        }
    }

    fn explain(&self, output: &Output) -> Result<()> {
        if !(self.connection.is_given() || self.as_it_is) {
            const WORDS: &str =
                "No flag names a server or a database: tests run in throwaway databases";
            return match self.json || output.format == MessageFormat::Json {
                true => output.answer(self.json, &json!({ "throwaway": true }), String::new),
                false => {
                    output.line(WORDS);
                    Ok(())
                }
            };
        }
        let (variables, configuration) =
            surroundings(&project_folder(self.project.as_deref())?, output)?;
        let target = self.connection.resolve(&variables, &configuration.connection)?;
        explain_connection(&target, self.json, output)
    }

    fn write(&self, report: &TestReport, output: &Output) -> Result<()> {
        // Where one has no place, the others are written all the same.
        let written = self.reports.write(report, output);
        let printed = self.json.then(|| output.payload(Format::Json.write(report).trim_end()));
        written.and(printed.unwrap_or(Ok(())))
    }

    fn test(&self, output: &Output, signals: &Signals) -> Result<TestReport> {
        self.reports.agree(self.json)?;
        self.test_timeout.as_deref().map(parse_duration).transpose()?;
        let folder = project_folder(self.project.as_deref())?;
        let (variables, configuration) = surroundings(&folder, output)?;
        let request = self.request(&folder, &variables, &configuration)?;
        self.reports.check()?;
        let done = AtomicUsize::new(0);
        let progress = |result: &TestResult| {
            tell(result, output);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            output.progress.say(&format!("Running tests: {done} done"));
        };
        let _busy = output.busy("Preparing the database of the tests");
        if self.connection.is_given() || self.as_it_is {
            let target = self.connection.resolve(&variables, &configuration.connection)?;
            for warning in target.warnings() {
                output.diagnostic(warning);
            }
            output.line(&format!("Testing in {}; everything is rolled back", target.describe()));
            let request = SuiteRequest { name: target.database().to_owned(), ..request };
            return run_in(&request, &target, self.as_it_is, &progress, signals.begin_work());
        }
        let mut server = server_request(&Crate::here()?, places())?;
        server.major = self.postgres.or(server.major);
        let shadows = Shadows::on(Server::find(&server)?)?;
        output.line(&format!("Testing on PostgreSQL {}", shadows.server().version()));
        run_on_copies(&request, &shadows, &events(output), &progress, signals.begin_work())
    }

    fn request(
        &self,
        folder: &Path,
        variables: &Variables,
        configuration: &Configuration,
    ) -> Result<SuiteRequest> {
        let project = Project::open(folder, &variables.open_options()?)?;
        let parameters = self.parameters.of(&configuration.params)?;
        let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let timeout = self.test_timeout.as_deref().map(parse_duration).transpose()?;
        let timeout = timeout.unwrap_or(DEFAULT_TEST_TIMEOUT);
        Ok(SuiteRequest {
            name: name_of(folder),
            project,
            parameters,
            filter: self.filter.clone().filter(|filter| !filter.is_empty()),
            keep_going: self.keep_going,
            jobs: self.jobs.map_or_else(cores, NonZeroUsize::get),
            test_timeout: (!timeout.is_zero()).then_some(timeout),
        })
    }
}

fn parse_jobs(text: &str) -> std::result::Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "it takes a number of tests, 1 or more".to_owned())
}

/// The environment and the configuration of a project.
fn surroundings(folder: &Path, output: &Output) -> Result<(Variables, Configuration)> {
    check_folder(folder)?;
    let variables = Variables::of(folder);
    if let Some(warning) = &variables.warning {
        output.diagnostic(warning);
    }
    Ok((variables, Configuration::read(folder)?))
}

fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy().into_owned())
}

/// What the deployment of a template says is worth reading only by those who look closely.
fn events(output: &Output) -> Events {
    let output = output.clone();
    Arc::new(move |event| match event {
        Event::Notice(notice) if output.verbose => output.notice(&notice),
        Event::Executing if output.verbose => output.line("Executing deploy.sql"),
        _ => {}
    })
}

/// One line for each test, more for one that failed.
fn tell(result: &TestResult, output: &Output) {
    if output.format == MessageFormat::Json {
        output.object(&as_json(result));
        return match &result.verdict {
            Verdict::Failed(error) => output.error(error),
            Verdict::Passed | Verdict::NotRun(_) => {}
        };
    }
    let seconds = result.duration.as_secs_f64();
    let line = |word: &str| format!("{word} [{seconds:>8.3}s] {}", result.path);
    match &result.verdict {
        Verdict::Passed if result.kind == Kind::Fixture && !output.verbose => {}
        Verdict::Passed => output.line(&line(&output.green("     PASS"))),
        Verdict::NotRun(why) => {
            let word = output.yellow("  NOT RUN");
            output.line(&format!("{word} [         ] {}: {why}", result.path));
        }
        Verdict::Failed(error) => {
            output.line(&line(&output.red("     FAIL")));
            for notice in &result.notices {
                output.line(&format!("          {notice}"));
            }
            output.error(error);
        }
    }
}

/// What a reader who scrolled nowhere must see.
fn summarise(report: &TestReport, output: &Output) {
    for note in &report.notes {
        output.line(&format!("note: {note}"));
    }
    if let Some(error) = &report.stopped {
        output.error(error);
    }
    let counts = report.counts();
    let seconds = report.duration.as_secs_f64();
    let mut parts = vec![format!("{} passed", counts.passed)];
    parts.extend((counts.failed > 0).then(|| format!("{} failed", counts.failed)));
    parts.extend((counts.not_run > 0).then(|| format!("{} not run", counts.not_run)));
    output.verdict(
        report.is_good(),
        &format!(
            "{}: {} in {seconds:.2}s: {}",
            report.name,
            match counts.total() {
                1 => "1 test".to_owned(),
                total => format!("{total} tests"),
            },
            parts.join(", ")
        ),
    );
    // For programs, each was an object of its own.
    for error in report.failures().filter(|_| output.format == MessageFormat::Human) {
        let finding = error.primary();
        let place = place(finding).unwrap_or_default();
        output.line(&format!("     {} {place}: {}", output.red("FAIL"), finding.message));
    }
}

fn outcome(report: &TestReport) -> Outcome {
    match &report.stopped {
        Some(error) if error.code() == Code::Interrupted => Outcome::Interrupted,
        _ if report.failures().next().is_some() => Outcome::Sql,
        Some(error) => error.outcome(),
        None => Outcome::Success,
    }
}
