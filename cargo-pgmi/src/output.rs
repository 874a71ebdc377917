//! What a person reads, on stderr; stdout is for payload.

use std::io::{ErrorKind, IsTerminal, Write};
use std::time::Instant;

use clap::ValueEnum;
use pgmi_engine::diagnostic::{Code, Diagnostic, Outcome, json, redact, render};
use pgmi_engine::session::Notice;
use pgmi_engine::{Error, Result};
use serde_json::Value;

use crate::progress::{Busy, Progress};

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// With the line of the file and a caret
    #[default]
    Human,
    /// One JSON object a line
    Json,
}

/// Writes to stderr in the way the user and their terminal want it.
#[derive(Clone, Debug)]
pub struct Output {
    pub verbose: bool,
    pub format: MessageFormat,
    pub colour: bool,
    pub progress: Progress,
    begin: Instant,
}

impl Output {
    /// Colour only on a terminal, and not under `NO_COLOR`.
    pub fn new(verbose: bool, format: MessageFormat) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let terminal = std::io::stderr().is_terminal();
        let watched = terminal && std::env::var_os("CI").is_none_or(|value| value.is_empty());
        Self {
            verbose,
            format,
            colour: wanted && terminal,
            progress: Progress::new(watched && format == MessageFormat::Human),
            begin: Instant::now(),
        }
    }

    /// Shows on a terminal what is going on, once it takes long, until the result is dropped.
    pub fn busy(&self, what: &str) -> Busy {
        self.progress.begin(what)
    }

    /// One line of progress.
    pub fn line(&self, text: &str) {
        // Nobody reads stderr any more: nothing to do about it, and no reason to stop a deployment.
        self.progress.beside(|| {
            let _ = writeln!(std::io::stderr().lock(), "{}", redact(text));
        });
    }

    /// The payload, on stdout. That nobody reads on is no error.
    ///
    /// # Errors
    /// [`Code::Io`] when stdout cannot be written, as on a full disk.
    pub fn payload(&self, text: &str) -> Result<()> {
        match self.progress.beside(|| writeln!(std::io::stdout().lock(), "{text}")) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Diagnostic::error(Code::Io, format!("cannot write to stdout: {error}")).into())
            }
            _ => Ok(()),
        }
    }

    /// The payload for programs, indented under `--json`, else in one line; or for people.
    ///
    /// # Errors
    /// As [`Output::payload`].
    pub fn answer(&self, json: bool, value: &Value, text: impl FnOnce() -> String) -> Result<()> {
        match (json, self.format) {
            (true, _) => self.payload(&format!("{value:#}")),
            (false, MessageFormat::Json) => self.payload(&value.to_string()),
            (false, MessageFormat::Human) => self.payload(&text()),
        }
    }

    /// Words in a colour, where colours are shown.
    pub fn green(&self, words: &str) -> String {
        self.coloured(32, words)
    }

    /// As [`Output::green`].
    pub fn red(&self, words: &str) -> String {
        self.coloured(31, words)
    }

    /// As [`Output::green`].
    pub fn yellow(&self, words: &str) -> String {
        self.coloured(33, words)
    }

    fn coloured(&self, colour: u8, words: &str) -> String {
        if self.colour { format!("\u{1b}[{colour}m{words}\u{1b}[0m") } else { words.to_owned() }
    }

    /// A line that says how it ended: an icon on a terminal, a word elsewhere.
    pub fn verdict(&self, good: bool, text: &str) {
        self.line(&match (good, self.colour) {
            (true, true) => format!("\u{1b}[32m✓\u{1b}[0m {text}"),
            (false, true) => format!("\u{1b}[31m✗\u{1b}[0m {text}"),
            (true, false) => format!("OK {text}"),
            (false, false) => format!("FAILED {text}"),
        });
    }

    /// What PostgreSQL said besides errors.
    pub fn notice(&self, notice: &Notice) {
        let when = match self.verbose {
            true => format!("[{:.2}s] ", self.begin.elapsed().as_secs_f64()),
            false => String::new(),
        };
        self.line(&format!("{when}{}", notice.message));
        for (name, text) in [("DETAIL", &notice.detail), ("HINT", &notice.hint)] {
            if let Some(text) = text {
                self.line(&format!("{name}: {text}"));
            }
        }
    }

    /// An error or a warning.
    pub fn diagnostic(&self, diagnostic: &Diagnostic) {
        let text = match self.format {
            MessageFormat::Human => render::render(diagnostic, self.colour),
            MessageFormat::Json => json::to_json(diagnostic).to_string(),
        };
        self.progress.beside(|| {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        });
    }

    /// Everything that an error has to say.
    pub fn error(&self, error: &Error) {
        for diagnostic in error.diagnostics() {
            self.diagnostic(diagnostic);
        }
    }

    /// The exit code of a command, its error shown.
    pub fn conclude(&self, result: Result<()>) -> u8 {
        match result {
            Ok(()) => Outcome::Success.exit_code(),
            Err(error) => {
                self.error(&error);
                error.outcome().exit_code()
            }
        }
    }
}
