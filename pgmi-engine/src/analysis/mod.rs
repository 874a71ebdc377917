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
mod shared;

pub use deployed::Deployed;
use shared::Shared;

use crate::Result;
use crate::check::{Cache, Known, Proof, Subject};
use crate::cluster::{Server, ServerRequest};
use crate::project::SchemaHash;
use crate::session::Interrupt;
use crate::signature::Lock;

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
    let before = request.likely_major().map(|major| Memory::of(request, major));
    if let Some(proof) = before.as_ref().and_then(|memory| memory.proof(request)) {
        return Ok(proof);
    }
    // Which major is asked is certain only once there is a server.
    let server = request.find_server()?;
    match before.filter(|memory| memory.major == server.major()) {
        Some(memory) => ask(request, server, memory, interrupt),
        None => {
            let memory = Memory::of(request, server.major());
            match memory.proof(request) {
                Some(proof) => Ok(proof),
                None => ask(request, server, memory, interrupt),
            }
        }
    }
}

/// Asks about what is not known.
fn ask(
    request: &AnalyseRequest<'_>,
    server: Server,
    memory: Memory<'_>,
    interrupt: &Interrupt,
) -> Result<Proof> {
    let queries = &request.subject.files.queries.queries;
    let Memory { major, schema, known, .. } = memory;
    let known = known.unwrap_or_default();
    let unknown = queries.iter().filter(|query| known.signature(query).is_none()).count();
    let mut shared = Shared::reach(server, request.subject, unknown <= FEW, interrupt)?;
    let answers = describe::every(&mut shared.describer, queries, &known)?;
    let mut proof = Proof::new(major, &schema, answers.proven, &answers.types);
    proof.refused = answers.refused;
    if let Some(cache) = request.cache {
        // Both are the whole of a lock to write, and whoever asked wants the text next.
        rayon::join(|| cache.keep(&proof, known), || proof.lock_text().len());
    }
    Ok(proof)
}

/// Up to so many queries it is less work to read of the catalog what they are about than all of it.
const FEW: usize = 20;

/// What is remembered of a project's queries on one major.
struct Memory<'a> {
    major: u16,
    schema: SchemaHash,
    /// None where the schema was never deployed.
    known: Option<Known>,
    /// The committed lock, where it is what is known.
    attested: Option<(&'a Lock, &'a str)>,
}

impl<'a> Memory<'a> {
    fn of(request: &AnalyseRequest<'a>, major: u16) -> Self {
        let schema = request.subject.schema(major);
        let attested = request.attested(&schema);
        let known = match attested {
            Some((lock, _)) => Some(Known::of_lock(lock)),
            None => request.cache.and_then(|cache| cache.known(&schema)),
        };
        Self { major, schema, known, attested }
    }

    /// Where everything is known.
    fn proof(&self, request: &AnalyseRequest<'_>) -> Option<Proof> {
        let proof = self.known.as_ref()?.proof(request.subject, self.major, &self.schema)?;
        Some(match self.attested {
            Some((lock, text)) if proof.is_all_of(lock) => proof.with_lock_text(text),
            _ => {
                request.attest(&proof);
                proof
            }
        })
    }
}

impl<'a> AnalyseRequest<'a> {
    /// Notes for the next time that the committed lock says what was proven, where it does.
    fn attest(&self, proof: &Proof) {
        let text = proof.lock_text();
        if let (Some(cache), true) = (self.cache, self.subject.files.lock_is(text)) {
            cache.attest(text);
        }
    }

    /// The committed lock and its text, when this program proved it and it covers this schema and all queries.
    fn attested(&self, schema: &SchemaHash) -> Option<(&'a Lock, &'a str)> {
        let files = &self.subject.files;
        let (lock, text) = (files.lock.as_ref().ok()?, files.lock_source.as_ref()?.text());
        let covers = lock.schema == schema.as_str()
            && lock.find(&files.queries.queries).iter().all(Option::is_some);
        (covers && self.cache?.attests(text)).then_some((lock, text))
    }
}
