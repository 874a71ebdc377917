//! `cargo pgmi db`: databases created, dropped and made anew, without a deployment.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use pgmi_engine::Result;
use pgmi_engine::connection::Target;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::project::Configuration;
use pgmi_engine::session::{create_database, drop_database, reset_database};
use serde_json::json;

use crate::approval::confirm;
use crate::arguments::{ConnectionArguments, project_folder};
use crate::environment::Variables;
use crate::explain_connection::explain_connection;
use crate::output::{MessageFormat, Output};

/// Create, drop and reset the database of a project
#[derive(Args)]
#[command(after_help = HELP, arg_required_else_help = true, subcommand_required = true)]
pub struct Db {
    #[command(subcommand)]
    action: Action,
}

const HELP: &str = "\
Examples:
  cargo pgmi db create -d shop
  cargo pgmi db reset -d shop_dev                    # asks for its name before it is dropped
  cargo pgmi db drop -d shop_ci --yes
  cargo pgmi db drop --connection postgresql://admin@db.example/shop_old --remote

Exit codes: 0 done, also when there was nothing to do; 10 a setting is wrong, or the server is not
on this machine; 11 no connection, or PostgreSQL refused; 12 not approved.";

#[derive(Subcommand)]
enum Action {
    /// Create the database, unless it is there
    Create(Which),
    /// Drop the database with all its data, and end the sessions that are in it
    Drop(Destruction),
    /// Drop the database and create it again, empty, with the settings it had: owner, encoding, locale,
    /// connection limit, its own settings and those of roles in it, comment
    Reset(Destruction),
}

/// Which database
#[derive(Args)]
#[command(disable_help_flag = true, after_help = HELP)]
struct Which {
    /// The project whose pgmi.yaml and .env hold; by default as for `deploy`
    project: Option<PathBuf>,
    /// Only show what would be connected to, and which flag, variable or file says so
    #[arg(long)]
    explain_connection: bool,
    /// Print help
    #[arg(long, action = clap::ArgAction::Help)]
    help: Option<bool>,
    #[command(flatten)]
    connection: ConnectionArguments,
}

/// What is gone afterwards
#[derive(Args)]
struct Destruction {
    /// Do not ask before dropping
    #[arg(long)]
    yes: bool,
    /// The database may be on a server that is not this machine
    #[arg(long)]
    remote: bool,
    #[command(flatten)]
    which: Which,
}

impl Db {
    /// Does it and says so.
    ///
    /// # Errors
    /// Settings that are wrong, what was not approved, what PostgreSQL refuses.
    pub fn run(&self, output: &Output) -> Result<()> {
        let which = match &self.action {
            Action::Create(which) => which,
            Action::Drop(destruction) | Action::Reset(destruction) => &destruction.which,
        };
        if which.explain_connection {
            let (target, _) = which.resolve(output)?;
            return explain_connection(&target, false, output);
        }
        let (target, action, words) = match &self.action {
            Action::Create(which) => {
                let (target, _) = which.resolve(output)?;
                match create_database(&target)? {
                    true => (target, "created", "created"),
                    false => (target, "kept", "is there already"),
                }
            }
            Action::Drop(destruction) => {
                let target = destruction.approved("drop", output)?;
                match drop_database(&target)? {
                    true => (target, "dropped", "dropped"),
                    false => (target, "missing", "does not exist: nothing to drop"),
                }
            }
            Action::Reset(destruction) => {
                let target = destruction.approved("reset", output)?;
                match reset_database(&target)? {
                    true => (target, "reset", "dropped and created again"),
                    false => (target, "created", "did not exist: created"),
                }
            }
        };
        let database = target.database();
        if output.format == MessageFormat::Json {
            return output.payload(&json!({ "database": database, "action": action }).to_string());
        }
        output.line(&format!("Database \"{database}\" on {} {words}", server(&target)));
        Ok(())
    }
}

impl Which {
    fn resolve(&self, output: &Output) -> Result<(Target, Variables)> {
        let folder = project_folder(self.project.as_deref())?;
        let variables = Variables::of(&folder);
        if let Some(warning) = &variables.warning {
            output.diagnostic(warning);
        }
        let configuration = Configuration::read(&folder)?;
        let target = self.connection.resolve(&variables, &configuration.connection)?;
        // Whoever explains shows them, too.
        for warning in target.warnings().iter().filter(|_| !self.explain_connection) {
            output.diagnostic(warning);
        }
        Ok((target, variables))
    }
}

impl Destruction {
    /// The target, once it is clear that it is meant.
    fn approved(&self, verb: &str, output: &Output) -> Result<Target> {
        let (target, variables) = self.which.resolve(output)?;
        if !self.remote && !target.is_local() {
            return Err(elsewhere(verb, &target).into());
        }
        if !self.yes {
            output.line(&format!("Server: {}", server(&target)));
        }
        confirm(target.database(), self.yes, &variables)?;
        Ok(target)
    }
}

fn elsewhere(verb: &str, target: &Target) -> Diagnostic {
    let message = format!(
        "refusing to {verb} database \"{}\" on {}, which is not this machine",
        target.database(),
        server(target)
    );
    Diagnostic::error(Code::OverwriteRefused, message)
        .note("nothing was changed")
        .help("add --remote if this server is meant")
}

/// Where the target is, without its database.
fn server(target: &Target) -> String {
    let whole = target.describe();
    let database = format!("/{}", target.database());
    whole.strip_suffix(&database).map_or_else(|| whole.clone(), str::to_owned)
}
