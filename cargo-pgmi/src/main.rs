//! The command line of pgmi.

mod commands;
mod environment;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pgmi_engine::Result;

use crate::commands::server::Server;

/// `cargo pgmi …` runs `cargo-pgmi pgmi …`.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo")]
enum Cargo {
    /// Deploy SQL projects to PostgreSQL
    #[command(version, subcommand_required = true)]
    Pgmi(Pgmi),
}

#[derive(clap::Args)]
struct Pgmi {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Server(Server),
}

fn main() -> ExitCode {
    let Cargo::Pgmi(Pgmi { command }) = Cargo::parse();
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for diagnostic in error.diagnostics() {
                eprintln!("{}", pgmi_engine::diagnostic::render::render(diagnostic, false));
            }
            ExitCode::from(error.outcome().exit_code())
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Server(server) => server.run(),
    }
}
