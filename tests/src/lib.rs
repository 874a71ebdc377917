//! What the tests of pgmi stand on: servers of every major, databases, projects, the command line.
//!
//! Choose the cheapest ground that carries the test:
//!
//! | need | ground |
//! |---|---|
//! | a database | [`on_every_major!`] with `db: &Database`, or [`Database::create`] |
//! | a server's own settings, its crash, its log | [`isolated`], [`isolated_with`] |
//! | files | [`Project`] |
//! | queries with their signatures | [`cases`] |
//! | random rows against what was claimed | [`falsifier`] |
//! | a crate that is compiled | [`Krate`] |
//! | the command line | [`pgmi()`], [`Command`] |
//! | a deployment | [`Database::deploy`] |

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "this is test code: what it cannot set up fails the test that asked for it"
)]

#[cfg(unix)]
mod bouncer;
mod cargo;
mod case;
mod command;
mod database;
mod deploy;
mod every_major;
pub mod falsifier;
mod krate;
mod project;
#[cfg(unix)]
mod relay;
mod servers;
mod target;

#[cfg(unix)]
pub use bouncer::Bouncer;
pub use cargo::{build, cargo};
pub use case::{Case, cases, cases_on, schema};
pub use command::{Command, Finished, pgmi};
pub use database::Database;
pub use krate::Krate;
pub use project::Project;
#[cfg(unix)]
pub use relay::{Cut, Relay, socket_of};
pub use servers::{binaries, cluster, isolated, isolated_with, join, majors, places, settings};
pub use target::{profile_directory, scratch};
