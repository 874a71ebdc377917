//! `cargo pgmi explain`: a query's signature with the reason for each verdict, and its plan.

mod json;
mod text;

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::analysis::Deployed;
use pgmi_engine::check::{Proof, ResolvedQuery, resolve};
use pgmi_engine::diagnostic::{Code, Diagnostic, nearest};
use pgmi_engine::query::Query;
use pgmi_engine::{Error, Result};

use super::queries::{Queries, QueryArguments};
use crate::output::{MessageFormat, Output};
use crate::signals::Signals;

/// Show what a query takes and returns, why, and how PostgreSQL would run it
///
/// The signature is the one that holds: what was inferred, and what its signature file says over that. The plan
/// is that of a database in which there is nothing but what the project itself puts there: of use for what it can
/// do, not for what it will cost.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Explain {
    /// The query: its file's name without .sql, or where it stands in Rust, such as src/main.rs:12
    name: String,
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    #[command(flatten)]
    queries: QueryArguments,
}

const HELP: &str = "\
Examples:
  cargo pgmi explain select_album
  cargo pgmi explain src/main.rs:12                       # a query! on that line
  cargo pgmi explain select_album --message-format json   # one object on stdout

Exit codes: 0 shown; 2 there is no such query; 10 a file is wrong; 11 no connection;
13 PostgreSQL refuses it.";

impl Explain {
    /// Prints to stdout. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        output.conclude(self.explain(output))
    }

    fn explain(&self, output: &Output) -> Result<()> {
        let queries = self.queries.read(self.project.as_ref())?;
        let busy = output.busy("Asking PostgreSQL about the query");
        let signals = Signals::catch();
        let proof = queries.analyse(&signals)?;
        let resolved = self.find(&queries, &proof)?;
        let deployed = Deployed::make(&queries.request(), signals.begin_work())?;
        let plan = deployed.plan(&resolved.query)?;
        drop(busy);
        match output.format {
            MessageFormat::Human => output.payload(&text::explanation(&resolved, plan.as_deref())),
            MessageFormat::Json => {
                output.payload(&json::explanation(&resolved, plan.as_deref()).to_string())
            }
        }
    }

    /// What holds of the query, or what is wrong with it.
    fn find(&self, queries: &Queries, proof: &Proof) -> Result<ResolvedQuery> {
        let files = &queries.subject.files;
        let all = resolve(files, proof).queries;
        if let Some(found) = all.into_iter().find(|one| one.query.label() == self.name) {
            return Ok(found);
        }
        let is_about = |finding: &&Diagnostic| {
            let place = finding.place();
            let file = format!("/{}.sql", self.name);
            place.is_some_and(|it| {
                it.source.name().ends_with(&file) || it.source.name() == self.name
            })
        };
        let findings = proof.findings().chain(&files.queries.findings);
        let findings = findings.filter(is_about).cloned();
        Error::check(findings.map(|it| queries.inline.located(it)).collect())?;
        Err(self.unknown(&files.queries.queries).into())
    }

    fn unknown(&self, queries: &[Query]) -> Diagnostic {
        let finding = Diagnostic::error(Code::Usage, format!("there is no query `{}`", self.name));
        match nearest(&self.name, queries.iter().map(Query::label)) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("name it as its file in the folder of queries, without .sql"),
        }
    }
}
