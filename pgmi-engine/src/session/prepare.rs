//! Preparing a session: guard, tables, files, views, functions.

use std::time::{Duration, Instant};

use postgres::error::DbError;
use postgres::types::Type;
use postgres::{Client, SimpleQueryMessage};

use super::event::Event;
use super::load::load;
use super::marks::Marks;
use super::opened::{Opened, column, connection_lost, ends_connection};
use super::pooler;
use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::{DeployScript, Deployment, Parameters, Project, Script};
use crate::{Error, Result};

/// First message: refuses early, then makes the tables, then says who serves us.
const BEGIN: &str = concat!(
    include_str!("guard.sql"),
    include_str!("tables.sql"),
    "select pg_catalog.pg_backend_pid(), pg_catalog.current_setting('pgmi.session', true),
            pg_catalog.current_setting('server_encoding');",
);

/// Third message, behind the load.
const FINISH: &str = concat!(
    include_str!("views.sql"),
    include_str!("functions.sql"),
    "select pg_catalog.pg_backend_pid();",
);

/// Between two tries to take the lock.
const LOCK_EVERY: Duration = Duration::from_millis(200);

const EXPAND: &str = include_str!("expand.sql");

/// What else is wanted of a session.
pub(crate) struct How {
    /// Let the server's DEBUG messages through.
    pub(crate) verbose: bool,
    /// Leave the test calls out.
    pub(crate) skip_tests: bool,
    /// Who hears of each test.
    pub(crate) marks: Option<Marks>,
    /// How long to wait for another deployment to end.
    pub(crate) lock_wait: Duration,
}

/// Loads the project into the session and makes the script that will be sent.
///
/// # Errors
/// [`Code::ServerVersion`], [`Code::ConcurrentDeploy`], [`Code::TransactionPooler`],
/// [`Code::DatabaseEncoding`], and [`Code::SessionFailed`] for what should not happen.
pub(crate) fn prepare(
    opened: &mut Opened,
    project: &Project,
    parameters: &Parameters,
    how: &How,
) -> Result<Script> {
    (opened.events)(Event::Preparing);
    let begun = begin(opened, how.lock_wait);
    let begun = begun.map_err(|error| failed(&error, project, parameters))?;
    let pid = column(&begun, 0);
    let is_ours = column(&begun, 1).as_deref() == Some(opened.marker.as_str());
    pooler::check(opened, pid.as_deref(), is_ours)?;

    let failed = |error: postgres::Error| failed(&error, project, parameters);
    load(&mut opened.client, project, parameters).map_err(failed)?;
    if column(&begun, 2).as_deref() != Some("UTF8") {
        check_encoding(&mut opened.client, project).map_err(failed)?;
    }
    (opened.events)(Event::FilesLoaded(project.file_count()));
    if !parameters.is_empty() {
        (opened.events)(Event::ParametersLoaded(parameters.len()));
    }

    let level = if how.verbose { "set client_min_messages = debug;" } else { "" };
    let finished = opened.client.simple_query(&format!("{FINISH}{level}"));
    let finished = finished.map_err(failed)?;
    if column(&finished, 0) != pid {
        return Err(pooler::detected().into());
    }
    match &project.deployment {
        Deployment::Script(script) if how.skip_tests => Ok(script.without_tests()),
        Deployment::Script(script) => expand(opened, script, how.marks.as_ref()),
        Deployment::Migrations(order) => Ok(Script::of_files(&project.files, order)),
    }
}

/// Takes the lock and makes the tables; tries again as long as another deployment may be waited for.
fn begin(
    opened: &mut Opened,
    patience: Duration,
) -> std::result::Result<Vec<SimpleQueryMessage>, postgres::Error> {
    let deadline = Instant::now() + patience;
    let mut is_told = false;
    loop {
        let begun = opened.client.simple_query(BEGIN);
        let locked = begun.as_ref().err().and_then(|error| error.as_db_error());
        let Some(db) = locked.filter(|db| db.code().code() == "PGL15") else { return begun };
        if Instant::now() >= deadline || opened.watch.is_stopped() {
            return begun;
        }
        if !is_told {
            (opened.events)(Event::WaitingForLock(db.detail().unwrap_or_default().to_owned()));
            is_told = true;
        }
        std::thread::sleep(LOCK_EVERY.min(deadline.saturating_duration_since(Instant::now())));
    }
}

