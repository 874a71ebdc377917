//! The side of those who want a copy.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;

use super::StockAddress;
use crate::connection::{Defaults, Environment, Flags, Target, resolve};
use crate::diagnostic::{Code, Diagnostic};
use crate::shadow::administration::{MAKE_ROOM, is_full};
use crate::{Error, Result};

/// What came of asking.
pub enum Answer {
    Database(Loan),
    /// There is no such template (any more).
    Missing,
    /// Nobody is there to ask.
    Absent,
}

/// A database of one's own, until this is dropped.
pub struct Loan {
    stream: BufReader<UnixStream>,
    name: String,
    connection_string: String,
    /// The server is the user's own, and their environment completes what is said about it.
    is_given: bool,
}

impl StockAddress {
    /// Asks for a copy of a template; one that others may get after us, and had before us, when `lent`.
    ///
    /// # Errors
    /// [`Code::DatabaseSetup`] with what PostgreSQL said when it could not be copied.
    pub fn ask(&self, template: &str, lent: bool) -> Result<Answer> {
        let Ok(stream) = self.connect() else { return Ok(Answer::Absent) };
        let wish = if lent { "lend" } else { "own" };
        let mut stream = BufReader::new(stream);
        let mut answer = String::new();
        let asked = say(stream.get_mut(), &format!("{wish} {template}"));
        if asked.and_then(|()| stream.read_line(&mut answer)).is_err() {
            return Ok(Answer::Absent);
        }
        let (word, rest) = answer.trim_end().split_once(' ').unwrap_or((answer.trim_end(), ""));
        match (word, rest.split_once(' ')) {
            ("database" | "given", Some((name, connection_string))) => Ok(Answer::Database(Loan {
                name: name.to_owned(),
                connection_string: connection_string.to_owned(),
                is_given: word == "given",
                stream,
            })),
            ("missing", _) => Ok(Answer::Missing),
            ("failed", _) => Err(refused(rest)),
            // The stockkeeper was about to end.
            _ => Ok(Answer::Absent),
        }
    }
}

impl Loan {
    /// The name of the database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How a client reaches it. May contain a password.
    pub fn connection_string(&self) -> &str {
        &self.connection_string
    }

    /// The database, to connect to.
    ///
    /// # Errors
    /// [`Code::ConnectionSettings`].
    pub fn target(&self, environment: &Environment) -> Result<Target> {
        let flags = Flags { connection: Some(self.connection_string.clone()), ..Flags::default() };
        match self.is_given {
            true => resolve(&flags, environment, &Defaults::default()),
            false => resolve(&flags, &Environment::default(), &Defaults::default()),
        }
    }

    /// Leaves the database there for an hour, for somebody to look at. What was kept for the same purpose
    /// before is dropped.
    ///
    /// # Errors
    /// [`Code::ConnectionLost`] when the stockkeeper is gone.
    pub fn keep(&mut self, what_for: &str) -> Result<()> {
        let mut answer = String::new();
        let wish = format!("keep {}", what_for.replace('\n', " "));
        let asked = say(self.stream.get_mut(), &wish);
        match asked.and_then(|()| self.stream.read_line(&mut answer)) {
            Ok(_) if answer == "kept\n" => Ok(()),
            _ => {
                let message = "the process that makes databases is gone";
                Err(Diagnostic::error(Code::ConnectionLost, message).into())
            }
        }
    }

    /// Says whether a database that was lent is as it was. Who hangs up, or is killed, after saying that it is
    /// leaves it to the next one.
    pub fn say_clean(&mut self, is_clean: bool) {
        // Where nobody listens any more the database goes anyway.
        let _ = say(self.stream.get_mut(), if is_clean { "clean" } else { "used" });
    }
}

/// In one go: every piece of it would wake the stockkeeper.
fn say(stream: &mut UnixStream, words: &str) -> std::io::Result<()> {
    stream.write_all(format!("{words}\n").as_bytes())
}

fn refused(why: &str) -> Error {
    let finding =
        Diagnostic::error(Code::DatabaseSetup, format!("cannot make a throwaway database: {why}"));
    match is_full("", why) {
        true => finding.help(MAKE_ROOM),
        false => finding,
    }
    .into()
}
