//! `cargo pgmi deploy`: a project goes into a database under its own deploy.sql.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use pgmi_engine::connection::Target;
use pgmi_engine::diagnostic::{Code, Diagnostic, Outcome};
use pgmi_engine::lint::lint;
use pgmi_engine::project::{Configuration, Parameters, Project, check_folder, parse_duration};
use pgmi_engine::session::{
    API_VERSIONS, DeployFailure, DeployReport, DeployRequest, database_exists, deploy,
};
use pgmi_engine::{Error, Result};

use super::deploy_json;
use super::deploy_words::{Checked, conclude, events};
use super::throwaway::Throwaway;
use crate::approval::approve;
use crate::arguments::{ConnectionArguments, ParameterArguments, project_folder};
use crate::environment::Variables;
use crate::explain_connection::explain_connection;
use crate::output::Output;
use crate::reports::ReportArguments;
use crate::signals::Signals;

/// How long a deployment may take when nobody says so.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(180);

/// Deploy a project into a database
///
/// Loads the folder's files into a session of PostgreSQL and runs its deploy.sql there. What runs, in
/// which order and in which transactions is decided in deploy.sql.
#[derive(Args)]
#[command(disable_help_flag = true, after_help = EXAMPLES)]
pub struct Deploy {
    /// The folder with deploy.sql; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Deploy into a PostgreSQL that is started for this and gone afterwards, and show what is in it
    #[arg(
        long, value_name = "MAJOR", num_args = 0..=1, default_missing_value = "0",
        conflicts_with_all = ["connection", "host", "port", "username", "overwrite"], value_parser = parse_major
    )]
    throwaway: Option<u16>,
    /// Only look for mistakes that can be seen without a server; all of them, with file and line
    #[arg(long, conflicts_with_all = ["dry_run", "throwaway", "overwrite", "reports"])]
    check: bool,
    /// Run everything up to the first COMMIT, tests included, and roll it back; list what comes behind
    #[arg(long, conflicts_with = "overwrite")]
    dry_run: bool,
    /// Only show what would be connected to, and which flag, variable or file says so
    #[arg(long, conflicts_with_all = ["check", "dry_run", "throwaway", "overwrite", "reports"])]
    explain_connection: bool,
    /// Write down what is in the database afterwards, in tables of the schema pgmi, for `cargo pgmi drift`
    #[arg(long, conflicts_with_all = ["check", "dry_run"])]
    record: bool,
    /// Drop the database and create it again first
    #[arg(long)]
    overwrite: bool,
    /// Do not ask before dropping
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    parameters: ParameterArguments,
    /// How long it may take: 90s, 3m, 1h30m, 0 for no limit [default: 3m]
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    timeout: Option<String>,
    /// How long to wait for another deployment into the same database: 30s, 2m [default: not at all]
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    lock_wait: Option<String>,
    /// The version of the session API that deploy.sql was written for
    #[arg(long, value_name = "VERSION")]
    compat: Option<String>,
    #[command(flatten)]
    reports: ReportArguments,
    /// Print the result as JSON on stdout
    #[arg(long)]
    json: bool,
    /// Print help
    #[arg(long, action = clap::ArgAction::Help)]
    help: Option<bool>,
    #[command(flatten)]
    connection: ConnectionArguments,
}

const EXAMPLES: &str = "\
Examples:
  cargo pgmi deploy -d shop                          # into the local server, created when missing
  cargo pgmi deploy db --param env=production --connection postgresql://app@db.example/shop
  cargo pgmi deploy --check                          # mistakes that need no server to be seen
  cargo pgmi deploy --explain-connection             # where would this go, and who says so?
  cargo pgmi deploy -d shop --dry-run                # really runs, and is rolled back
  cargo pgmi deploy db -d shop_ci --overwrite --force --json
  cargo pgmi deploy db --throwaway                   # try it: nothing is left behind

