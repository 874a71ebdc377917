//! The target database: opened, created when it is missing, recreated when that was asked for.

use postgres::{Client, SimpleQueryMessage};

use super::event::{Event, Events, NoticeGate};
use super::opened::{Opened, connection_lost};
use super::pooler;
use super::watch::Watch;
use crate::connection::{ConnectOptions, Connection, Target, server_error};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

const SETTINGS: &str = include_str!("settings.sql");

/// Opens the target database, creating it when there is none.
///
/// One connection when it exists: it becomes the session.
pub(super) fn open(target: &Target, events: &Events, watch: &Watch) -> Result<Opened> {
    check_name(target)?;
    match connect(target, events, watch) {
        Err(error) if error.sqlstate() == Some("3D000") => {
            events(Event::CreatingDatabase(target.database().to_owned()));
            create(&mut maintenance(target, watch)?, target.database())?;
            connect(target, events, watch)
        }
        opened => opened,
    }
}

/// Opens the target database, which must be there.
pub(super) fn open_existing(target: &Target, events: &Events, watch: &Watch) -> Result<Opened> {
    check_name(target)?;
    connect(target, events, watch).map_err(|error| match error.sqlstate() {
        Some("3D000") => error.map(|finding| Diagnostic {
            help: vec![
                format!("create it first: cargo pgmi db create -d {}", target.database()),
                "or rehearse in an empty one: --throwaway".into(),
            ],
            ..finding
        }),
        _ => error,
    })
}

/// Drops the database if there is one, creates it with the settings it had, and opens it.
pub(super) fn recreate(target: &Target, events: &Events, watch: &Watch) -> Result<Opened> {
    let existed = make_anew(target, watch)?;
    let name = target.database().to_owned();
    events(if existed { Event::RecreatedDatabase(name) } else { Event::CreatingDatabase(name) });
    connect(target, events, watch)
}

/// Drops the database if there is one, and creates it with the settings it had; whether there was one.
pub(super) fn make_anew(target: &Target, watch: &Watch) -> Result<bool> {
    check_overwrite(target)?;
    let mut client = maintenance(target, watch)?;
    let name = target.database();
    let settings = read_settings(&mut client, name)?;
    let Some((creation, restoration)) = settings.split_first() else {
        create(&mut client, name)?;
        return Ok(false);
    };
    drop_by_force(&mut client, name)?;
    client.batch_execute(creation).map_err(|error| setup_failed(&error, "create", name))?;
    for statement in restoration {
        client.batch_execute(statement).map_err(|error| setup_failed(&error, "restore", name))?;
    }
    Ok(true)
}

/// Ends the sessions that are in it, too.
pub(super) fn drop_by_force(client: &mut Client, name: &str) -> Result<()> {
    let dropped = client.batch_execute(&format!("drop database {} with (force)", quote(name)));
    dropped.map_err(|error| setup_failed(&error, "drop", name))
}

/// Whether the target database exists, asked of the maintenance database: what decides if overwriting
/// it needs approval.
///
/// # Errors
/// [`Code::OverwriteRefused`] for a database that must not be overwritten; connection errors.
pub fn database_exists(target: &Target) -> Result<bool> {
    check_overwrite(target)?;
    let mut client = connect_maintenance(target)?.client;
    Ok(!read_settings(&mut client, target.database())?.is_empty())
}

/// PostgreSQL would cut a longer name off and go on with a database of another name.
pub(super) fn check_name(target: &Target) -> Result<()> {
    const LONGEST: usize = 63;
    let name = target.database();
    if name.len() <= LONGEST {
        return Ok(());
    }
    let message =
        format!("the database name \"{name}\" has {} bytes; the limit is {LONGEST}", name.len());
    Err(Diagnostic::error(Code::ConnectionSettings, message).help("choose a shorter name").into())
}

pub(super) fn check_overwrite(target: &Target) -> Result<()> {
    check_expendable(target, "overwrite")
}

