//! From what PostgreSQL said to the line in the user's file.
//!
//! PostgreSQL gives a position in what it was sent, an internal query with a position in that, or only a
//! CONTEXT. All three hold stretches of the project's files, since the user's SQL executes their content;
//! recognising them leads back to file, line and column with no help from the user's SQL.

mod candidate;
mod conceal;
mod context;
mod routine;
mod texts;
mod trace;
mod unsaid;

use postgres::error::{DbError, ErrorPosition};

use super::opened::{connection_lost, ends_connection};
use super::pooler;
use crate::Error;
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic, ServerError};
use crate::project::{Parameters, Project, Script, client_copies};
use crate::sql::{byte_of_char, statements};
use texts::{Place, Texts, word_at};
use trace::Trace;

/// Why a unit did not go through.
pub(crate) enum SendError {
    Refused(postgres::Error),
    /// Called off before it was sent.
    Stopped,
}

/// A unit of `deploy.sql` that failed.
pub(crate) struct Failure<'a> {
    pub(crate) project: &'a Project,
    pub(crate) script: &'a Script,
    /// Their values are kept out of what is shown.
    pub(crate) parameters: &'a Parameters,
    /// Which one, from 0.
    pub(crate) unit: usize,
}

impl Failure<'_> {
    /// The error for the user, and the project file that was being executed.
    pub(crate) fn explain(&self, error: &SendError) -> (Error, Option<String>) {
        match error {
            SendError::Stopped => {
                let finding =
                    Diagnostic::error(Code::Interrupted, "stopped before a statement was sent");
                (self.at_unit(finding, "next would have been this").into(), None)
            }
            SendError::Refused(error) => match error.as_db_error() {
                Some(db) if ends_connection(db) => {
                    (self.lost(connection_lost(error).server(server_error(db))), None)
                }
                Some(db) => self.refused(db),
                None => (self.lost(connection_lost(error)), None),
            },
        }
    }

    fn lost(&self, finding: Diagnostic) -> Error {
        self.at_unit(finding, "while this ran").into()
    }

    fn refused(&self, db: &DbError) -> (Error, Option<String>) {
        let texts = Texts::new(self.project, self.script, &self.script.units[self.unit]);
        let trace = Trace::of(db, &texts, self.top_level(db));
        let sent_from = self.script.units[self.unit].file;
        let entry = trace.entry.or(sent_from).and_then(|text| texts.file_name(text));
        let is_test = trace.entry.is_some_and(|text| texts.is_test(text));
        let said = self.conceal(db.message());
        let message = match &entry {
            Some(path) if is_test && !db.message().contains(path.as_str()) => {
                format!("Failed in {path}: {said}")
            }
            _ => said.clone(),
        };
        let mut finding = Diagnostic::error(code(db, is_test), message);
        for (index, place) in trace.places.iter().enumerate() {
            finding = label(finding, &texts, place, index == 0);
        }
        if self.script.expanded > 0 && trace.is_in_script() {
            finding = finding
                .note("line and column are those of deploy.sql before CALL pgmi_test was expanded");
        }
        if let Some(note) = trace.note {
            finding = finding.note(note);
        }
        let context = db.where_().map(|context| context::shorten(context, &texts.contents));
        finding = finding.server(self.concealed(ServerError { context, ..server_error(db) }));
        (self.advise(finding, db).into(), entry)
    }

    fn conceal(&self, text: &str) -> String {
        conceal::conceal(text, self.parameters)
    }

    fn concealed(&self, server: ServerError) -> ServerError {
        let conceal = |text: Option<String>| text.map(|text| self.conceal(&text));
        ServerError {
            sqlstate: server.sqlstate,
            message: self.conceal(&server.message),
            detail: conceal(server.detail),
            hint: conceal(server.hint),
            context: conceal(server.context),
        }
    }

    /// Where PostgreSQL's own position leads in what was sent. Without one: the unit when it is one
    /// statement, or the likeliest statement of the head with a note.
    fn top_level(&self, db: &DbError) -> Option<(Place, Option<String>)> {
        let sent = self.script.text_of(&self.script.units[self.unit], &self.project.files);
        match db.position() {
            Some(ErrorPosition::Original(position)) => {
                Some((self.place(byte_of_char(sent, *position as usize), ""), None))
            }
            _ if code(db, false) == Code::NoTests => {
                self.empty_suite(db).map(|place| (place, None))
            }
            _ if self.is_one_statement() => Some((self.place(0, "in this statement"), None)),
            _ if db.code().code() == "25P01" => {
                self.first_savepoint(sent).map(|place| (place, None))
            }
            _ => candidate::in_script(self.script, db).map(|found| {
                (self.place(found.likeliest.start, "in this statement"), found.note())
            }),
        }
    }

    /// The test call that stands for a suite without tests: the first, as they run in order.
    fn empty_suite(&self, db: &DbError) -> Option<Place> {
        let script = self.script;
        let said = memchr::memmem::find_iter(script.text.as_bytes(), db.message());
        let mut calls = said.map(|at| script.map.source_of(at)).filter(|span| !span.is_empty());
        calls.next().map(|span| Place::script(span, "there is nothing to run here"))
    }

    /// Outside a transaction the first savepoint fails: the user's own, or that of a test call.
    fn first_savepoint(&self, head: &str) -> Option<Place> {
        let savepoint = statements(head).find(|it| it.starts_with(head, &["savepoint"]))?;
        let span = self.script.map.source_of(savepoint.span.start);
        Some(Place::script(span, "this needs a transaction"))
    }

    /// A byte of the unit, in the text that the user wrote.
    fn place(&self, byte: usize, what: &'static str) -> Place {
        let unit = &self.script.units[self.unit];
        let at = unit.span.start + byte;
        if let Some(file) = unit.file {
            let span = word_at(&self.project.files[file].content, at);
            return Place { text: file, span, what };
        }
        let span = self.script.map.source_of(at);
        let word = word_at(self.script.source.text(), span.start);
        Place::script(if span.is_empty() { word } else { span }, what)
    }

    /// The head of `deploy.sql` is many.
    fn is_one_statement(&self) -> bool {
        self.unit > 0 || self.script.units[self.unit].file.is_some()
    }

    fn at_unit(&self, finding: Diagnostic, text: &str) -> Diagnostic {
        if !self.is_one_statement() {
            return finding;
        }
        let unit = &self.script.units[self.unit];
        match unit.file {
            Some(file) => finding.at(&self.project.files[file].source(), unit.span.clone(), text),
            None => {
                finding.at(&self.script.source, self.script.map.source_of(unit.span.start), text)
            }
        }
    }

    /// What to do about errors that have one usual reason in a deployment.
    fn advise(&self, finding: Diagnostic, db: &DbError) -> Diagnostic {
        match db.code().code() {
            "25P01" if self.script.expanded > 0 && db.message().contains("SAVEPOINT") => {
                finding.help("CALL pgmi_test() sets savepoints: put it between BEGIN; and COMMIT;")
            }
            "42883" if db.message().contains("pgmi_test(") => finding.help(
                "write the macro as CALL pgmi_test(); CALL pgmi_test('pattern'); or CALL pgmi_test('pattern', 'schema.callback');",
            ),
            "25001" if self.script.units[self.unit].file.is_some() => {
                finding.help("end the transaction before it: each statement runs by itself then")
            }
            "25001" => finding.help(
                "put the statement behind COMMIT;, at the end of deploy.sql, where each statement runs by itself",
            ),
            "2D000" => finding.help("a block that commits must be a statement of its own behind COMMIT;"),
            _ if unsaid::is_copy_error(db) => finding.help(
                "COPY FROM STDIN has nobody to read from: insert the rows from pg_temp.pgmi_source_view",
            ),
            _ if unsaid::is_transaction_error(db) => finding.help(
                "transactions are begun and ended in deploy.sql: take BEGIN, COMMIT, SAVEPOINT and the like out of what it executes",
            ),
            "42601" if follows_client_copy(&finding) => finding.help(
                "rows behind COPY FROM STDIN are for psql: put them into a file of the project and insert them from pg_temp.pgmi_source_view",
            ),
            "42883" if db.message().contains("(pgmi_test_event)") => finding.help(
                "a callback must exist before the suite begins, and take one argument of type pg_temp.pgmi_test_event",
            ),
            "42601" if db.message().contains("at or near \"\\\"") => {
                finding.help("this is a psql command; what pgmi runs is sent to PostgreSQL, which knows only SQL")
            }
            _ if pooler::looks_like(db) => {
                finding.help("if a transaction pooler stands in between, connect to PostgreSQL itself")
            }
            _ => finding,
        }
    }
}

/// Whether the place is directly behind a COPY from the client, where psql expects rows.
fn follows_client_copy(finding: &Diagnostic) -> bool {
    let Some(place) = finding.place() else { return false };
    let sql = place.source.text();
    client_copies(sql).any(|copy| {
        let between = sql.get(copy.span.end..place.span.start);
        between.is_some_and(|between| between.trim_matches([';', ' ', '\t', '\r', '\n']).is_empty())
    })
}

fn code(db: &DbError, is_test: bool) -> Code {
    match db.message() {
        message if message.starts_with("pgmi: no tests") => Code::NoTests,
        _ if is_test => Code::TestFailed,
        _ => Code::SqlFailed,
    }
}

fn label(finding: Diagnostic, texts: &Texts<'_>, place: &Place, primary: bool) -> Diagnostic {
    let source = texts.source(place.text);
    match primary {
        true => finding.at(&source, place.span.clone(), place.what),
        false => finding.and_at(&source, place.span.clone(), place.what),
    }
}
