//! The bindings of `generated/db.rs` on real servers: what they give, on which clients, and what goes wrong.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests are tests: what they cannot do fails the test"
)]

mod batch;
mod blocking;
mod cached;
mod clients;
mod errors;
mod grouping;
mod odd;
mod pipelining;
mod retrying;
mod spawned;

use std::future::Future;

use pgmi_tests::Database;
use tokio_postgres::NoTls;

/// Puts the project into a database, other types first, so that oids differ from those of the build's.
fn migrate(db: &Database) {
    db.run("create type a as enum ('x'); create type b as (a a); create table c (b b)");
    db.run(include_str!("../../db/migrations/001_schema.sql"));
}

/// The same with rows in it.
fn fill(db: &Database) {
    migrate(db);
    db.run(include_str!("rows.sql"));
}

/// Runs a future to its end, on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(future)
}

/// A client of a database.
async fn client(db: &Database) -> tokio_postgres::Client {
    connect(&db.connection_string()).await
}

/// A client, its connection driven in the background.
async fn connect(connection_string: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(connection_string, NoTls).await.unwrap();
    tokio::task::spawn(connection);
    client
}
