//! Asking before a database is dropped.

use std::io::{BufRead, Write};
use std::time::Duration;

use pgmi_engine::Result;
use pgmi_engine::diagnostic::{Code, Diagnostic};

use crate::environment::Variables;
use crate::output::Output;

/// How long a person who forced it may still change their mind.
const COUNTDOWN: u32 = 5;

/// Whether dropping the database is wanted: the name typed in, or `--force`.
///
/// # Errors
/// [`Code::ApprovalDenied`].
pub fn approve(database: &str, force: bool, variables: &Variables, output: &Output) -> Result<()> {
    match (force, variables.is_interactive()) {
        (true, true) => {
            count_down(database, output);
            Ok(())
        }
        (true, false) => {
            output.line(&format!("Dropping and creating database \"{database}\" (--force)"));
            Ok(())
        }
        (false, true) => ask(database),
        (false, false) => {
            Err(denied(format!("database \"{database}\" exists and nobody is there to approve"))
                .help("add --force to drop and create it without being asked")
                .into())
        }
    }
}

/// Whether a command that does nothing but drop may do so: the name typed in, or `--yes`.
///
/// # Errors
/// [`Code::ApprovalDenied`].
pub fn confirm(database: &str, yes: bool, variables: &Variables) -> Result<()> {
    match (yes, variables.is_interactive()) {
        (true, _) => Ok(()),
        (false, true) => ask(database),
        (false, false) => {
            let message = format!("nobody is there to approve dropping database \"{database}\"");
            Err(denied(message).help("add --yes to drop it without being asked").into())
        }
    }
}

fn denied(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::ApprovalDenied, message).note("nothing was changed")
}

fn ask(database: &str) -> Result<()> {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(
        stderr,
        "This drops database \"{database}\" with all its data.\nType its name to go on: "
    );
    let _ = stderr.flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    match read {
        Ok(length) if length > 0 && answer.trim() == database => Ok(()),
        Ok(0) | Err(_) => Err(denied("not approved: no answer").into()),
        Ok(_) => Err(denied("not approved: that was not the database's name").into()),
    }
}

/// Ctrl-C ends the process here: nothing has begun.
fn count_down(database: &str, output: &Output) {
    output.line(&format!(
        "☠  Database \"{database}\" will be dropped with all its data. Ctrl-C stops this."
    ));
    for left in (1..=COUNTDOWN).rev() {
        output.line(&format!("   {left} …"));
        std::thread::sleep(Duration::from_secs(1));
    }
}