Exit codes: 0 deployed; 2 the command line is wrong; 10 configuration, parameters or files are
wrong, nothing was changed; 11 no connection; 12 not approved; 13 PostgreSQL refused a statement,
or a test failed; 14 no deploy.sql; 15 another deployment is running; 16 --timeout ran out;
130 interrupted, rolled back.";

/// What is known before anything connects.
struct Plan {
    folder: PathBuf,
    variables: Variables,
    configuration: Configuration,
}

impl Deploy {
    /// Deploys, and says how it went. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        let signals = Signals::catch();
        if self.explain_connection {
            return self.explain(output);
        }
        let result = self.deploy(output, &signals);
        let result = match (self.write_reports(&result, output), result) {
            // Deployed, but whoever waits for the report waits in vain.
            (Err(error), Ok(report)) => Err(Box::new(DeployFailure { report, ..error.into() })),
            (Err(error), failed) => {
                output.error(&error);
                failed
            }
            (Ok(()), result) => result,
        };
        let code = match &result {
            Ok(_) => Outcome::Success.exit_code(),
            Err(failure) => failure.error.outcome().exit_code(),
        };
        conclude(&result, output);
        let printed = self.json.then(|| output.payload(&deploy_json::envelope(&result, code)));
        match printed {
            Some(Err(error)) if code == 0 => output.conclude(Err(error)),
            _ => code,
        }
    }

    fn explain(&self, output: &Output) -> u8 {
        let explained = self.plan(output).and_then(|plan| {
            let defaults = &plan.configuration.connection;
            let target = self.connection.resolve(&plan.variables, defaults)?;
            explain_connection(&target, self.json, output)
        });
        output.conclude(explained)
    }

    fn write_reports(
        &self,
        result: &std::result::Result<DeployReport, Box<DeployFailure>>,
        output: &Output,
    ) -> Result<()> {
        let report = match result {
            Ok(report) => report,
            Err(failure) => &failure.report,
        };
        report.tests.as_ref().map_or(Ok(()), |tests| self.reports.write(tests, output))
    }

    fn deploy(
        &self,
        output: &Output,
        signals: &Signals,
    ) -> std::result::Result<DeployReport, Box<DeployFailure>> {
        let early = |error: Error| Box::new(DeployFailure::from(error));
        self.check_arguments().map_err(early)?;
        let plan = self.plan(output).map_err(early)?;
        if self.check {
            let checked = self.check(&plan).map_err(early)?;
            return checked.conclude(output);
        }
        let throwaway = self.throwaway(&plan, output).map_err(early)?;
        let request = self.request(&plan, throwaway.as_ref(), output).map_err(early)?;
        self.reports.check().map_err(early)?;
        if request.overwrite && database_exists(&request.target).map_err(early)? {
            approve(request.target.database(), self.force, &plan.variables, output)
                .map_err(early)?;
        }
        let target = request.target.clone();
        let busy = output.busy("Connecting");
        let report = deploy(request, events(output), signals.begin_work())?;
        drop(busy);
        if let Some(throwaway) = throwaway.filter(|_| !self.json && !self.dry_run) {
            throwaway.show(&target, output).map_err(early)?;
        }
        Ok(report)
    }

    /// What the command line says about itself, before anything is read or started.
    fn check_arguments(&self) -> Result<()> {
        check_compat(self.compat.as_deref())?;
        self.timeout.as_deref().map(parse_duration).transpose()?;
        self.lock_wait()?;
        self.reports.agree(self.json)
    }

    fn plan(&self, output: &Output) -> Result<Plan> {
        let folder = project_folder(self.project.as_deref())?;
        check_folder(&folder)?;
        let variables = Variables::of(&folder);
        if let Some(warning) = &variables.warning {
            output.diagnostic(warning);
        }
        let configuration = Configuration::read(&folder)?;
        Ok(Plan { folder, variables, configuration })
    }

    /// What can be seen without a server: findings of the project as a whole, or a list of them.
    fn check(&self, plan: &Plan) -> Result<Checked> {
        self.timeout(&plan.configuration)?;
        let parameters = self.parameters(&plan.configuration)?;
        let project = Project::open(&plan.folder, &plan.variables.open_options()?)?;
        let test_macros = project.deploy_script().map_or(0, |script| script.test_calls.len());
        let findings = lint(&project, &parameters);
        Ok(Checked { findings, files: project.file_count(), test_macros })
    }

    fn throwaway(&self, plan: &Plan, output: &Output) -> Result<Option<Throwaway>> {
        let major = self.throwaway.map(|major| (major > 0).then_some(major));
        // The server is started behind the cheap checks: a project that cannot be read needs none.
        major
            .map(|major| {
                Project::open(&plan.folder, &plan.variables.open_options()?)?;
                Throwaway::start(major, "this deployment", output)
            })
            .transpose()
    }

    fn request(
        &self,
        plan: &Plan,
        throwaway: Option<&Throwaway>,
        output: &Output,
    ) -> Result<DeployRequest> {
        let project = Project::open(&plan.folder, &plan.variables.open_options()?)?;
        let target = match throwaway {
            Some(throwaway) => {
                // A rehearsal creates no database; here is one that is empty and nobody's.
                let database = match self.dry_run {
                    true => "postgres",
                    false => self.connection.database.as_deref().unwrap_or("project"),
                };
                ConnectionArguments::to(throwaway.connection_string(database), "--throwaway")
                    .resolve(&plan.variables, &plan.configuration.connection)?
            }
            None => self.target(plan, output)?,
        };
        let parameters = self.parameters(&plan.configuration)?;
        let timeout = self.timeout(&plan.configuration)?;
        Ok(DeployRequest {
            project,
            parameters,
            target,
            overwrite: self.overwrite,
            rehearse: self.dry_run,
            verbose: output.verbose,
            skip_tests: false,
            report_tests: !self.reports.is_empty(),
            record: self.record,
            lock_wait: self.lock_wait()?,
            timeout,
        })
    }

    fn target(&self, plan: &Plan, output: &Output) -> Result<Target> {
        let target = self.connection.resolve(&plan.variables, &plan.configuration.connection)?;
        for warning in target.warnings() {
            output.diagnostic(warning);
        }
        Ok(target)
    }

    /// `pgmi.yaml`, then each file, then each `--param`; later ones win.
    fn parameters(&self, configuration: &Configuration) -> Result<Parameters> {
        self.parameters.of(&configuration.params)
    }

    fn lock_wait(&self) -> Result<Duration> {
        Ok(self.lock_wait.as_deref().map(parse_duration).transpose()?.unwrap_or_default())
    }

    /// The flag, else `pgmi.yaml`, else three minutes; zero is no limit.
    fn timeout(&self, configuration: &Configuration) -> Result<Option<Duration>> {
        let timeout = match &self.timeout {
            Some(text) => parse_duration(text)?,
            None => configuration.timeout().unwrap_or(DEFAULT_TIMEOUT),
        };
        Ok((!timeout.is_zero()).then_some(timeout))
    }
}

/// Refuses before anything is fetched; 0 stands for whichever is there.
fn parse_major(text: &str) -> std::result::Result<u16, String> {
    match text.parse() {
        Ok(major @ (0 | 14..=18)) => Ok(major),
        _ => Err("it takes a major version of PostgreSQL, 14 to 18; the project's folder goes before --throwaway".into()),
    }
}

fn check_compat(compat: Option<&str>) -> Result<()> {
    let known = |text: &str| text.parse().is_ok_and(|version| API_VERSIONS.contains(&version));
    match compat {
        Some(text) if !text.is_empty() && !known(text) => {
            let message =
                format!("unsupported API version \"{text}\"; supported: {API_VERSIONS:?}");
            Err(Diagnostic::error(Code::Compat, message)
                .help("leave --compat out for the newest")
                .into())
        }
        _ => Ok(()),
    }
}
