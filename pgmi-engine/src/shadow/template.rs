//! Templates: a project deployed once, to be copied.

use std::time::Duration;

use postgres::types::Type;

use super::administration::{Administration, TEMPLATE, key_of};
use super::advice::advise;
use crate::Result;
use crate::cluster::Server;
use crate::connection::ConnectOptions;
use crate::diagnostic::{Code, Severity};
use crate::project::{Parameters, Project, SchemaHash};
use crate::session::{DeployRequest, Events, Interrupt, deploy};

const CARRIED: &str = include_str!("carried.sql");

/// How long sessions that deployed may take to end before they are made to.
const PATIENCE: Duration = Duration::from_secs(5);

/// A database that holds a deployed project and that nobody can connect to.
#[derive(Clone, Debug)]
pub struct Template {
    pub(super) name: String,
    schema: SchemaHash,
    was_made: bool,
    pub(super) carried: Vec<Carried>,
}

/// What a copy does not get by itself: the parts of a statement around its name.
pub(super) type Carried = (String, String);

/// What copies of a template are to be given.
pub(super) fn carried(administration: &Administration, name: &str) -> Result<Vec<Carried>> {
    let rows = administration.rows(CARRIED, &[(&name, Type::TEXT)])?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

impl Template {
    /// The name of the database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The schema that it holds.
    pub fn schema(&self) -> &SchemaHash {
        &self.schema
    }

    /// Whether this call made it; otherwise it was there.
    pub fn was_made(&self) -> bool {
        self.was_made
    }
}

/// What it takes to make a template.
pub(super) struct Making<'a> {
    pub(super) server: &'a Server,
    pub(super) administration: &'a Administration,
    pub(super) project: &'a Project,
    pub(super) parameters: &'a Parameters,
    pub(super) events: &'a Events,
    pub(super) interrupt: &'a Interrupt,
}

impl Making<'_> {
    pub(super) fn find_or_make(&self, schema: &SchemaHash) -> Result<Template> {
        let made = |name: &str| {
            self.administration.run(&self.creation(name))?;
            self.deploy(name)
        };
        find_or_make(self.server, self.administration, schema, made)
    }

    /// The same encoding and order of text on every server, so that a project gives the same results
    /// wherever it is built.
    fn creation(&self, name: &str) -> String {
        let provider = if self.server.major() >= 15 { "locale_provider libc" } else { "" };
        let strategy = if self.administration.copies_files { "strategy file_copy" } else { "" };
        format!(
            "create database \"{name}\" template template0 encoding 'UTF8' {provider} lc_collate 'C' lc_ctype 'C' {strategy}"
        )
    }

    /// The same flow as a real deployment, of what the template's name stands for.
    fn deploy(&self, name: &str) -> Result<()> {
        let request = DeployRequest {
            project: self.project.shaping(),
            parameters: self.parameters.clone(),
            target: self.server.target(name),
            overwrite: false,
            rehearse: false,
            verbose: false,
            skip_tests: true,
            report_tests: false,
            record: false,
            lock_wait: Duration::ZERO,
            timeout: None,
        };
        let report = deploy(request, self.events.clone(), self.interrupt)
            .map_err(|failure| advise(failure.error, self.server))?;
        // A database without the work that was rolled back is not what anybody wants to build against.
        let left_open = report.warnings.into_iter().find(|it| it.code == Code::TransactionLeftOpen);
        match left_open {
            Some(mut finding) => {
                finding.severity = Severity::Error;
                Err(finding.into())
            }
            None => Ok(()),
        }
    }
}

/// The template of a schema; `make` makes its database when there is none yet.
pub(super) fn find_or_make(
    server: &Server,
    administration: &Administration,
    schema: &SchemaHash,
    make: impl FnOnce(&str) -> Result<()>,
) -> Result<Template> {
    let name = format!("pgmi_{}", schema.short());
    let was_made = !administration.is_complete(&name)?
        && Made { server, administration, name: &name }.once(schema, make)?;
    let carried = carried(administration, &name)?;
    Ok(Template { name, schema: schema.clone(), was_made, carried })
}

/// A template on its way.
struct Made<'a> {
    server: &'a Server,
    administration: &'a Administration,
    name: &'a str,
}

impl Made<'_> {
    /// Makes the template, unless somebody else did while we waited for the lock. The lock is held by a
    /// connection of its own: it ends with us, and the next in line finds what we left.
    fn once(&self, schema: &SchemaHash, make: impl FnOnce(&str) -> Result<()>) -> Result<bool> {
        let lock = Administration::connect(self.server)?;
        lock.lock(key_of(schema.short()).unwrap_or_default())?;
        if self.administration.is_complete(self.name)? {
            return Ok(false);
        }
        self.administration.drop_database(self.name)?;
        let made = make(self.name).and_then(|()| self.seal());
        if made.is_err() {
            // What cannot be dropped now is swept later; the reason for the failure is what matters.
            let _ = self.administration.drop_database(self.name);
        }
        made.map(|()| true)
    }

    /// Closes the template to connections, which would keep it from being copied, and marks it as
    /// complete. The mark comes last.
    fn seal(&self) -> Result<()> {
        let name = self.name;
        // A session that begins leaves a file that every session in every copy begins with faster.
        drop(self.server.target(name).connect(ConnectOptions::default())?);
        self.administration.run(&format!("alter database \"{name}\" allow_connections false"))?;
        if !self.administration.wait_until_left(name, PATIENCE)? {
            self.administration.rows(END, &[(&name, Type::TEXT)])?;
            self.administration.wait_until_left(name, PATIENCE)?;
        }
        self.administration.mark(name, TEMPLATE)
    }
}

const END: &str = "select pg_catalog.count(pg_catalog.pg_terminate_backend(pid)) \
                   from pg_catalog.pg_stat_activity where datname = $1";
