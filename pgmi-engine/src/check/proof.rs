//! What PostgreSQL and inference say of every query.

use crate::describe::Describer;
use crate::diagnostic::{Code, Diagnostic};
use crate::project::SchemaHash;
use crate::query::Query;
use crate::signature::{Lock, LockedQuery, Signature, TypeDefinition, check_columns};

/// The signatures of all queries over one schema.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The major version of the server that was asked.
    pub postgres: u32,
    pub schema: String,
    /// Queries that could be described, in the order they came in.
    pub queries: Vec<Proven>,
    /// Every type that is not built in and that a query mentions, ordered by name.
    pub types: Vec<TypeDefinition>,
    /// What is wrong with the others.
    pub findings: Vec<Diagnostic>,
}

/// A query and what was inferred of it.
#[derive(Clone, Debug)]
pub struct Proven {
    pub query: Query,
    pub signature: Signature,
}

/// Describes every query. One that is refused spoils no other; a connection that is lost ends it.
pub fn prove(describer: &mut Describer, schema: &SchemaHash, queries: &[Query]) -> Proof {
    let mut proof = Proof {
        postgres: describer.catalog().major(),
        schema: schema.to_string(),
        queries: Vec::new(),
        types: Vec::new(),
        findings: Vec::new(),
    };
    for query in queries {
        match describer.describe(query) {
            Ok(described) => {
                proof.findings.extend(check_columns(query, &described.signature.columns));
                proof.types.extend(described.types);
                proof.queries.push(Proven { query: query.clone(), signature: described.signature });
            }
            Err(error) => {
                let is_lost = error.code() == Code::ConnectionLost;
                proof.findings.extend_from_slice(error.diagnostics());
                if is_lost {
                    break;
                }
            }
        }
    }
    proof.types.sort_by(|a, b| a.name.cmp(&b.name));
    proof.types.dedup_by(|a, b| a.name == b.name);
    proof
}

impl Proof {
    /// The proof as the lock keeps it.
    pub fn lock(&self) -> Lock {
        Lock {
            postgres: self.postgres,
            schema: self.schema.clone(),
            types: self.types.clone(),
            queries: self.queries.iter().map(Proven::locked).collect(),
        }
    }
}

impl Proven {
    fn locked(&self) -> LockedQuery {
        LockedQuery {
            name: self.query.name.as_ref().map(|name| name.as_str().to_owned()),
            sql: self.query.fingerprint(),
            signature: self.signature.clone(),
        }
    }

    /// The name of its file, without the ending.
    pub(super) fn name(&self) -> &str {
        self.query.label()
    }
}
