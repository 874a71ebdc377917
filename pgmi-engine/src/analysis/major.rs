//! Which major version is asked.
//!
//! What somebody said, else the one of `pgmi.lock`, so that the members of a team who said nothing agree,
//! else whatever there is. A server that was given has its own.

use super::AnalyseRequest;
use crate::Result;
use crate::cluster::{Server, ServerRequest};
use crate::diagnostic::Code;
use crate::manifest::ServerChoice;

impl AnalyseRequest<'_> {
    /// The major that the next server will be of, if that can be known without one.
    pub(super) fn likely_major(&self) -> Option<u16> {
        let wanted = self.wanted_major().or_else(|| self.preferred_major());
        wanted.or_else(|| self.cache?.remembered_major(&self.wish()))
    }

    /// Finds or starts the server.
    ///
    /// # Errors
    /// As [`Server::find`].
    pub(super) fn find_server(&self) -> Result<Server> {
        let of = |major| Server::find(&ServerRequest { major, ..self.server.clone() });
        let wanted = self.wanted_major();
        let found = match self.preferred_major().filter(|_| wanted.is_none()) {
            Some(preferred) => of(Some(preferred)).or_else(|error| match error.code() {
                Code::ServerNotFound | Code::ServerVersion => of(None),
                _ => Err(error),
            }),
            None => of(wanted),
        }?;
        if let Some(cache) = self.cache {
            cache.remember_major(&self.wish(), found.major());
        }
        Ok(found)
    }

    fn wanted_major(&self) -> Option<u16> {
        self.subject.major.or(self.server.major)
    }

    /// That of the lock, where there is a choice.
    fn preferred_major(&self) -> Option<u16> {
        let has_choice = !matches!(self.server.choice, ServerChoice::Given(_));
        let lock = self.subject.files.lock.as_ref().ok()?;
        u16::try_from(lock.postgres).ok().filter(|_| has_choice && self.server.image.is_none())
    }

    /// What was wished for, in words that only have to be different for different wishes.
    fn wish(&self) -> String {
        let choice = match &self.server.choice {
            ServerChoice::Auto => "auto",
            ServerChoice::Local => "local",
            ServerChoice::Container => "container",
            ServerChoice::Given(connection) => connection,
        };
        format!("{choice}\n{}", self.server.image.as_deref().unwrap_or_default())
    }
}
