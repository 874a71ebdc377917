//! An open connection to the target database, and how its answers are read.

use postgres::{Client, SimpleQueryMessage};

use super::event::{Events, NoticeGate};
use crate::connection::Target;
use crate::diagnostic::{Code, Diagnostic};

/// A connection to the target database, with what the session needs around it.
pub(super) struct Opened {
    pub(super) client: Client,
    pub(super) target: Target,
    /// What `pgmi.session` was set to at the start of the connection.
    pub(super) marker: String,
    pub(super) notices: NoticeGate,
    pub(super) events: Events,
}

/// A column of the last row that a message gave.
pub(super) fn column(messages: &[SimpleQueryMessage], index: usize) -> Option<String> {
    messages.iter().rev().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(index).map(str::to_owned),
        _ => None,
    })
}

/// The connection ended without an error of the server's.
pub(super) fn connection_lost(error: &postgres::Error) -> Diagnostic {
    let why =
        std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    Diagnostic::error(Code::ConnectionLost, format!("the connection to PostgreSQL was lost: {why}"))
        .note("the server rolls back the transaction that was open")
        .help("look into the server's log, then deploy again")
}
