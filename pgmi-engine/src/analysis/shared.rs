//! The database that queries are described in: shared with everybody who does, and left as it is.

use std::sync::Arc;

use super::deployed::template;
use crate::Result;
use crate::check::Subject;
use crate::cluster::Server;
use crate::connection::ConnectOptions;
use crate::describe::{Describer, Trees};
use crate::session::Interrupt;
use crate::shadow::{Shadows, read};

/// A connection to the deployed project, and what keeps it there.
pub(super) struct Shared {
    // Dropped before the server it talks to.
    pub describer: Describer,
    _held: Held,
}

enum Held {
    Server { _server: Server },
    Shadows { _shadows: Shadows },
}

impl Shared {
    /// Connects to it, or makes it first. `sparing` suits a few queries: [`Describer::sparing`].
    ///
    /// # Errors
    /// The project cannot be deployed: with file, line and column. There is no connection.
    pub(super) fn reach(
        server: Server,
        subject: &Subject,
        sparing: bool,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let trees = Trees::default();
        let notice = Some(Arc::new(trees.callback()) as _);
        let options = ConnectOptions { notice, ..ConnectOptions::default() };
        // There or not: no reason to try again.
        let at_once = ConnectOptions { pause: Some(Arc::new(|_| false)), ..options.clone() };
        let standing = read::standing(&server, &subject.project, &subject.parameters, at_once);
        let (client, held) = match standing {
            Some(client) => (client, Held::Server { _server: server }),
            None => {
                let shadows = Shadows::on(server)?;
                let template = template(&shadows, subject, interrupt)?;
                let client = shadows.read_only(&template)?.connect(options)?.client;
                (client, Held::Shadows { _shadows: shadows })
            }
        };
        let describer = match sparing {
            true => Describer::sparing(client, trees),
            false => Describer::new(client, trees),
        };
        Ok(Self { describer: describer?, _held: held })
    }
}
