//! A database that holds the deployed project.

use std::sync::Arc;

use super::AnalyseRequest;
use crate::Result;
use crate::check::{Subject, below};
use crate::cluster::Server;
use crate::connection::ConnectOptions;
use crate::describe::{Describer, Trees};
use crate::session::{Events, Interrupt};
use crate::shadow::{Shadow, Shadows, Template};

/// A throwaway database with the project in it, and the server it is on; both end with the value.
pub struct Deployed {
    // Dropped before the server it is on.
    shadow: Shadow,
    template: Template,
    shadows: Shadows,
}

impl Deployed {
    /// Finds or starts a server, and copies the project's template there.
    ///
    /// # Errors
    /// There is no server, or the project cannot be deployed: with file, line and column.
    pub fn make(request: &AnalyseRequest<'_>, interrupt: &Interrupt) -> Result<Self> {
        let shadows = Shadows::on(request.find_server()?)?;
        let template = template(&shadows, request.subject, interrupt)?;
        let shadow = shadows.copy(&template)?;
        Ok(Self { shadow, template, shadows })
    }

    /// Another database like it; dropped with the value, which must not outlive this one.
    ///
    /// # Errors
    /// As [`Shadows::copy`].
    pub fn copy(&self) -> Result<Shadow> {
        self.shadows.copy(&self.template)
    }

    /// A connection to it, to describe queries with.
    ///
    /// # Errors
    /// As [`Describer::new`].
    pub fn describer(&self) -> Result<Describer> {
        let trees = Trees::default();
        let notice = Some(Arc::new(trees.callback()) as _);
        let options = ConnectOptions { notice, ..ConnectOptions::default() };
        Describer::new(self.shadow.target().connect(options)?.client, trees)
    }

    /// The server that it is on.
    pub fn server(&self) -> &Server {
        self.shadows.server()
    }

    /// The database.
    pub fn shadow(&self) -> &Shadow {
        &self.shadow
    }
}

/// The project's template, deployed when there is none yet.
pub(super) fn template(
    shadows: &Shadows,
    subject: &Subject,
    interrupt: &Interrupt,
) -> Result<Template> {
    let silence: Events = Arc::new(|_| {});
    let Subject { project, parameters, .. } = subject;
    let made = shadows.template(project, parameters, &silence, interrupt);
    made.map_err(|error| below(&project.root, error))
}