/// Has the server convert deploy.sql, so that a character which does not fit is found before it runs.
fn check_encoding(
    client: &mut Client,
    project: &Project,
) -> std::result::Result<(), postgres::Error> {
    let text = project.deploy_script().map_or("", |script| script.source.text());
    let sql = "select pg_catalog.octet_length($1)";
    client.query_typed(sql, &[(&text, Type::TEXT)]).map(|_| ())
}

/// Replaces the test calls; nothing is asked when there are none.
fn expand(opened: &mut Opened, script: &DeployScript, marks: Option<&Marks>) -> Result<Script> {
    if script.test_calls.is_empty() {
        return Ok(script.expand(&[]));
    }
    let (patterns, callbacks) = script.test_arguments();
    let marked = match marks {
        Some(marks) => marks.prepare(&mut opened.client, script),
        None => Ok(callbacks.into_iter().map(str::to_owned).collect()),
    };
    let callbacks = marked.map_err(|error| expansion_failed(&error, script))?;
    let rows = opened
        .client
        .query_typed(EXPAND, &[(&patterns, Type::TEXT_ARRAY), (&callbacks, Type::TEXT_ARRAY)])
        .map_err(|error| expansion_failed(&error, script))?;
    let texts: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    Ok(script.expand(&texts))
}

fn failed(error: &postgres::Error, project: &Project, parameters: &Parameters) -> Error {
    let Some(db) = error.as_db_error() else { return connection_lost(error).into() };
    if ends_connection(db) {
        return connection_lost(error).server(server_error(db)).into();
    }
    let finding = match db.code().code() {
        "PGL15" => concurrent(db.message(), db.detail()),
        "PGV14" => Diagnostic::error(Code::ServerVersion, db.message())
            .help("pgmi works with PostgreSQL 14 and later"),
        "22P05" => encoding(db, project, parameters),
        "42501" => Diagnostic::error(Code::SessionFailed, db.message())
            .server(server_error(db))
            .help("the role needs the right to create temporary tables: grant temporary on database …"),
        _ if pooler::looks_like(db) => pooler::detected().server(server_error(db)),
        _ => Diagnostic::error(Code::SessionFailed, format!("cannot prepare the session: {}", db.message()))
            .server(server_error(db)),
    };
    finding.into()
}

fn expansion_failed(error: &postgres::Error, script: &DeployScript) -> Error {
    let Some(db) = error.as_db_error() else { return connection_lost(error).into() };
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
    .help("deploy again when it has ended; `cargo pgmi deploy --lock-wait 30s` waits for it")
}

/// PostgreSQL names the bytes that do not fit (`0xe2 0x80 0x94`); they lead to the file.
fn encoding(db: &DbError, project: &Project, parameters: &Parameters) -> Diagnostic {
    let finding = Diagnostic::error(Code::DatabaseEncoding, db.message())
        .server(server_error(db))
        .help("recreate the database with encoding UTF8, or write the character as an escape");
    let bytes: Vec<u8> = db
        .message()
        .split_whitespace()
        .filter_map(|word| u8::from_str_radix(word.strip_prefix("0x")?, 16).ok())
        .collect();
    let find = |text: &str| memchr::memmem::find(text.as_bytes(), &bytes);
    let files = project.files.iter().map(|file| (file.path.as_str(), file.content.as_str()));
    let tests = project.test_files.iter().map(|file| (file.path.as_str(), file.content.as_str()));
    let script = project.deploy_script().map(|script| (script.source.name(), script.source.text()));
    let mut texts = files.chain(tests).chain(script);
    let place = texts.find_map(|(name, text)| Some((name, text, find(text)?)));
    let parameter = parameters.iter().find(|(_, value)| find(value).is_some());
    match (place, parameter) {
        _ if bytes.is_empty() => finding,
        (Some((name, text, at)), _) => {
            finding.at(&SourceText::new(name, text), at..at + bytes.len(), "this character")
        }
        (None, Some((key, _))) => finding.note(format!("it stands in parameter `{key}`")),
        (None, None) => finding,
    }
}
