//! Stopping what a connection is doing, from another thread.

use std::fmt;

use postgres::{CancelToken, NoTls};

use super::{failure::Failure, tls::Tls};
use crate::Result;

/// Asks the server to cancel the statement that runs on one connection.
#[derive(Clone)]
pub struct Cancel {
    token: CancelToken,
    tls: Option<Tls>,
    place: String,
}

impl Cancel {
    pub(super) fn new(token: CancelToken, tls: Option<Tls>, place: String) -> Self {
        Self { token, tls, place }
    }

    /// Sends a `CancelRequest` over a connection of its own, with the same TLS settings
    /// ([protocol-flow](https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS)).
    ///
    /// The server never says whether there was something to cancel; the statement itself fails with
    /// SQLSTATE 57014 if there was. Not to be called from inside an async runtime.
    ///
    /// # Errors
    /// `connection-failed` when the server cannot be reached.
    pub fn cancel(&self) -> Result<()> {
        let sent = match &self.tls {
            Some(tls) => self.token.cancel_query(tls.connector()),
            None => self.token.cancel_query(NoTls),
        };
        sent.map_err(|error| Failure::explain(&error, &self.place).error)
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancel").field("place", &self.place).finish_non_exhaustive()
    }
}
