//! `cargo pgmi metadata validate`: are the blocks right, and every id used once?

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::diagnostic::Outcome;
use pgmi_engine::project::{SourceFile, Survey};
use serde_json::json;

use crate::arguments::project_folder;
use crate::environment::Variables;
use crate::output::{MessageFormat, Output};

/// Check every `<pgmi-meta>` block, and that no id is used twice
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Validate {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Print the counts as JSON on stdout
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  cargo pgmi metadata validate
  cargo pgmi metadata validate db --json

Exit codes: 0 all is well; 1 an id is used twice; 10 a block, or another file of the project, is
wrong.";

impl Validate {
    /// Shows what is wrong, and how many files there are. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        match self.validate(output) {
            Ok(true) => Outcome::Success.exit_code(),
            Ok(false) => Outcome::Other.exit_code(),
            Err(error) => output.conclude(Err(error)),
        }
    }

    fn validate(&self, output: &Output) -> Result<bool> {
        let folder = project_folder(self.project.as_deref())?;
        let survey = Survey::of(&folder, &Variables::of(&folder).open_options()?)?;
        let files = survey.files.iter().filter(|file| file.path.is_sql_file());
        let (with, without): (Vec<&SourceFile>, Vec<_>) =
            files.partition(|file| file.metadata.is_some());
        let duplicates = survey.duplicate_ids();
        for duplicate in &duplicates {
            output.diagnostic(&duplicate.finding());
        }
        if self.json || output.format == MessageFormat::Json {
            let ids = duplicates.iter().map(|it| format!("{}: {}", it.id, it.paths()));
            let value = json!({
                "total_files": with.len() + without.len(),
                "files_with_metadata": with.len(),
                "files_without_metadata": without.len(),
                "validation_passed": duplicates.is_empty(),
                "duplicate_ids": ids.collect::<Vec<_>>(),
            });
            output.answer(self.json, &value, String::new)?;
        }
        if output.format == MessageFormat::Human {
            let (files, with) = (with.len() + without.len(), with.len());
            let verdict = match duplicates.len() {
                0 => "every id is used once".to_owned(),
                1 => "one id is used more than once".to_owned(),
                number => format!("{number} ids are used more than once"),
            };
            let text = format!("{with} of {files} SQL files have metadata: {verdict}");
            output.verdict(duplicates.is_empty(), &text);
        }
        Ok(duplicates.is_empty())
    }
}
