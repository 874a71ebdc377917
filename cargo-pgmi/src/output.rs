//! What a person reads, on stderr; stdout is for payload.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::ValueEnum;
use pgmi_engine::diagnostic::json::to_json;
use pgmi_engine::diagnostic::{Code, Diagnostic, Outcome, redact, render};
use pgmi_engine::session::Notice;
use pgmi_engine::{Error, Result};
use serde_json::{Value, json};

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
    /// Whether an object on stdout is wanted (`--json`), so that a failure has to be one, too.
    wants_object: bool,
    /// Whether anything is on stdout yet.
    has_payload: Arc<AtomicBool>,
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
            wants_object: false,
            has_payload: Arc::default(),
            format,
            colour: wanted && terminal,
            progress: Progress::new(watched && format == MessageFormat::Human),
            begin: Instant::now(),
        }
    }

    /// A failure is an object on stdout, if nothing else is there by then.
    #[must_use]
    pub fn answering_with_objects(self, wanted: bool) -> Self {
        Self { wants_object: wanted, ..self }
    }

    /// Shows on a terminal what is going on, once it takes long, until the result is dropped.
    pub fn busy(&self, what: &str) -> Busy {
        self.progress.begin(what)
    }

    /// One line of progress.
    pub fn line(&self, text: &str) {
        match self.format {
            MessageFormat::Human => self.write(&redact(text)),
            MessageFormat::Json => {
                self.object(&json!({ "severity": "info", "message": redact(text) }));
            }
        }
    }

    /// An object in a line of its own, for programs.
    pub fn object(&self, object: &Value) {
        self.write(&object.to_string());
    }

    fn write(&self, line: &str) {
        // Nobody reads stderr any more: nothing to do about it, and no reason to stop a deployment.
        self.progress.beside(|| {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        });
    }

    /// The payload, on stdout. That nobody reads on is no error.
    ///
    /// # Errors
    /// [`Code::Io`] when stdout cannot be written, as on a full disk.
    pub fn payload(&self, text: &str) -> Result<()> {
        self.has_payload.store(true, Ordering::Relaxed);
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
        if self.format == MessageFormat::Json {
            return self.object(&json!({
                "severity": notice.severity.to_lowercase(),
                "sqlstate": notice.sqlstate,
                "message": redact(&notice.message),
                "detail": notice.detail.as_deref().map(redact),
                "hint": notice.hint.as_deref().map(redact),
                "seconds": self.begin.elapsed().as_secs_f64(),
            }));
        }
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
        match self.format {
            MessageFormat::Human => self.write(&render::render(diagnostic, self.colour)),
            MessageFormat::Json => self.object(&to_json(diagnostic)),
        }
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
                let code = error.outcome().exit_code();
                if self.wants_object && !self.has_payload.load(Ordering::Relaxed) {
                    // What went wrong is on stderr, in any case.
                    let _ = self.payload(&failure(&error, code));
                }
                code
            }
        }
    }
}

/// What `--json` prints of a command that failed.
fn failure(error: &Error, code: u8) -> String {
    let object = json!({
        "status": "failed",
        "exitCode": code,
        "error": redact(&error.primary().message),
        "diagnostics": error.diagnostics().iter().map(to_json).collect::<Vec<_>>(),
    });
    format!("{object:#}")
}
