//! Writing down what a deployment left.

use postgres::Client;

use super::{OBJECTS, SETTINGS};
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

const RECORD: &str = include_str!("record.sql");

/// SQL for the end of a deployment that is not recorded.
pub(crate) const UNRECORDED: &str = include_str!("unrecorded.sql");

/// Records what is in the database, in place of what was recorded before. Whatever transaction is open is
/// rolled back first: nothing of it is deployed.
///
/// # Errors
/// [`Code::SessionFailed`]: the deployment itself is done.
pub(crate) fn record(client: &mut Client) -> Result<()> {
    let record =
        RECORD.replace("/*objects*/", OBJECTS).replace("/*version*/", env!("CARGO_PKG_VERSION"));
    let sql =
        format!("begin isolation level read committed read write;\n{SETTINGS}\n{record}\ncommit");
    let failed = |error: &postgres::Error| failed(error);
    client.batch_execute("rollback").map_err(|error| failed(&error))?;
    client.batch_execute(&sql).map_err(|error| failed(&error))
}

fn failed(error: &postgres::Error) -> Error {
    let finding = |said: &str| {
        let message = format!("deployed, but what is in the database cannot be recorded: {said}");
        Diagnostic::error(Code::SessionFailed, message)
    };
    let Some(db) = error.as_db_error() else { return finding(&error.to_string()).into() };
    let finding = finding(db.message()).server(server_error(db));
    match db.code().code() {
        "42501" => finding
            .help("let the role make its schema: grant create on database … to …")
            .help("or make it once for the role: create schema pgmi authorization …"),
        _ => finding.help("deploy again with --record, or without it"),
    }
    .into()
}
