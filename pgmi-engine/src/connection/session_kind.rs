//! `target_session_attrs`: is this server the kind that was asked for?
//! ([libpq-connect](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-TARGET-SESSION-ATTRS))

use postgres::{Client, SimpleQueryMessage};

use super::{
    failure::{Cause, Failure, failed},
    target::WantedSession,
};

/// # Errors
/// `connection-failed` when the server is of another kind.
pub(super) fn check(
    client: &mut Client,
    wanted: WantedSession,
    place: &str,
) -> Result<(), Failure> {
    let (question, good, lacks) = match wanted {
        WantedSession::Any | WantedSession::PreferStandby => return Ok(()),
        WantedSession::ReadWrite => (READ_ONLY, "off", "sessions there are read-only"),
        WantedSession::ReadOnly => (READ_ONLY, "on", "sessions there are read-write"),
        WantedSession::Primary => (RECOVERY, "f", "the server is a standby"),
        WantedSession::Standby => (RECOVERY, "t", "the server is not a standby"),
    };
    let rows = client.simple_query(question).map_err(|error| Failure::explain(&error, place))?;
    let answer = rows.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    if answer == Some(good) {
        return Ok(());
    }
    let diagnostic = failed(place, lacks).help("check target_session_attrs and the list of hosts");
    Err(Failure::new(Cause::Unsuitable, diagnostic))
}

const READ_ONLY: &str = "show transaction_read_only";
const RECOVERY: &str = "select pg_catalog.pg_is_in_recovery()";
