//! The command line of pgmi: `cargo pgmi <command>`.

mod approval;
mod arguments;
mod commands;
mod crate_settings;
mod environment;
mod output;
mod signals;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::check::Check;
use crate::commands::deploy::Deploy;
use crate::commands::explain::Explain;
use crate::commands::generate::Generate;
use crate::commands::server::Server;
use crate::output::{MessageFormat, Output};

/// A bug of ours: the message of the panic is on stderr.
const PANICKED: u8 = 3;

/// `cargo pgmi …` runs `cargo-pgmi pgmi …`.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo")]
enum Cargo {
    Pgmi(Pgmi),
}

/// SQL projects for PostgreSQL: deploy them with their own deploy.sql, gated by their own tests
#[derive(clap::Args)]
#[command(version, subcommand_required = true, arg_required_else_help = true)]
struct Pgmi {
    /// Show the server's DEBUG messages, and when each message came
    #[arg(short, long, global = true)]
    verbose: bool,
    /// How errors and warnings are written to stderr
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    message_format: MessageFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Deploy(Box<Deploy>),
    Check(Check),
    Generate(Generate),
    Explain(Explain),
    Server(Server),
}

fn main() -> ExitCode {
    let Cargo::Pgmi(pgmi) = Cargo::parse();
    let code = std::panic::catch_unwind(|| pgmi.run()).unwrap_or(PANICKED);
    ExitCode::from(code)
}

impl Pgmi {
    /// Runs the command; errors are shown here and nowhere else.
    fn run(self) -> u8 {
        let output = Output::new(self.verbose, self.message_format);
        match self.command {
            Command::Deploy(deploy) => deploy.run(&output),
            Command::Check(check) => check.run(&output),
            Command::Generate(generate) => generate.run(&output),
            Command::Explain(explain) => explain.run(&output),
            Command::Server(server) => output.conclude(server.run()),
        }
    }
}
