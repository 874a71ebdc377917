//! `cargo pgmi explain`: a query's signature with the reason for each verdict, and its plan.

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::analysis::Deployed;
use pgmi_engine::check::{Proof, Proven};
use pgmi_engine::connection::ConnectOptions;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::signature::{Field, Nullability, Spelling, Verdict};
use pgmi_engine::{Error, Result};
use postgres::SimpleQueryMessage;

use super::queries::{Queries, QueryArguments};
use crate::output::Output;
use crate::signals::Signals;

/// Show what a query takes and returns, why, and how PostgreSQL would run it
#[derive(Args)]
pub struct Explain {
    /// The query: its file's name without .sql
    name: String,
    /// The project's folder; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    #[command(flatten)]
    queries: QueryArguments,
}

impl Explain {
    /// Prints to stdout. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        output.conclude(self.explain())
    }

    fn explain(&self) -> Result<()> {
        let queries = self.queries.read(self.project.as_ref())?;
        let signals = Signals::catch();
        let proof = queries.analyse(&signals)?;
        let proven = self.find(&queries, &proof)?;
        println!("{}: {}", self.name, verdict(&proven.signature.cardinality, |rows| rows.name()));
        for (title, fields) in
            [("parameters", &proven.signature.parameters), ("columns", &proven.signature.columns)]
        {
            if !fields.is_empty() {
                println!("\n{title}");
            }
            fields.iter().for_each(print_field);
        }
        if let Some(plan) = plan(&queries, proven, &signals)? {
            println!("\nplan (for parameters of any value, over empty tables)\n{plan}");
        }
        Ok(())
    }

    /// The query, or what is wrong with it.
    fn find<'a>(&self, queries: &Queries, proof: &'a Proof) -> Result<&'a Proven> {
        let found = proof.queries.iter().find(|one| one.query.label() == self.name);
        found.ok_or_else(|| {
            let about = |finding: &&Diagnostic| {
                finding.place().is_some_and(|place| {
                    place.source.name().ends_with(&format!("/{}.sql", self.name))
                })
            };
            let all = proof.findings().chain(&queries.subject.files.queries.findings);
            match Error::check(all.filter(about).cloned().collect()) {
                Err(error) => error,
                Ok(()) => {
                    Diagnostic::error(Code::Usage, format!("there is no query `{}`", self.name))
                        .help("name it as its file in the folder of queries, without .sql")
                        .into()
                }
            }
        })
    }
}

fn print_field(field: &Field) {
    let spelling = Spelling::short(&field.type_ref.name);
    let brackets = "[]".repeat(usize::from(field.type_ref.dims));
    let null = verdict(&field.nullability, null_word);
    println!("  {} {spelling}{brackets} {null}", field.name);
    if let Some(elements) = &field.elements {
        println!("    elements {}", verdict(elements, null_word));
    }
}

fn null_word(nullability: Nullability) -> &'static str {
    if nullability.is_not_null() { "not null" } else { "null" }
}

/// The word, and behind it why.
fn verdict<T: Copy>(verdict: &Verdict<T>, word: impl Fn(T) -> &'static str) -> String {
    match verdict.reasons.is_empty() {
        true => word(verdict.value).to_owned(),
        false => format!("{}  -- {}", word(verdict.value), verdict.reasons.join("; ")),
    }
}

/// EXPLAIN plans a statement without running it. Nothing where a statement has no plan.
fn plan(queries: &Queries, proven: &Proven, signals: &Signals) -> Result<Option<String>> {
    let deployed = Deployed::make(&queries.request(), signals.begin_work())?;
    let mut client = deployed.shadow().target().connect(ConnectOptions::default())?.client;
    let sql = proven.query.sql.trim().trim_end_matches(';');
    let nulls = vec!["null"; proven.signature.parameters.len()].join(", ");
    let arguments = if nulls.is_empty() { String::new() } else { format!("({nulls})") };
    let prepare = format!("set plan_cache_mode = force_generic_plan; prepare pgmi as {sql}");
    if client.batch_execute(&prepare).is_err() {
        return Ok(None);
    }
    let explain = format!("explain (costs off) execute pgmi{arguments}");
    let Ok(lines) = client.simple_query(&explain) else { return Ok(None) };
    let lines = lines.iter().filter_map(|line| match line {
        SimpleQueryMessage::Row(row) => row.get(0).map(|text| format!("  {text}")),
        _ => None,
    });
    Ok(Some(lines.collect::<Vec<_>>().join("\n")))
}
