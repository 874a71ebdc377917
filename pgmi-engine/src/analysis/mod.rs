//! Asking PostgreSQL about every query of a project: its [`Proof`].
//!
//! ```text
//! Subject ──► Cache: everything is known ────────────────────────────────────► Proof
//!        └──► Server::find ──► template ──► Describer: what is not known yet ──► Proof
//! ```
//!
//! No statement of a query is executed; the project itself is deployed into a throwaway database. Nothing
//! has changed, no server is started.

mod deployed;
mod describe;
mod major;
mod plan;

use std::sync::Arc;

pub use deployed::Deployed;

use crate::Result;
use crate::check::{Cache, Proof, Subject};
use crate::cluster::ServerRequest;
use crate::connection::ConnectOptions;
use crate::describe::{Describer, Trees};
use crate::session::Interrupt;
use crate::shadow::Shadows;

/// What is asked about, and whom.
#[derive(Clone, Copy, Debug)]
pub struct AnalyseRequest<'a> {
    pub subject: &'a Subject,
    /// Its major is overruled by [`Subject::major`].
    pub server: &'a ServerRequest,
    /// Where answers are kept; none where PostgreSQL is to be asked in any case.
    pub cache: Option<&'a Cache>,
}

/// Describes every query of the subject. What is wrong with single queries is in the proof: one that is
/// refused spoils no other.
///
/// # Errors
/// There is no server, or the project cannot be deployed: with file, line and column.
pub fn analyse(request: &AnalyseRequest<'_>, interrupt: &Interrupt) -> Result<Proof> {
    match request.remembered() {
        Some(proof) => Ok(proof),
        None => ask(request, interrupt),
    }
}

/// Asks about what is not known; which that is is certain only once there is a server.
fn ask(request: &AnalyseRequest<'_>, interrupt: &Interrupt) -> Result<Proof> {
    let server = request.find_server()?;
    let (subject, major) = (request.subject, server.major());
    if let Some(proof) = request.cache.and_then(|cache| cache.proof(subject, major)) {
        return Ok(proof);
    }
    let schema = subject.schema(major);
    let known = request.cache.and_then(|cache| cache.known(&schema)).unwrap_or_default();
    let shadows = Shadows::on(server)?;
    let mut describer = describer(&shadows, subject, interrupt)?;
    let answers = describe::every(&mut describer, &subject.files.queries.queries, &known)?;
    let mut proof = Proof::new(major, &schema, answers.proven, &answers.types);
    proof.refused = answers.refused;
    if let Some(cache) = request.cache {
        cache.keep(&proof);
    }
    Ok(proof)
}

/// A connection to the deployed project, to describe queries with.
fn describer(shadows: &Shadows, subject: &Subject, interrupt: &Interrupt) -> Result<Describer> {
    let template = deployed::template(shadows, subject, interrupt)?;
    let trees = Trees::default();
    let notice = Some(Arc::new(trees.callback()) as _);
    let options = ConnectOptions { notice, ..ConnectOptions::default() };
    Describer::new(shadows.read_only(&template)?.connect(options)?.client, trees)
}

impl AnalyseRequest<'_> {
    /// What the cache knows, where it knows everything.
    fn remembered(&self) -> Option<Proof> {
        self.cache?.proof(self.subject, self.likely_major()?)
    }
}
