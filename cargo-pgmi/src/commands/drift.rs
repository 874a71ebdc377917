//! `cargo pgmi drift`: what other hands have changed in a database since it was deployed.

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::diagnostic::{Outcome, redact};
use pgmi_engine::drift::{Change, Drift as Found, WhatChanged, drift};
use pgmi_engine::project::{Configuration, check_folder};
use pgmi_engine::signature::diff;
use serde_json::{Value, json};

use crate::arguments::{ConnectionArguments, project_folder};
use crate::environment::Variables;
use crate::explain_connection::explain_connection;
use crate::output::Output;

/// Show what was changed in a database since it was deployed with --record
///
/// Compares the database, object by object, with what the last `cargo pgmi deploy --record` left in it: tables,
/// columns, constraints, indexes, views, functions, triggers, types, sequences, policies, grants, comments and
/// more. Nothing is changed. Exit code 4: something differs.
#[derive(Args)]
#[command(disable_help_flag = true, after_help = EXAMPLES)]
pub struct Drift {
    /// The folder with pgmi.yaml and .env; by default `project` of [package.metadata.pgmi], else db, else this folder
    project: Option<PathBuf>,
    /// Print the differences as JSON on stdout
    #[arg(long)]
    json: bool,
    /// Only show what would be connected to, and which flag, variable or file says so
    #[arg(long)]
    explain_connection: bool,
    #[command(flatten)]
    connection: ConnectionArguments,
    /// Print help
    #[arg(long, action = clap::ArgAction::Help)]
    help: Option<bool>,
}

const EXAMPLES: &str = "\
Examples:
  cargo pgmi deploy -d shop --record                 # write down what is in the database now
  cargo pgmi drift -d shop                           # later: what has become of it?
  cargo pgmi drift --connection postgresql://app@db.example/shop --json

Exit codes: 0 all is as it was deployed; 4 something differs; 10 a setting is wrong, or nothing was
recorded; 11 no connection.";

impl Drift {
    /// Compares, and tells. Returns the exit code.
    pub fn run(&self, output: &Output) -> u8 {
        match self.drift(output) {
            Ok(code) => code,
            Err(error) => output.conclude(Err(error)),
        }
    }

    fn drift(&self, output: &Output) -> Result<u8> {
        let folder = project_folder(self.project.as_deref())?;
        check_folder(&folder)?;
        let variables = Variables::of(&folder);
        if let Some(warning) = &variables.warning {
            output.diagnostic(warning);
        }
        let defaults = Configuration::read(&folder)?.connection;
        let target = self.connection.resolve(&variables, &defaults)?;
        if self.explain_connection {
            explain_connection(&target, self.json, output)?;
            return Ok(Outcome::Success.exit_code());
        }
        for warning in target.warnings() {
            output.diagnostic(warning);
        }
        let found = drift(&target)?;
        let outcome = match found.changes.is_empty() {
            true => Outcome::Success,
            false => Outcome::Different,
        };
        match self.json {
            true => output.payload(&redact(&object(target.database(), &found, outcome)))?,
            // Nothing to show is nothing on stdout, not an empty line.
            false if found.changes.is_empty() => {}
            false => output.payload(redact(&text(&found)).trim_end())?,
        }
        conclude(target.database(), &found, output);
        Ok(outcome.exit_code())
    }
}

/// A line for each object, and its definition before and after.
fn text(found: &Found) -> String {
    found.changes.iter().map(shown).collect()
}

fn shown(change: &Change) -> String {
    let (word, definition) = match change.what() {
        WhatChanged::Added => ("added  ", change.after.clone().unwrap_or_default()),
        WhatChanged::Removed => ("removed", change.before.clone().unwrap_or_default()),
        WhatChanged::Changed => {
            let text = |of: &Option<String>| of.clone().unwrap_or_default();
            ("changed", diff(&text(&change.before), &text(&change.after)))
        }
    };
    let mark = match change.what() {
        WhatChanged::Added => "+",
        WhatChanged::Removed => "-",
        WhatChanged::Changed => "",
    };
    let lines = definition.lines().map(|line| format!("          {mark}{line}\n"));
    format!("{word}   {} {}\n{}", change.kind, change.name, lines.collect::<String>())
}

fn conclude(database: &str, found: &Found, output: &Output) {
    let recorded = &found.recorded;
    if recorded.is_of_another_major() {
        output.line(&format!(
            "note: recorded on PostgreSQL {}, compared on {}: a definition may be the same in other words",
            recorded.server_version, recorded.server_version_now
        ));
    }
    let utc = |at: &str| format!("{} UTC", at.trim_end_matches("+00"));
    if let Some(later) = recorded.unrecorded.as_ref().filter(|_| !found.changes.is_empty()) {
        output.line(&format!(
            "note: {} deployed at {} without --record: what that changed is in here, too",
            later.by,
            utc(&later.at)
        ));
    }
    let since = format!("since {} deployed at {}", recorded.by, utc(&recorded.at));
    let good = found.changes.is_empty();
    output.verdict(
        good,
        &match found.changes.len() {
            0 => format!("{database}: {} objects, none changed {since}", found.objects),
            1 => format!("{database}: 1 object was changed {since}"),
            count => format!("{database}: {count} objects were changed {since}"),
        },
    );
}

fn object(database: &str, found: &Found, outcome: Outcome) -> String {
    let recorded = &found.recorded;
    let changes: Vec<Value> = found.changes.iter().map(change).collect();
    let object = json!({
        "status": if found.changes.is_empty() { "same" } else { "different" },
        "exitCode": outcome.exit_code(),
        "database": database,
        "objects": found.objects,
        "recorded": {
            "at": recorded.at,
            "by": recorded.by,
            "serverVersion": recorded.server_version,
            "pgmiVersion": recorded.pgmi_version,
        },
        "unrecorded": recorded.unrecorded.as_ref().map(|it| json!({ "at": it.at, "by": it.by })),
        "serverVersion": recorded.server_version_now,
        "changes": changes,
    });
    format!("{object:#}")
}

fn change(change: &Change) -> Value {
    let word = match change.what() {
        WhatChanged::Added => "added",
        WhatChanged::Changed => "changed",
        WhatChanged::Removed => "removed",
    };
    json!({
        "change": word,
        "kind": change.kind,
        "name": change.name,
        "before": change.before,
        "after": change.after,
    })
}