/// Refuses what is nobody's own database.
pub(super) fn check_expendable(target: &Target, verb: &str) -> Result<()> {
    check_name(target)?;
    let name = target.database();
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    if !is(target.maintenance_database()) && !is("template0") && !is("template1") {
        return Ok(());
    }
    Err(Diagnostic::error(
        Code::OverwriteRefused,
        format!("refusing to {verb} database \"{name}\""),
    )
    .note("it is the maintenance database or a template")
    .help(format!("name the database to {verb} with -d"))
    .into())
}

/// Connects with a marker in the session's settings, which a pooler in between would lose.
pub(crate) fn connect(target: &Target, events: &Events, watch: &Watch) -> Result<Opened> {
    let notices = NoticeGate::new(events.clone());
    let marker = uuid_like(target);
    let options = |marker: Option<&str>| ConnectOptions {
        notice: Some(notices.callback()),
        settings: marker
            .map(|marker| ("pgmi.session".to_owned(), marker.to_owned()))
            .into_iter()
            .collect(),
        ..ConnectOptions::default()
    };
    let connection = match target.connect(options(Some(&marker))) {
        Err(error) if pooler::refuses_marker(&error) => target.connect(options(None)),
        connection => connection,
    }?;
    let Connection { client, cancel } = connection;
    watch.set_cancel(cancel);
    Ok(Opened {
        client,
        target: target.clone(),
        marker,
        notices,
        events: events.clone(),
        watch: watch.clone(),
    })
}

/// Different for each session of this machine: process, time, and target.
fn uuid_like(target: &Target) -> String {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let mut hasher = RandomState::new().build_hasher();
    hasher.write(target.database().as_bytes());
    format!("{:016x}", hasher.finish())
}

pub(super) fn maintenance(target: &Target, watch: &Watch) -> Result<Client> {
    let connection = connect_maintenance(target)?;
    watch.set_cancel(connection.cancel);
    Ok(connection.client)
}

/// As `createdb` does: where nobody names a database and `postgres` is not there, it is `template1`.
fn connect_maintenance(target: &Target) -> Result<Connection> {
    let connect = |name: &str| target.with_database(name).connect(ConnectOptions::default());
    match connect(target.maintenance_database()) {
        Err(error) if error.sqlstate() == Some("3D000") && !target.names_maintenance_database() => {
            connect("template1").map_err(|_| error)
        }
        connection => connection,
    }
}

pub(super) fn create(client: &mut Client, name: &str) -> Result<()> {
    let created = client.batch_execute(&format!("create database {}", quote(name)));
    created.map_err(|error| setup_failed(&error, "create", name))
}

/// The statements that make the database again as it is now, `create database` first; none when there is none.
pub(super) fn read_settings(client: &mut Client, name: &str) -> Result<Vec<String>> {
    let failed = |error: postgres::Error| setup_failed(&error, "read the settings of", name);
    let text = SETTINGS.replace(":database", &literal(name));
    let messages = client.simple_query(&text).map_err(failed)?;
    Ok(messages
        .iter()
        .filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        })
        .collect())
}

fn setup_failed(error: &postgres::Error, what: &str, name: &str) -> Error {
    let Some(db) = error.as_db_error() else {
        return connection_lost(error).into();
    };
    let finding = match db.code().code() {
        "42P04" | "23505" => Diagnostic::error(
            Code::ConcurrentDeploy,
            format!("database \"{name}\" was created by somebody else at the same moment"),
        )
        .help("deploy again"),
        _ => Diagnostic::error(
            Code::DatabaseSetup,
            format!("cannot {what} database \"{name}\": {}", db.message()),
        ),
    };
    let finding = match db.code().code() {
        "42501" => {
            finding.help("use a role that may create databases, or create the database by hand")
        }
        _ => finding,
    };
    finding.server(server_error(db)).into()
}

/// An identifier ([sql-syntax-lexical](https://www.postgresql.org/docs/current/sql-syntax-lexical.html)).
fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if text.contains('\\') {
        format!("E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}
