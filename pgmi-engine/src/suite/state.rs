//! What a deployment's session holds besides the database: roles, settings, temporary functions.
//!
//! A template keeps it as a setting of its database, which every copy gets; a session in a copy is
//! brought to the same state. What cannot be brought back (a temporary table, a cursor) is reported, and
//! the tests then run in the deployment's own session.

use std::collections::BTreeSet;

use postgres::Client;
use serde::Deserialize;

use crate::connection::server_error;
use crate::diagnostic::{Code, Diagnostic};
use crate::project::Project;
use crate::{Error, Result};

/// The setting of the database that carries the state. Its prefix is that of parameters, which can
/// therefore not be named like it by accident: they have no dots in their names.
const SETTING: &str = "pgmi.session.state";

const CAPTURE: &str = include_str!("capture.sql");

/// What was captured.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct State {
    /// What a copy cannot have, in words; empty when it can have everything.
    unportable: Vec<String>,
    isolation: String,
    read_only: String,
    settings: Vec<(String, String)>,
    functions: Vec<String>,
    authorization: Option<String>,
    role: Option<String>,
}

/// SQL that notes the state of its session, and commits.
pub(super) fn capture(project: &Project) -> String {
    let names: Vec<String> = custom_settings(project).into_iter().collect();
    CAPTURE.replace(":setting", SETTING).replace(":names", &names.join(","))
}

impl State {
    /// Reads what the database carries; nothing where nothing was captured.
    pub(super) fn read(client: &mut Client) -> Result<Self> {
        let sql = "select pg_catalog.current_setting($1, true)";
        let rows = client
            .query_typed(sql, &[(&SETTING, postgres::types::Type::TEXT)])
            .map_err(|error| broken(&error))?;
        let text: Option<String> = rows.first().and_then(|row| row.get(0));
        match text.filter(|text| !text.is_empty()) {
            Some(text) => serde_json::from_str(&text).map_err(|error| {
                let message =
                    format!("the state of the deployment's session cannot be read: {error}");
                Diagnostic::error(Code::SessionFailed, message).into()
            }),
            None => Ok(Self::default()),
        }
    }

    /// What a copy cannot have.
    pub(super) fn unportable(&self) -> &[String] {
        &self.unportable
    }

    /// Brings a session to this state, and begins its transaction.
    pub(super) fn restore(&self, client: &mut Client) -> Result<()> {
        let settings = self.settings.iter().map(|(name, value)| {
            let (name, value) = (literal(name), literal(value));
            format!("select pg_catalog.set_config({name}, {value}, false)")
        });
        let mut sql: Vec<String> = settings.chain(self.functions.iter().cloned()).collect();
        for (what, who) in [("session authorization", &self.authorization), ("role", &self.role)] {
            sql.extend(who.iter().map(|who| format!("set {what} {}", literal(who))));
        }
        sql.push(format!("begin {}", self.transaction_modes()));
        // Each in a message of its own: what it changes must hold for the next one, and stay.
        for statement in sql {
            client.batch_execute(&statement).map_err(|error| broken(&error))?;
        }
        Ok(())
    }

    fn transaction_modes(&self) -> String {
        let isolation = match self.isolation.as_str() {
            "" => String::new(),
            isolation => format!("isolation level {isolation} "),
        };
        isolation + if self.read_only == "on" { "read only" } else { "" }
    }
}

fn broken(error: &postgres::Error) -> Error {
    let words = "the session of deploy.sql cannot be made again for its tests";
    match error.as_db_error() {
        Some(db) => {
            let message = format!("{words}: {}", db.message());
            Diagnostic::error(Code::SessionFailed, message).server(server_error(db)).into()
        }
        None => Diagnostic::error(Code::ConnectionLost, format!("{words}: {error}")).into(),
    }
}

/// Words with a dot in the texts of the project: among them are the settings that its deployment makes.
/// PostgreSQL does not list settings that no extension declares. Tests are not read, so that a template
/// stays good when they change.
fn custom_settings(project: &Project) -> BTreeSet<String> {
    let script = project.deploy_script().map(|script| script.source.text());
    let files = project.files.iter().filter(|file| file.path.is_sql_file());
    let files = files.map(|file| file.content.as_str());
    script.into_iter().chain(files).flat_map(names_in).collect()
}

fn names_in(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    text.split(move |c: char| !is_part(c)).filter(|word| is_custom_name(word)).map(str::to_owned)
}

/// `a.b`, and no parameter of a deployment, which the session has anyway.
fn is_custom_name(word: &str) -> bool {
    let mut parts = word.split('.');
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && part.len() <= 63
    };
    let dotted = word.contains('.') && parts.all(is_name);
    dotted && !["pgmi.", "pg_temp.", "pg_catalog."].iter().any(|it| word.starts_with(it))
}

fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''").replace('\\', "\\\\");
    if text.contains('\\') { format!("E'{quoted}'") } else { format!("'{quoted}'") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_found_wherever_they_are_named() {
        let text = "set app.user = 'x'; select current_setting('request.jwt.claims', true), pg_temp.f(), 1.5, \
                    current_setting('pgmi.env'), t.column";
        let names: Vec<_> = names_in(text).collect();
        assert_eq!(names, ["app.user", "request.jwt.claims", "t.column"]);
    }

    #[test]
    fn a_transaction_begins_as_the_deployments_did() {
        let state = State { isolation: "serializable".into(), ..State::default() };
        assert_eq!(state.transaction_modes(), "isolation level serializable ");
        assert_eq!(State::default().transaction_modes(), "");
    }
}
