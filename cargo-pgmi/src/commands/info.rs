//! `cargo pgmi info`: what a project consists of, as pgmi reads it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::project::{Configuration, Survey};
use serde::Serialize;
use serde_json::json;

use crate::arguments::project_folder;
use crate::environment::Variables;
use crate::output::Output;

/// Show what a project consists of
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Info {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Print it as JSON on stdout
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  cargo pgmi info
  cargo pgmi info db --json

Exit codes: 0 shown; 10 there is no such folder, or a file of it cannot be loaded.";

/// The keys are those of the Go program pgmi; the last four are ours.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts {
    path: PathBuf,
    template: &'static str,
    deploy_sql: bool,
    config_file: String,
    total_files: usize,
    sql_files: usize,
    test_files: usize,
    metadata_with: usize,
    directories: BTreeMap<String, usize>,
    fixtures: usize,
    queries: usize,
    test_calls: usize,
    parameters: Vec<String>,
}

impl Info {
    /// Prints to stdout.
    ///
    /// # Errors
    /// As [`Survey::of`].
    pub fn run(&self, output: &Output) -> Result<()> {
        let folder = project_folder(self.project.as_deref())?;
        let survey = Survey::of(&folder, &Variables::of(&folder).open_options()?)?;
        let facts = Facts::of(&folder, &survey);
        output.answer(self.json, &json!(facts), || facts.text())
    }
}

impl Facts {
    fn of(folder: &Path, survey: &Survey) -> Self {
        let paths = survey.paths();
        let mut directories = BTreeMap::new();
        for path in &paths {
            *directories.entry(path.directory().to_owned()).or_default() += 1;
        }
        let configuration = Configuration::read(folder);
        let script = survey.deploy_script.as_ref();
        Self {
            path: folder.canonicalize().unwrap_or_else(|_| folder.to_owned()),
            template: template(folder, survey),
            deploy_sql: script.is_some(),
            config_file: match &configuration {
                Ok(_) if folder.join("pgmi.yaml").is_file() => "ok".into(),
                Ok(_) => "absent".into(),
                Err(error) => format!("error: {error}"),
            },
            total_files: paths.len(),
            sql_files: paths.iter().filter(|path| path.is_sql_file()).count(),
            test_files: paths.iter().filter(|path| path.is_test()).count(),
            metadata_with: survey.files.iter().filter(|file| file.metadata.is_some()).count(),
            fixtures: survey.test_files.iter().filter(|file| file.path.is_fixture()).count(),
            queries: survey
                .files
                .iter()
                .filter(|it| it.path.directory() == "./queries/" && it.path.is_sql_file())
                .count(),
            test_calls: script.map_or(0, |script| script.test_calls.len()),
            parameters: configuration.map(|it| it.params.into_keys().collect()).unwrap_or_default(),
            directories,
        }
    }

    fn text(&self) -> String {
        let deploy_sql = match (self.deploy_sql, self.test_calls) {
            (false, _) => "missing".to_owned(),
            (true, 0) => "present; runs no tests".to_owned(),
            (true, calls) => format!("present; {calls} call(s) of pgmi_test"),
        };
        let parameters = match self.parameters.is_empty() {
            true => "none in pgmi.yaml".to_owned(),
            false => self.parameters.join(", "),
        };
        let mut text = String::new();
        for (name, value) in [
            ("Project", self.path.display().to_string()),
            ("deploy.sql", deploy_sql),
            ("pgmi.yaml", self.config_file.clone()),
            ("Parameters", parameters),
            ("Files", format!("{}, {} of them SQL", self.total_files, self.sql_files)),
            ("Metadata", format!("in {} file(s)", self.metadata_with)),
            ("Tests", format!("{} file(s), {} of them fixtures", self.test_files, self.fixtures)),
            ("Queries", self.queries.to_string()),
        ] {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{name:<12} {value}");
        }
        for (directory, count) in &self.directories {
            let _ = write!(text, "\n  {directory:<40} {count:>5}");
        }
        text.trim_end().to_owned()
    }
}

/// As the Go program calls what it finds.
fn template(folder: &Path, survey: &Survey) -> &'static str {
    match survey.deploy_script {
        _ if folder.join("lib/api").is_dir() => "advanced",
        Some(_) => "basic",
        None => "unknown",
    }
}
