//! What becomes of a test's database, and what is said about it.

use std::any::Any;
use std::panic::resume_unwind;
use std::process::ExitCode;

use pgmi_engine::connection::Target;
use pgmi_engine::diagnostic::{Code, Diagnostic};

use super::case::Case;
use super::error::TestDatabaseError;
use super::run::Place;
use super::source::IntoError;

/// How the function of a test ended.
pub(super) enum Outcome {
    Returned(ExitCode),
    /// There was no database for it.
    Refused(TestDatabaseError),
    Panicked(Box<dyn Any + Send>),
}

/// Ends a test the way its runner expects it.
pub(super) fn conclude(case: &Case, place: Place, outcome: Outcome) -> ExitCode {
    let failed = match &outcome {
        Outcome::Returned(code) => *code != ExitCode::SUCCESS || case.should_panic,
        Outcome::Refused(_) => true,
        Outcome::Panicked(_) => !case.should_panic,
    };
    let left = leave(case, place, is_kept(failed, &outcome));
    match outcome {
        Outcome::Panicked(panic) => {
            if let Err(error) = left {
                say(&error.to_string());
            }
            resume_unwind(panic)
        }
        Outcome::Refused(error) => fail(case, &error),
        Outcome::Returned(code) => match left {
            Err(error) => fail(case, &error),
            Ok(()) => code,
        },
    }
}

/// `PGMI_KEEP` says it for all tests; else what failed is kept.
fn is_kept(failed: bool, outcome: &Outcome) -> bool {
    let said = std::env::var("PGMI_KEEP").unwrap_or_default();
    match said.as_str() {
        "" => failed && !matches!(outcome, Outcome::Refused(_)),
        "0" | "false" | "no" => false,
        _ => true,
    }
}

/// Lets go of the database.
fn leave(case: &Case, place: Place, keep: bool) -> Result<(), TestDatabaseError> {
    match place {
        Place::Own(lease, _) if keep => {
            let where_it_is = psql(lease.target());
            lease.keep(case.name())?;
            say(&format!("the database of this test is kept for an hour: {where_it_is}"));
            Ok(())
        }
        Place::Nowhere | Place::Own(..) => Ok(()),
        Place::Transaction(opened) => {
            let where_it_is = psql(opened.lease().target());
            opened.end(keep.then(|| case.name()))?;
            if keep {
                say(&format!(
                    "what this test did is committed and kept for an hour: {where_it_is}"
                ));
            }
            Ok(())
        }
    }
}

/// A failure that is told is no panic: there is no place in a program that would explain it.
pub(super) fn fail(case: &Case, error: &TestDatabaseError) -> ExitCode {
    say(&error.to_string());
    // A test that should panic fails by not doing so; any other unwinds, whatever it returns.
    if !case.should_panic {
        resume_unwind(Box::new("told above"));
    }
    ExitCode::FAILURE
}

/// How a person looks at it. Passwords are not shown.
fn psql(target: &Target) -> String {
    let shown = |name: &str| {
        let line = target.explanations().iter().find(|it| it.setting == name)?;
        let value = &line.value;
        let plain = value.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
        (!value.is_empty() && plain).then(|| format!("{name}={value}"))
    };
    let words: Vec<_> = ["host", "port", "user", "dbname"].into_iter().filter_map(shown).collect();
    format!("psql '{}'", words.join(" "))
}

#[expect(clippy::print_stderr, reason = "the runner shows what a failed test has written there")]
pub(super) fn say(text: &str) {
    eprintln!("{text}");
}

/// An error that is no diagnostic of the engine.
pub(super) fn refused(message: &str) -> TestDatabaseError {
    Diagnostic::error(Code::Io, message).into_error()
}
