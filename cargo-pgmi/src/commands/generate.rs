//! `cargo pgmi generate`: writes what is missing: signature files, files of types, the lock.

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::check::{Accept, FileChange, Proof, changes};
use pgmi_engine::diagnostic::{Code, Diagnostic, Outcome, nearest};
use pgmi_engine::signature::diff;
use pgmi_engine::{Error, Result};
use serde_json::json;

use super::check::conclude;
use super::queries::QueryArguments;
use crate::output::{MessageFormat, Output};
use crate::signals::Signals;
use crate::whole_file;

/// Write signature files and pgmi.lock for what they do not cover yet
///
/// A signature file is written once; from then on it is yours: you may tighten what was inferred, relax it, or say
/// that the query is idempotent. A query that no longer fits its file is an error that shows the difference;
/// --accept takes what was inferred instead, and keeps your comments. Only pgmi.lock is written over without asking. Commit all of it.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Generate {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Replace the signature files of these queries and types (schema.type), or of all
    #[arg(long, value_name = "NAME", num_args = 0..)]
    accept: Option<Vec<String>>,
    #[command(flatten)]
    queries: QueryArguments,
}

const HELP: &str = "\
Examples:
  cargo pgmi generate                                # after adding a query or a migration
  cargo pgmi generate --accept select_album          # this query may return something else now
  cargo pgmi generate --accept public.mood           # and this type may be something else
  cargo pgmi generate --message-format json          # files on stdout, one object a line

Exit codes: 0 all is up to date now; 4 something is left for you to decide; 10, 11, 13 as those
of `check`.";

impl Generate {
    /// Writes, says what was written, shows what is left to decide. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        match self.generate(output) {
            Ok(outcome) => outcome.exit_code(),
            Err(error) => output.conclude(Err(error)),
        }
    }

    fn generate(&self, output: &Output) -> Result<Outcome> {
        let mut queries = self.queries.read(self.project.as_ref())?;
        let busy = output.busy("Asking PostgreSQL about the queries");
        let proof = queries.prove(&Signals::catch())?;
        drop(busy);
        let accept = self.accepted(&proof)?;
        let changes = changes(&queries.subject.files, &proof, &accept);
        for change in &changes {
            whole_file::write(&change.path, &change.new)?;
            show(change, output)?;
        }
        queries.take(&changes, &proof);
        Ok(conclude(&queries, &proof, "up to date", output))
    }

    fn accepted(&self, proof: &Proof) -> Result<Accept> {
        let names = match &self.accept {
            None => return Ok(Accept::Nothing),
            Some(names) if names.is_empty() => return Ok(Accept::Everything),
            Some(names) => names.clone(),
        };
        let types = proof.types.iter().map(|it| format!("{}.{}", it.name.schema, it.name.name));
        let queries = proof.queries.iter().map(|it| it.query.label().to_owned());
        let known: Vec<String> = queries.chain(types).collect();
        let unknown = names.iter().filter(|name| !known.contains(name));
        Error::check(unknown.map(|name| nothing_named(name, &known)).collect())?;
        Ok(Accept::These(names))
    }
}

fn nothing_named(name: &str, known: &[String]) -> Diagnostic {
    let message = format!("--accept: there is no query or type `{name}`");
    let finding = Diagnostic::error(Code::Usage, message);
    let known = || known.iter().map(String::as_str);
    let without_schema = known().find(|it| it.split_once('.').is_some_and(|(_, of)| of == name));
    match without_schema.or_else(|| nearest(name, known())) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("name queries as their files, without .sql, and types as schema.type"),
    }
}

fn show(change: &FileChange, output: &Output) -> Result<()> {
    let path = change.path.display();
    if output.format == MessageFormat::Json {
        let action = if change.old.is_none() { "written" } else { "updated" };
        return output.payload(&json!({ "file": path.to_string(), "action": action }).to_string());
    }
    match &change.old {
        None => output.line(&format!("Wrote {path}")),
        Some(_) if path.to_string().ends_with(".lock") => output.line(&format!("Updated {path}")),
        Some(old) => output.line(&format!("Updated {path}\n{}", diff(old, &change.new).trim_end())),
    }
    Ok(())
}
