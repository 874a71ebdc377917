//! From settings to a connection: who says what, and what real servers make of it.

mod authority; // Certificates, made here.
mod case_l; // The cases of list L of session API v1, one test each.
mod case_m; // Those of list M: trying again.
mod channel_binding; // SCRAM that is bound to its TLS connection.
mod client_certificates; // Servers that ask who the client is.
mod encrypted_keys; // Keys that need a password.
mod explain; // --explain-connection.
mod files; // .pgpass, service files, .env: broken, open to everybody, missing.
mod hosts; // Several hosts, primaries and standbys.
mod secured; // A server with TLS and its own pg_hba.conf.
mod server_certificates; // Whom the six sslmodes believe.
mod silent; // A server that says what it is told to.

use pgmi_engine::Result;
use pgmi_engine::connection::{
    ConnectOptions, Connection, Defaults, Environment, Flags, Target, resolve,
};

/// The target of a connection string, with nothing else around it.
fn target(string: &str) -> Result<Target> {
    target_with(string, &[])
}

/// The same with variables.
fn target_with(string: &str, variables: &[(&str, &str)]) -> Result<Target> {
    let flags = Flags { connection: Some(string.to_owned()), ..Flags::default() };
    let environment = variables.iter().copied().chain([("USER", "me")]).collect::<Environment>();
    resolve(&flags, &environment, &Defaults::default())
}

/// Connects, without waiting between tries.
fn connect(target: &Target) -> Result<Connection> {
    let pause: pgmi_engine::connection::Pause = std::sync::Arc::new(|_| true);
    target.connect(ConnectOptions { pause: Some(pause), ..ConnectOptions::default() })
}

/// What a connection finds at the other end: `user`, and whether TLS is in use.
fn found(connection: &mut Connection) -> String {
    let sql = "select current_user || case when ssl then ' by TLS' else ' in the open' end
                 from pg_stat_ssl where pid = pg_backend_pid()";
    connection.client.query_one(sql, &[]).unwrap().get(0)
}

/// How a connection string fares: what [`found`] says, or the error with its notes and help.
fn fares(string: &str, variables: &[(&str, &str)]) -> String {
    match target_with(string, variables).and_then(|target| connect(&target)) {
        Ok(mut connection) => found(&mut connection),
        Err(error) => {
            let finding = error.primary();
            let rest = [&finding.notes[..], &finding.help[..]].concat().join(" | ");
            format!("{} {error} | {rest}", error.outcome().exit_code())
        }
    }
}
