//! Throwaway databases.

mod migrations;
mod sweeping;
mod templates;

use std::sync::Arc;

use pgmi_engine::Result;
use pgmi_engine::cluster::Server;
use pgmi_engine::project::{OpenOptions, Parameters, Project as Opened};
use pgmi_engine::session::Interrupt;
use pgmi_engine::shadow::{Shadow, Shadows, Template};
use pgmi_tests::{Project, join};
use postgres::{Client, NoTls};

/// The throwaway databases of the server that all tests share.
fn shadows(major: u16) -> Shadows {
    Shadows::on(Server::local(join(major)).unwrap()).unwrap()
}

fn open(project: &Project) -> Opened {
    Opened::open_any_layout(project.path(), &OpenOptions::default()).unwrap()
}

fn template(shadows: &Shadows, project: &Project) -> Result<Template> {
    let events = Arc::new(|_| ());
    shadows.template(&open(project), &Parameters::default(), &(events as _), &Interrupt::default())
}

/// A copy of the project's template.
fn copy(shadows: &Shadows, project: &Project) -> Shadow {
    let template = template(shadows, project).unwrap_or_else(|error| panic!("{error:?}"));
    shadows.copy(&template).unwrap()
}

fn connect(shadow: &Shadow) -> Client {
    Client::connect(shadow.connection_string(), NoTls).unwrap()
}

fn text(client: &mut Client, sql: &str) -> String {
    client.query_one(sql, &[]).unwrap_or_else(|error| panic!("{error:?}: {sql}")).get(0)
}

/// A number that no other test and no other run has: it makes a schema of one's own.
fn unique() -> String {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id()).to_string()
}
