//! `cargo pgmi generate`: writes what is missing: signature files, files of types, the lock.

use std::path::{Path, PathBuf};

use clap::Args;
use pgmi_engine::check::{Accept, FileChange, Proof, changes};
use pgmi_engine::diagnostic::{Code, Diagnostic, Outcome};
use pgmi_engine::signature::{TypeName, diff};
use pgmi_engine::{Error, Result};

use super::check::conclude;
use super::queries::QueryArguments;
use crate::output::Output;
use crate::signals::Signals;

/// Write signature files and pgmi.lock for what they do not cover yet
///
/// A signature file is written once; from then on it is yours, and a query that no longer fits it is an
/// error that shows the difference. --accept takes what was inferred instead.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Generate {
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Replace the signature files of these queries and types (schema.type), or of all
    #[arg(long, value_name = "NAME", num_args = 0..)]
    accept: Option<Vec<String>>,
    #[command(flatten)]
    queries: QueryArguments,
}

const EXAMPLES: &str = "\
Examples:
  cargo pgmi generate                                # after adding a query or a migration
  cargo pgmi generate --accept select_album          # this query may return something else now";

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
        let proof = queries.analyse(&Signals::catch())?;
        let accept = self.accepted(&proof)?;
        let changes = changes(&queries.subject.files, &proof, &accept);
        for change in &changes {
            write(change)?;
            show(change, output);
        }
        if !changes.is_empty() {
            queries.reread();
        }
        Ok(conclude(&queries, &proof, "up to date", output))
    }

    fn accepted(&self, proof: &Proof) -> Result<Accept> {
        let names = match &self.accept {
            None => return Ok(Accept::Nothing),
            Some(names) if names.is_empty() => return Ok(Accept::Everything),
            Some(names) => names.clone(),
        };
        let is_query = |name: &str| proof.queries.iter().any(|one| one.query.label() == name);
        let is_type = |name: &str| {
            let named = |it: &TypeName| format!("{}.{}", it.schema, it.name) == name;
            proof.types.iter().any(|one| named(&one.name))
        };
        let unknown = names.iter().filter(|name| !is_query(name) && !is_type(name));
        Error::check(unknown.map(|name| nothing_named(name)).collect())?;
        Ok(Accept::These(names))
    }
}

fn nothing_named(name: &str) -> Diagnostic {
    Diagnostic::error(Code::Usage, format!("--accept: there is no query or type `{name}`"))
        .help("name queries as their files, without .sql, and types as schema.type")
}

/// Writes a file whole or not at all.
fn write(change: &FileChange) -> Result<()> {
    let failed = |error: std::io::Error| {
        let message = format!("cannot write `{}`: {error}", change.path.display());
        Error::from(Diagnostic::error(Code::Io, message))
    };
    let folder = change.path.parent().unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let new = change.path.with_extension("pgmi-new");
    std::fs::write(&new, &change.new).map_err(failed)?;
    std::fs::rename(&new, &change.path).map_err(failed)
}

fn show(change: &FileChange, output: &Output) {
    let path = change.path.display();
    match &change.old {
        None => output.line(&format!("Wrote {path}")),
        Some(_) if path.to_string().ends_with(".lock") => output.line(&format!("Updated {path}")),
        Some(old) => output.line(&format!("Updated {path}\n{}", diff(old, &change.new).trim_end())),
    }
}
