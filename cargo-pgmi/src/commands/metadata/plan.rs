//! `cargo pgmi metadata plan`: in which order `pgmi_plan_view` shows the files.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::project::{PlanRow, Survey};
use serde_json::{Value, json};

use crate::arguments::project_folder;
use crate::environment::Variables;
use crate::output::Output;

/// Show the rows of pgmi_plan_view: every file, once for each of its sort keys
///
/// It is what a deployment sees, worked out without a server. Which of these files run, and whether in this order, is
/// for deploy.sql to say; files that are not SQL are in the view, too.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Plan {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Print it as JSON on stdout
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  cargo pgmi metadata plan
  cargo pgmi metadata plan db --json

Exit codes: 0 shown; 10 a file of the project is wrong, or an id is used twice.";

impl Plan {
    /// Prints to stdout.
    ///
    /// # Errors
    /// As [`Survey::of`]; ids that are used twice.
    pub fn run(&self, output: &Output) -> Result<()> {
        let folder = project_folder(self.project.as_deref())?;
        let survey = Survey::of(&folder, &Variables::of(&folder).open_options()?)?;
        let duplicates = survey.duplicate_ids();
        pgmi_engine::Error::check(duplicates.iter().map(|it| it.finding()).collect())?;
        let rows = survey.plan();
        let value = json!({
            "total_files": survey.files.len(),
            "plan": rows.iter().map(as_json).collect::<Vec<_>>(),
        });
        output.answer(self.json, &value, || table(&rows))
    }
}

/// The keys of the Go program, and the columns of the view that it leaves out.
fn as_json(row: &PlanRow<'_>) -> Value {
    let metadata = row.file.metadata.as_ref();
    let generic_id = row.file.path.generic_id().to_string();
    json!({
        "path": row.file.path.as_str(),
        "id": metadata.map_or_else(|| generic_id.clone(), |it| it.id.to_string()),
        "generic_id": generic_id,
        "idempotent": metadata.is_none_or(|it| it.idempotent),
        "sort_keys": metadata.map_or(&[][..], |it| &it.sort_keys),
        "description": metadata.map_or("", |it| &it.description),
        "sort_key": row.sort_key,
        "execution_order": row.execution_order,
        "is_sql_file": row.file.path.is_sql_file(),
        "checksum": row.file.pgmi_checksum(),
        "strict_checksum": row.file.strict_checksum(),
    })
}

/// The key stands where it is not the path, a remark where there is something to remark.
fn table(rows: &[PlanRow<'_>]) -> String {
    let width = rows.iter().map(|row| key(row).chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for row in rows {
        let (order, key, path) = (row.execution_order, key(row), row.file.path.as_str());
        let once = row.file.metadata.as_ref().is_some_and(|metadata| !metadata.idempotent);
        let remark = match (row.file.path.is_sql_file(), once) {
            (false, _) => "  (not SQL)",
            (true, true) => "  (not idempotent)",
            (true, false) => "",
        };
        // Writing into a string cannot fail.
        let _ = match width {
            0 => writeln!(text, "{order:>5}  {path}{remark}"),
            _ => writeln!(text, "{order:>5}  {key:<width$}  {path}{remark}"),
        };
    }
    text.trim_end().to_owned()
}

fn key<'a>(row: &PlanRow<'a>) -> &'a str {
    if row.sort_key == row.file.path.as_str() { "" } else { row.sort_key }
}
