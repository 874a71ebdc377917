#![doc = include_str!("../README.md")]

mod approval;
mod arguments;
mod commands;
mod crate_settings;
mod environment;
mod explain_connection;
mod output;
mod progress;
mod reports;
mod rust_sources;
mod signals;
mod whole_file;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use pgmi_engine::Error;
use pgmi_engine::diagnostic::{Code, Diagnostic};
use pgmi_engine::session::DeployFailure;

use crate::commands::check::Check;
use crate::commands::completion::Completion;
use crate::commands::db::Db;
use crate::commands::demo::Demo;
use crate::commands::deploy::Deploy;
use crate::commands::deploy_json;
use crate::commands::drift::Drift;
use crate::commands::explain::Explain;
use crate::commands::generate::Generate;
use crate::commands::index::Index;
use crate::commands::info::Info;
use crate::commands::init::Init;
use crate::commands::metadata::Metadata;
use crate::commands::server::Server;
use crate::commands::templates::Templates;
use crate::commands::test::Test;
use crate::commands::version::Version;
use crate::output::{MessageFormat, Output};

/// A bug of ours: the message of the panic is on stderr.
const PANICKED: u8 = 3;

/// `cargo pgmi …` runs `cargo-pgmi pgmi …`.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo", max_term_width = 100)]
enum Cargo {
    Pgmi(Pgmi),
}

/// SQL projects for PostgreSQL: deploy them with their own deploy.sql, gated by their own tests
#[derive(clap::Args)]
#[command(version, after_help = HELP)]
struct Pgmi {
    /// Show the server's DEBUG messages, and when each message came
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    verbose: bool,
    /// How errors and warnings are written to stderr: human, or json, one object a line
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_possible_values = true,
        help_heading = "Everywhere"
    )]
    message_format: MessageFormat,
    #[command(subcommand)]
    command: Option<Command>,
}

const HELP: &str = "\
Examples:
  cargo pgmi demo                                    # see all of it on an example
  cargo pgmi init                                    # begin a project
  cargo pgmi deploy --throwaway                      # try it: nothing is left behind
  cargo pgmi deploy -d shop                          # into a database
  cargo pgmi check                                   # in CI: is everything valid, and as committed?

Exit codes: 0 done; 1 something else failed; 2 the command line is wrong; 3 a bug of pgmi;
4 not as committed; 10 configuration or files; 11 no connection; 12 not approved;
13 PostgreSQL refused, or a test failed; 14 no deploy.sql; 15 another deployment runs;
16 out of time; 130 interrupted.
Each command has examples of its own: cargo pgmi <COMMAND> --help";

#[derive(Subcommand)]
enum Command {
    Demo(Demo),
    Init(Init),
    Deploy(Box<Deploy>),
    Test(Box<Test>),
    Drift(Box<Drift>),
    Check(Check),
    Generate(Generate),
    Explain(Explain),
    Info(Info),
    Metadata(Metadata),
    Templates(Templates),
    Db(Box<Db>),
    Index(Index),
    Server(Server),
    Completion(Completion),
    Version(Version),
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
    let said = error.render().to_string();
    let message = said.lines().next().unwrap_or("").trim_start_matches("error: ").to_owned();
    let finding = Diagnostic::error(Code::Usage, message);
    if wants_json() {
        // An argument that is quoted may be a connection string, which is why this is not printed as it is.
        Output::new(false, MessageFormat::Json).diagnostic(&finding);
    } else {
        let output = Output::new(false, MessageFormat::Human);
        let text = if output.colour { error.render().ansi().to_string() } else { said };
        output.line(text.trim_end());
    }
    if wants_object() {
        let failure = Box::new(DeployFailure::from(Error::from(finding)));
        // What went wrong is on stderr already.
        let _ = Output::new(false, MessageFormat::Human)
            .payload(&deploy_json::envelope(&Err(failure), code));
    }
    code
}

/// Whether `--json` stands on the command line, whatever the command.
fn wants_object() -> bool {
    std::env::args_os().any(|argument| argument == "--json")
}

/// Whether `--message-format json` stands on a command line that could not be understood.
fn wants_json() -> bool {
    let arguments: Vec<_> = std::env::args_os().collect();
    let apart = |pair: &[std::ffi::OsString]| pair[0] == "--message-format" && pair[1] == "json";
    arguments.iter().any(|argument| argument == "--message-format=json")
        || arguments.windows(2).any(apart)
}

impl Pgmi {
    /// Runs the command; errors are shown here and nowhere else.
    fn run(self) -> u8 {
        let output = Output::new(self.verbose, self.message_format);
        let output = output.answering_with_objects(wants_object());
        match self.command {
            None => output.conclude(output.payload(&short_help())),
            Some(Command::Demo(demo)) => demo.run(&output),
            Some(Command::Init(init)) => output.conclude(init.run(&output)),
            Some(Command::Deploy(deploy)) => deploy.run(&output),
            Some(Command::Test(test)) => test.run(&output),
            Some(Command::Drift(drift)) => drift.run(&output),
            Some(Command::Check(check)) => check.run(&output),
            Some(Command::Generate(generate)) => generate.run(&output),
            Some(Command::Explain(explain)) => explain.run(&output),
            Some(Command::Info(info)) => output.conclude(info.run(&output)),
            Some(Command::Metadata(metadata)) => metadata.run(&output),
            Some(Command::Templates(templates)) => output.conclude(templates.run(&output)),
            Some(Command::Db(db)) => output.conclude(db.run(&output)),
            Some(Command::Index(index)) => index.run(&output),
            Some(Command::Server(server)) => output.conclude(server.run(&output)),
            Some(Command::Completion(completion)) => output.conclude(completion.run(&output)),
            Some(Command::Version(version)) => output.conclude(version.run(&output)),
        }
    }
}

/// What `cargo pgmi` alone says: the commands, and where to read on.
fn short_help() -> String {
    let mut cargo = Cargo::command();
    cargo.build();
    let pgmi = cargo.find_subcommand("pgmi");
    let commands = pgmi.into_iter().flat_map(clap::Command::get_subcommands);
    let lines = commands.filter(|it| it.get_name() != "help").map(|command| {
        let about = command.get_about().map_or_else(String::new, ToString::to_string);
        format!("  {:<12} {about}", command.get_name())
    });
    let lines: Vec<_> = lines.collect();
    format!(
        "SQL projects for PostgreSQL\n\nUsage: cargo pgmi <COMMAND>\n\n{}\n\n\
         See it: cargo pgmi demo\nBegin with: cargo pgmi init\nMore: cargo pgmi --help, cargo pgmi <COMMAND> --help",
        lines.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    /// What stands behind the options is set in lines, which a narrow screen would set anew.
    #[test]
    fn examples_fit_on_the_screen() {
        fn check(command: &Command) {
            let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in after.lines() {
                let width = line.chars().count();
                assert!(width <= 100, "{}: {width}: {line}", command.get_name());
            }
            command.get_subcommands().for_each(check);
        }
        let cargo = super::Cargo::command();
        cargo.clone().debug_assert();
        check(&cargo);
    }
}
