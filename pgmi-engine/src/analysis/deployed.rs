//! A database that holds the deployed project.

use std::sync::Arc;

use super::AnalyseRequest;
use crate::Result;
use crate::check::below;
use crate::cluster::{Server, ServerRequest};
use crate::connection::ConnectOptions;
use crate::describe::{Describer, Trees};
use crate::session::{Events, Interrupt};
use crate::shadow::{Shadow, Shadows};

/// A throwaway database with the project in it, and the server it is on; both end with the value.
pub struct Deployed {
    // Dropped before the server it is on.
    shadow: Shadow,
    shadows: Shadows,
}

impl Deployed {
    /// Finds or starts a server, and copies the project's template there.
    ///
    /// # Errors
    /// There is no server, or the project cannot be deployed: with file, line and column.
    pub fn make(
        request: &AnalyseRequest<'_>,
        events: &Events,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let subject = request.subject;
        let major = subject.major.or(request.server.major);
        let server = Server::find(&ServerRequest { major, ..request.server.clone() })?;
        let shadows = Shadows::on(server)?;
        let template = shadows
            .template(&subject.project, &subject.parameters, events, interrupt)
            .map_err(|error| below(&subject.project.root, error))?;
        let shadow = shadows.copy(&template)?;
        Ok(Self { shadow, shadows })
    }

    /// The server that it is on.
    pub fn server(&self) -> &Server {
        self.shadows.server()
    }

    /// The database.
    pub fn shadow(&self) -> &Shadow {
        &self.shadow
    }

    /// A connection to describe queries with.
    pub(super) fn describer(&self) -> Result<Describer> {
        let trees = Trees::default();
        let options = ConnectOptions {
            notice: Some(Arc::new(trees.callback())),
            ..ConnectOptions::default()
        };
        Describer::new(self.shadow.target().connect(options)?.client, trees)
    }
}
