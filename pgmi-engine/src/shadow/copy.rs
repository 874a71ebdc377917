//! Copies of a template: what is worked in.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::administration::Administration;
use super::template::{Carried, Template};
use crate::Result;
use crate::cluster::Server;
use crate::connection::Target;

/// How long sessions whose connection ended may take to end, before they are made to.
const PATIENCE: Duration = Duration::from_millis(100);

/// A database of one's own that holds a deployed project. Dropped with the value.
pub struct Shadow {
    name: String,
    target: Target,
    connection_string: String,
    /// Taken when the database is to stay.
    administration: Option<Arc<Administration>>,
}

impl Shadow {
    pub(super) fn create(
        server: &Server,
        administration: &Arc<Administration>,
        template: &Template,
        count: &AtomicU32,
    ) -> Result<Self> {
        let number = count.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}_{}_{number}", template.name, administration.owner());
        create(administration, &template.name, &template.carried, &name)?;
        Ok(Self {
            target: server.target(&name),
            connection_string: server.connection_string(&name),
            administration: Some(Arc::clone(administration)),
            name,
        })
    }

    /// The name of the database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The database, to connect to.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// How a client reaches it. May contain a password.
    pub fn connection_string(&self) -> &str {
        &self.connection_string
    }

    /// Leaves the database there for somebody to look at: a day, as long as its server runs. Returns its
    /// name.
    ///
    /// # Errors
    /// The connection was lost.
    pub fn keep(mut self) -> Result<String> {
        if let Some(administration) = self.administration.take() {
            administration.mark(&self.name, "pgmi kept, since")?;
        }
        Ok(std::mem::take(&mut self.name))
    }
}

/// Makes a database like the template, with the settings and privileges that CREATE DATABASE leaves out.
pub(super) fn create(
    administration: &Administration,
    of: &str,
    carried: &[Carried],
    name: &str,
) -> Result<()> {
    let strategy = if administration.copies_files { "strategy file_copy" } else { "" };
    administration.run(&format!("create database \"{name}\" template \"{of}\" {strategy}"))?;
    let carried = carried.iter().map(|(before, after)| format!("{before}\"{name}\"{after}"));
    let mut carried = carried.map(|statement| administration.run(&statement));
    let done = carried.by_ref().collect::<Result<()>>();
    if done.is_err() {
        // The reason for the failure is what matters.
        let _ = administration.drop_database(name);
    }
    done
}

impl Drop for Shadow {
    fn drop(&mut self) {
        if let Some(administration) = self.administration.take() {
            // A server that is gone has nothing to drop; anything else is swept by the next one.
            let _ = administration.wait_until_left(&self.name, PATIENCE);
            let _ = administration.drop_database(&self.name);
        }
    }
}

impl fmt::Debug for Shadow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shadow").field(&self.name).finish()
    }
}
