//! What has become of a database since a deployment recorded it, by other hands.
//!
//! ```text
//! deploy --record ─► objects.sql ─► pgmi.deployment_object ─┐
//!                                                           ├─► compare ─► added, changed, removed
//! drift ───────────► objects.sql ───────────────────────────┘
//! ```
//!
//! An object is a kind, a name and a definition as text: schemas, extensions, tables, columns, constraints,
//! indexes, views, materialized views, sequences, functions, procedures, aggregates, triggers, event
//! triggers, rules, types (with domains, enums, composites, ranges), policies, statistics, grants, default
//! privileges, comments. Rows and the values of sequences are data; operators, casts, collations, text
//! search, foreign servers, publications and subscriptions are not looked at. Nor are the system's schemas,
//! temporary ones, the schema `pgmi`, and what belongs to an extension.

mod compare;
mod record;

pub use compare::{Change, Drift, Recorded, Unrecorded, WhatChanged};
pub(crate) use record::{UNRECORDED, record};

use postgres::Client;

use crate::connection::{ConnectOptions, Target, server_error};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

const OBJECTS: &str = include_str!("objects.sql");
const SETTINGS: &str = include_str!("settings.sql");
const RECORDED: &str = include_str!("recorded.sql");

/// Compares a database with what the last deployment with `--record` left in it. Nothing is changed.
///
/// # Errors
/// [`Code::NothingRecorded`]; connection errors; [`Code::CatalogUnreadable`].
pub fn drift(target: &Target) -> Result<Drift> {
    let mut client = target.connect(ConnectOptions::default())?.client;
    let begin = format!("begin isolation level repeatable read read only;\n{SETTINGS}");
    client.batch_execute(&begin).map_err(|error| unreadable(&error))?;
    if !is_recorded(&mut client)? {
        return Err(nothing_recorded(target.database()));
    }
    let Some(recorded) = rows(&mut client, RECORDED)?.first().map(Recorded::of) else {
        return Err(nothing_recorded(target.database()));
    };
    let before = "select o.kind, o.name, o.parent, o.definition from pgmi.deployment_object as o";
    let before = rows(&mut client, before)?;
    let after = rows(&mut client, OBJECTS)?;
    Ok(Drift::of(recorded, &before, &after))
}

fn is_recorded(client: &mut Client) -> Result<bool> {
    let sql = "select pg_catalog.to_regclass('pgmi.deployment') is not null \
               and pg_catalog.to_regclass('pgmi.deployment_object') is not null";
    Ok(rows(client, sql)?.first().is_some_and(|row| row.get(0)))
}

fn rows(client: &mut Client, sql: &str) -> Result<Vec<postgres::Row>> {
    client.query_typed(sql, &[]).map_err(|error| unreadable(&error))
}

fn nothing_recorded(database: &str) -> Error {
    let message = format!("no deployment into \"{database}\" was recorded");
    Diagnostic::error(Code::NothingRecorded, message)
        .help("record the next one: cargo pgmi deploy --record")
        .into()
}

fn unreadable(error: &postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else {
        return Diagnostic::error(
            Code::ConnectionLost,
            format!("the connection was lost: {error}"),
        )
        .into();
    };
    let message = format!("the catalog cannot be read: {}", db.message());
    Diagnostic::error(Code::CatalogUnreadable, message).server(server_error(db)).into()
}
