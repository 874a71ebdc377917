//! Throwaway databases that hold a deployed project.
//!
//! For each schema ([`SchemaHash`]) a server holds one template, made by the same flow as a real
//! deployment and locked, so that of many builds one makes it. What is worked in are copies of it.
//!
//! ```text
//! pgmi_<schema>                    template: made once, closed to connections, marked by its comment
//! pgmi_<schema>_read               the same, open: to describe queries in, never to be changed
//! pgmi_<schema>_<owner>_<number>   copy: dropped by its owner, or swept when the owner is gone
//! ```
//!
//! Nothing else on the server is touched, and nothing that belongs to another role.

mod administration;
mod advice;
mod copy;
pub(crate) mod read;
#[cfg(unix)]
pub mod stock;
#[cfg(not(unix))]
#[path = "no_stock.rs"]
pub mod stock;
mod sweep;
mod template;

pub use copy::Shadow;
pub use template::Template;

use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use crate::Result;
use crate::cluster::Server;
use crate::connection::Target;
use crate::project::{Parameters, Project, SchemaHash};
use crate::session::{Events, Interrupt};
use administration::Administration;

/// The throwaway databases of one server.
pub struct Shadows {
    server: Server,
    administration: Arc<Administration>,
    /// Copies made so far.
    count: AtomicU32,
}

impl Shadows {
    /// Connects to the server, and removes what earlier users have left behind.
    ///
    /// # Errors
    /// [`crate::diagnostic::Code::ConnectionFailed`], [`crate::diagnostic::Code::DatabaseSetup`].
    pub fn on(server: Server) -> Result<Self> {
        let administration = Administration::connect(&server)?;
        sweep::sweep(&administration)?;
        let administration = Arc::new(administration);
        Ok(Self { server, administration, count: AtomicU32::new(0) })
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The hash of the schema that a project makes on this server.
    pub fn schema(&self, project: &Project, parameters: &Parameters) -> SchemaHash {
        schema_on(&self.server, project, parameters)
    }

    /// The template of a project, deployed when there is none yet. Waits while somebody else makes it.
    ///
    /// # Errors
    /// What keeps the project from being deployed, with file, line and column;
    /// [`crate::diagnostic::Code::DatabaseSetup`] when the role may not create databases.
    pub fn template(
        &self,
        project: &Project,
        parameters: &Parameters,
        events: &Events,
        interrupt: &Interrupt,
    ) -> Result<Template> {
        let making = template::Making {
            server: &self.server,
            administration: &self.administration,
            project,
            parameters,
            events,
            interrupt,
        };
        making.find_or_make(&self.schema(project, parameters))
    }

    /// A template like another one with something more in it: `change` makes the difference, once for each
    /// `what`. Waits while somebody else does.
    ///
    /// # Errors
    /// [`crate::diagnostic::Code::DatabaseSetup`]; those of `change`.
    pub fn variant(
        &self,
        of: &Template,
        what: &str,
        change: impl FnOnce(&Target) -> Result<()>,
    ) -> Result<Template> {
        let make = |name: &str| {
            copy::create(&self.administration, &of.name, &of.carried, name)?;
            change(&self.server.target(name))
        };
        let schema = of.schema().with(what);
        template::find_or_make(&self.server, &self.administration, &schema, make)
    }

    /// A new database like the template; dropped with the value.
    ///
    /// # Errors
    /// [`crate::diagnostic::Code::DatabaseSetup`], also when the template was dropped meanwhile.
    pub fn copy(&self, template: &Template) -> Result<Shadow> {
        Shadow::create(&self.server, &self.administration, template, &self.count)
    }
}

fn schema_on(server: &Server, project: &Project, parameters: &Parameters) -> SchemaHash {
    // Another pgmi may deploy in another way.
    let made_by = format!("{}, pgmi {}", server.version(), env!("CARGO_PKG_VERSION"));
    SchemaHash::of(project, parameters, &made_by)
}
