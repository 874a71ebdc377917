//! The command line of pgmi: `cargo pgmi <command>`.

mod approval;
mod arguments;
mod commands;
mod crate_settings;
mod environment;
mod output;
mod reports;
mod rust_sources;
mod signals;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pgmi_engine::Error;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::session::DeployFailure;

use crate::commands::check::Check;
use crate::commands::deploy::Deploy;
use crate::commands::deploy_json;
use crate::commands::explain::Explain;
use crate::commands::generate::Generate;
use crate::commands::server::Server;
use crate::commands::test::Test;
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
    Test(Box<Test>),
    Check(Check),
    Generate(Generate),
    Explain(Explain),
    Server(Server),
}

fn main() -> ExitCode {
    let Cargo::Pgmi(pgmi) = match Cargo::try_parse() {
        Ok(cargo) => cargo,
        Err(error) => return ExitCode::from(not_understood(&error)),
    };
    let code = std::panic::catch_unwind(|| pgmi.run()).unwrap_or(PANICKED);
    ExitCode::from(code)
}

/// Help, or what is wrong with the command line; the exit code.
fn not_understood(error: &clap::Error) -> u8 {
    let code = u8::try_from(error.exit_code()).unwrap_or(PANICKED);
    if !error.use_stderr() {
        // That nobody reads the help is no error.
        let _ = error.print();
        return code;
    }
    let output = Output::new(false, MessageFormat::Human);
    let text = error.render();
    let text = if output.colour { text.ansi().to_string() } else { text.to_string() };
    // An argument that is quoted may be a connection string.
    output.line(text.trim_end());
    if std::env::args_os().any(|argument| argument == "--json") {
        let said = error.render().to_string();
        let message = said.lines().next().unwrap_or("").trim_start_matches("error: ").to_owned();
        let finding = Diagnostic::error(Code::Usage, message);
        let failure = Box::new(DeployFailure::from(Error::from(finding)));
        // What went wrong is on stderr already.
        let _ = output.payload(&deploy_json::envelope(&Err(failure), code));
    }
    code
}

impl Pgmi {
    /// Runs the command; errors are shown here and nowhere else.
    fn run(self) -> u8 {
        let output = Output::new(self.verbose, self.message_format);
        match self.command {
            Command::Deploy(deploy) => deploy.run(&output),
            Command::Test(test) => test.run(&output),
            Command::Check(check) => check.run(&output),
            Command::Generate(generate) => generate.run(&output),
            Command::Explain(explain) => explain.run(&output),
            Command::Server(server) => output.conclude(server.run()),
        }
    }
}
