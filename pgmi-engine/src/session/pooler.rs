//! Is there a transaction pooler in between? Behind one, the session's tables and lock come and go.

use postgres::error::DbError;

use super::opened::{Opened, column};
use crate::Result;
use crate::connection::ConnectOptions;
use crate::diagnostic::{Code, Diagnostic};

/// Checks that the session stays ours between messages.
///
/// A direct connection carries the marker it was started with. Behind a pooler it does not; then, while
/// our session is idle, a second connection is asked who serves it. If it is our server process, the
/// pooler gave it away.
///
/// # Errors
/// [`Code::TransactionPooler`]; connection errors of the second connection.
pub(super) fn check(opened: &Opened, pid: Option<&str>, is_ours: bool) -> Result<()> {
    if is_ours {
        return Ok(());
    }
    let mut other = opened.target.connect(ConnectOptions::default())?.client;
    let shared = other
        .simple_query("select pg_catalog.pg_backend_pid()")
        .is_ok_and(|messages| column(&messages, 0).as_deref() == pid);
    if shared { Err(detected().into()) } else { Ok(()) }
}

/// Whether a pooler refused the marker itself.
pub(super) fn refuses_marker(error: &crate::Error) -> bool {
    let said = &error.primary();
    let text = said.server.as_ref().map_or(said.message.as_str(), |server| server.message.as_str());
    text.contains("unsupported startup parameter")
}

/// Whether the session's own objects have vanished: another server process answered.
pub(super) fn looks_like(error: &DbError) -> bool {
    matches!(error.code().code(), "42P01" | "42883" | "3F000") && error.message().contains("pgmi_")
}

pub(super) fn detected() -> Diagnostic {
    Diagnostic::error(Code::TransactionPooler, "a transaction pooler stands between pgmi and PostgreSQL")
        .note("a deployment needs one session: its tables and its lock would be somebody else's after each transaction")
        .help("connect to PostgreSQL itself, or to a pool in session mode")
}
