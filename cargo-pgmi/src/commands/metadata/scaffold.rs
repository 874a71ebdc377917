//! `cargo pgmi metadata scaffold`: a `<pgmi-meta>` block for each file that has none.

use std::path::{Path, PathBuf};

use clap::Args;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::project::{SourceFile, Survey, insert_block, scaffold};
use pgmi_engine::{Error, Result};
use serde_json::{Value, json};

use crate::arguments::project_folder;
use crate::crate_settings::Crate;
use crate::environment::Variables;
use crate::output::{MessageFormat, Output};
use crate::whole_file;

/// Give each SQL file that has no `<pgmi-meta>` block one, which changes nothing
///
/// The id is the one that the file has already (generic_id), and its path is the sort key: the plan stays what it
/// is, byte for byte, checksums that ignore comments stay, and a ledger by id finds its files again. From then on a
/// file can be moved without losing either. Left out: tests, and the folder of the queries.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Scaffold {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Write the blocks into the files; without it they are only shown
    #[arg(long)]
    write: bool,
    /// Whether the files may run more than once; true is what holds without metadata
    #[arg(long, value_name = "BOOL", default_value_t = true, action = clap::ArgAction::Set)]
    idempotent: bool,
    /// Print the blocks as JSON on stdout
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
Examples:
  cargo pgmi metadata scaffold                       # what would be written
  cargo pgmi metadata scaffold db --write

Exit codes: 0 shown or written; 1 a file cannot be written; 10 a file of the project is wrong.";

/// A block, and where it goes.
struct Proposal<'a> {
    file: &'a SourceFile,
    block: String,
}

impl Scaffold {
    /// Shows the blocks on stdout, or writes them.
    ///
    /// # Errors
    /// As [`Survey::of`]; [`Code::Io`].
    pub fn run(&self, output: &Output) -> Result<()> {
        let folder = project_folder(self.project.as_deref())?;
        let survey = Survey::of(&folder, &Variables::of(&folder).open_options()?)?;
        let queries = queries_folder(&folder)?;
        let files = survey.files.iter().filter(|it| !it.path.as_str().starts_with(&queries));
        let proposals: Vec<_> = files
            .filter_map(|file| Some(Proposal { file, block: scaffold(file, self.idempotent)? }))
            .collect();
        let is_json = self.json || output.format == MessageFormat::Json;
        if self.write {
            for proposal in &proposals {
                let path = proposal.write(&folder)?;
                if !is_json {
                    output.line(&format!("Wrote {}", path.display()));
                }
            }
        }
        if is_json {
            let all: Vec<_> = proposals.iter().map(|it| it.as_json(self)).collect();
            return output.answer(self.json, &json!(all), String::new);
        }
        if !self.write && !proposals.is_empty() {
            let shown: Vec<_> = proposals.iter().map(Proposal::text).collect();
            output.payload(shown.join("\n").trim_end())?;
        }
        output.verdict(true, &self.verdict(proposals.len()));
        Ok(())
    }

    fn verdict(&self, number: usize) -> String {
        match (number, self.write) {
            (0, _) => "every SQL file has metadata".to_owned(),
            (number, true) => format!("{number} file(s) have metadata now"),
            (number, false) => format!("{number} file(s) without metadata: --write puts it there"),
        }
    }
}

impl Proposal<'_> {
    fn write(&self, folder: &Path) -> Result<PathBuf> {
        let path = folder.join(self.file.path.as_str().trim_start_matches("./"));
        let text = std::fs::read_to_string(&path).map_err(|error| {
            let message = format!("cannot read `{}`: {error}", path.display());
            Error::from(Diagnostic::error(Code::Io, message))
        })?;
        whole_file::write(&path, &insert_block(&text, &self.block))?;
        Ok(path)
    }

    fn text(&self) -> String {
        format!("{}\n{}", self.file.path.as_str(), self.block)
    }

    fn as_json(&self, asked: &Scaffold) -> Value {
        json!({
            "path": self.file.path.as_str(),
            "id": self.file.path.generic_id().to_string(),
            "idempotent": asked.idempotent,
            "sort_keys": [self.file.path.as_str()],
            "block": self.block,
            "written": asked.write,
        })
    }
}

/// As paths of the project begin that are queries: they are not deployed.
fn queries_folder(project: &Path) -> Result<String> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let named = Crate::here()?.queries();
    let below = named.and_then(|it| Some(real(&it).strip_prefix(real(project)).ok()?.to_owned()));
    let shown = below.map(|it| it.to_string_lossy().replace('\\', "/"));
    Ok(format!("./{}/", shown.as_deref().unwrap_or("queries")))
}
