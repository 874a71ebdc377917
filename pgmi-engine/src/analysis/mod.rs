//! Asking PostgreSQL about every query of a project: its [`Proof`].
//!
//! ```text
//! Subject ──► Server::find ──► template, copy ──► Describer ──► Proof
//! ```
//!
//! No statement of a query is executed; the project itself is deployed into a throwaway database.

mod deployed;
mod describe;

use std::sync::Arc;

pub use deployed::Deployed;

use crate::Result;
use crate::check::{Proof, Subject};
use crate::cluster::ServerRequest;
use crate::session::{Events, Interrupt};

/// What is asked about, and whom.
#[derive(Clone, Copy, Debug)]
pub struct AnalyseRequest<'a> {
    pub subject: &'a Subject,
    /// Its major is overruled by [`Subject::major`].
    pub server: &'a ServerRequest,
}

/// Describes every query of the subject. What is wrong with single queries is in the proof: one that is
/// refused spoils no other.
///
/// # Errors
/// There is no server, or the project cannot be deployed: with file, line and column.
pub fn analyse(request: &AnalyseRequest<'_>, interrupt: &Interrupt) -> Result<Proof> {
    let deployed = Deployed::make(request, &silence(), interrupt)?;
    let subject = request.subject;
    let schema = subject.schema(deployed.server().major());
    let mut describer = deployed.describer()?;
    describe::every(&mut describer, &schema, &subject.files.queries.queries)
}

/// For who does not want to hear what a deployment does.
fn silence() -> Events {
    Arc::new(|_| {})
}
