//! `cargo pgmi demo`: all of it on a small crate that is part of this program.

mod files;
mod stage;

use std::path::PathBuf;

use clap::Args;
use pgmi_engine::Result;
use pgmi_engine::diagnostic::Outcome;

use self::stage::Stage;
use crate::arguments::parse_major;
use crate::output::{MessageFormat, Output};
use crate::signals::Signals;

/// See what pgmi does, on an example: a few seconds, nothing is left behind
///
/// Unpacks a small crate, starts a PostgreSQL for it, and runs the commands that you would type: deploys, runs the
/// SQL tests, generates and checks the queries' signatures, explains one, calls them all from Rust, and looks for indexes.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Demo {
    /// Unpack the crate into this folder, empty or new, and leave it there
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// Major version of PostgreSQL; the newest that is found by default
    #[arg(long, value_name = "MAJOR", value_parser = parse_major)]
    postgres: Option<u16>,
}

const HELP: &str = "\
Examples:
  cargo pgmi demo
  cargo pgmi demo --keep music                       # the crate stays, to try things in

Exit codes: 0 done; 2 the folder is not empty; 10 there is no PostgreSQL; that of the command that
failed; 130 interrupted.";

/// What is shown: why, and the command behind `cargo pgmi`.
const COMMANDS: [(&str, &[&str]); 5] = [
    (
        "Into a database, by the project's own deploy.sql, with its SQL tests as the gate",
        &["deploy"],
    ),
    ("The SQL tests alone, in copies of a database, side by side", &["test"]),
    (
        "What each query takes and returns, by PostgreSQL's own analysis; to be committed",
        &["generate"],
    ),
    ("In CI: is every query valid, and as committed?", &["check"]),
    ("Why is it so?", &["explain", "select_album"]),
];

const LAST: (&str, &[&str]) =
    ("Which indexes the queries need, tried over rows, and which are superfluous", &["index"]);

impl Demo {
    /// Runs every command of the demo. Returns the exit code: that of the first one that fails.
    pub fn run(&self, output: &Output) -> u8 {
        self.show(output).unwrap_or_else(|error| output.conclude(Err(error)))
    }

    fn show(&self, output: &Output) -> Result<u8> {
        let signals = Signals::catch();
        let stage = Stage::set(self.keep.as_deref(), self.postgres, output)?;
        // From here on a signal ends the command that runs, and then there is a server to be stopped.
        let interrupt = signals.begin_work();
        for (why, arguments) in COMMANDS {
            let code = stage.command(why, arguments)?;
            if interrupt.is_set() {
                return Ok(Outcome::Interrupted.exit_code());
            }
            if code != 0 {
                return Ok(code);
            }
        }
        stage.rust()?;
        let code = stage.command(LAST.0, LAST.1)?;
        if code == 0 && output.format == MessageFormat::Human {
            stage.farewell();
        }
        Ok(code)
    }
}
