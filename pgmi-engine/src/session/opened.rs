//! An open connection to the target database, and how its answers are read.

use postgres::error::DbError;
use postgres::{Client, SimpleQueryMessage};

use super::event::{Events, NoticeGate};
use super::watch::Watch;
use crate::connection::Target;
use crate::diagnostic::{Code, Diagnostic};

/// A connection to the target database, with what the session needs around it.
pub(crate) struct Opened {
    pub(crate) client: Client,
    pub(super) target: Target,
    /// What `pgmi.session` was set to at the start of the connection.
    pub(super) marker: String,
    pub(crate) notices: NoticeGate,
    pub(super) events: Events,
    /// Who may call it off.
    pub(crate) watch: Watch,
}

/// A column of the last row that a message gave.
pub(super) fn column(messages: &[SimpleQueryMessage], index: usize) -> Option<String> {
    messages.iter().rev().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(index).map(str::to_owned),
        _ => None,
    })
}

/// Whether the server's error is its last word: somebody ended the connection or the server. What the
/// session's own settings end (class 25: a transaction's timeout) is an error of the SQL.
pub(crate) fn ends_connection(db: &DbError) -> bool {
    use postgres::error::Severity::{Fatal, Panic};
    matches!(db.parsed_severity(), Some(Fatal | Panic)) && !db.code().code().starts_with("25")
}

/// The connection ended, with or without a word of the server's.
pub(super) fn connection_lost(error: &postgres::Error) -> Diagnostic {
    let why =
        std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    Diagnostic::error(Code::ConnectionLost, format!("the connection to PostgreSQL was lost: {why}"))
        .note("the server rolls back the transaction that was open; a COMMIT that was on its way may have come through")
        .help("look into the server's log, then deploy again")
}
