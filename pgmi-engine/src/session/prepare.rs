//! Preparing a session: guard, tables, files, views, functions.

use postgres::types::Type;

use super::event::Event;
use super::load::load;
use super::opened::{Opened, column, connection_lost};
use super::pooler;
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic};
use crate::project::{Parameters, Project, Script};
use crate::{Error, Result};

/// First message: refuses early, then makes the tables, then says who serves us.
const BEGIN: &str = concat!(
    include_str!("guard.sql"),
    include_str!("tables.sql"),
    "select pg_catalog.pg_backend_pid(), pg_catalog.current_setting('pgmi.session', true);",
);

/// Third message, behind the load.
const FINISH: &str = concat!(
    include_str!("views.sql"),
    include_str!("functions.sql"),
    "select pg_catalog.pg_backend_pid();",
);

const EXPAND: &str = include_str!("expand.sql");

/// Loads the project into the session and makes the script that will be sent.
///
/// # Errors
/// [`Code::ServerVersion`], [`Code::ConcurrentDeploy`], [`Code::TransactionPooler`],
/// [`Code::DatabaseEncoding`], and [`Code::SessionFailed`] for what should not happen.
pub(super) fn prepare(
    opened: &mut Opened,
    project: &Project,
    parameters: &Parameters,
    verbose: bool,
) -> Result<Script> {
    (opened.events)(Event::Preparing);
    let begun = opened.client.simple_query(BEGIN).map_err(|error| failed(&error, project))?;
    let pid = column(&begun, 0);
    let is_ours = column(&begun, 1).as_deref() == Some(opened.marker.as_str());
    pooler::check(opened, pid.as_deref(), is_ours)?;

    load(&mut opened.client, project, parameters).map_err(|error| failed(&error, project))?;
    (opened.events)(Event::FilesLoaded(project.file_count()));
    if !parameters.is_empty() {
        (opened.events)(Event::ParametersLoaded(parameters.len()));
    }

    let level = if verbose { "set client_min_messages = debug;" } else { "" };
    let finished = opened.client.simple_query(&format!("{FINISH}{level}"));
    let finished = finished.map_err(|error| failed(&error, project))?;
    if column(&finished, 0) != pid {
        return Err(pooler::detected().into());
    }
    expand(opened, project)
}

/// Replaces the test calls; nothing is asked when there are none.
fn expand(opened: &mut Opened, project: &Project) -> Result<Script> {
    let script = &project.deploy_script;
    if script.test_calls.is_empty() {
        return Ok(script.expand(&[]));
    }
    let (patterns, callbacks) = script.test_arguments();
    let rows = opened
        .client
        .query_typed(EXPAND, &[(&patterns, Type::TEXT_ARRAY), (&callbacks, Type::TEXT_ARRAY)])
        .map_err(|error| expansion_failed(&error, project))?;
    let texts: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    Ok(script.expand(&texts))
}

fn failed(error: &postgres::Error, project: &Project) -> Error {
    let Some(db) = error.as_db_error() else { return connection_lost(error).into() };
    let finding = match db.code().code() {
        "PGL15" => concurrent(db.message(), db.detail()),
        "PGV14" => Diagnostic::error(Code::ServerVersion, db.message())
            .help("pgmi works with PostgreSQL 14 and later"),
        "22P05" => encoding(db, project),
        "42501" => Diagnostic::error(Code::SessionFailed, db.message())
            .server(server_error(db))
            .help("the role needs the right to create temporary tables: grant temporary on database …"),
        _ if pooler::looks_like(db) => pooler::detected().server(server_error(db)),
        _ => Diagnostic::error(Code::SessionFailed, format!("cannot prepare the session: {}", db.message()))
            .server(server_error(db)),
    };
    finding.into()
}

fn expansion_failed(error: &postgres::Error, project: &Project) -> Error {
    let Some(db) = error.as_db_error() else { return connection_lost(error).into() };
    let script = &project.deploy_script;
    let place = script
        .test_calls
        .iter()
        .find(|call| call.pattern.as_deref().is_some_and(|pattern| db.message().contains(pattern)));
    let span = place.or(script.test_calls.first()).map_or(0..0, |call| call.span.clone());
    Diagnostic::error(Code::SqlFailed, db.message())
        .at(&script.source, span, "")
        .server(server_error(db))
        .into()
}

fn concurrent(database: &str, holder: Option<&str>) -> Diagnostic {
    let message = format!(
        "concurrent deployment in progress: another pgmi deployment is already running against \"{database}\""
    );
    let finding = Diagnostic::error(Code::ConcurrentDeploy, message);
    match holder.filter(|holder| !holder.is_empty()) {
        Some(holder) => finding.note(holder),
        None => finding,
    }
    .help("wait until it has ended, then deploy again")
}

/// PostgreSQL names the bytes that do not fit (`0xe2 0x80 0x94`); they lead to the file.
fn encoding(db: &postgres::error::DbError, project: &Project) -> Diagnostic {
    let finding = Diagnostic::error(Code::DatabaseEncoding, db.message())
        .server(server_error(db))
        .help("recreate the database with encoding UTF8, or write the character as an escape");
    let bytes: Vec<u8> = db
        .message()
        .split_whitespace()
        .filter_map(|word| u8::from_str_radix(word.strip_prefix("0x")?, 16).ok())
        .collect();
    let find = |text: &str| memchr::memmem::find(text.as_bytes(), &bytes);
    let files = project.files.iter().map(|file| (&file.path, &file.content));
    let tests = project.test_files.iter().map(|file| (&file.path, &file.content));
    let place = files.chain(tests).find_map(|(path, text)| Some((path, text, find(text)?)));
    match place.filter(|_| !bytes.is_empty()) {
        Some((path, text, at)) => {
            let source = crate::diagnostic::SourceText::new(path.as_str(), text.as_str());
            finding.at(&source, at..at + bytes.len(), "this character")
        }
        None => finding,
    }
}
