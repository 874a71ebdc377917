//! What holds in the end: what bindings are made from.

use super::{Files, Proof};
use crate::query::Query;
use crate::signature::{Signature, TypeDefinition, reconcile, reconcile_type};

/// The signatures and types of a project, with the user's word on them.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// As [`Proof::queries`].
    pub queries: Vec<ResolvedQuery>,
    /// As [`Proof::types`].
    pub types: Vec<TypeDefinition>,
}

/// A query and what holds of it.
#[derive(Clone, Debug)]
pub struct ResolvedQuery {
    pub query: Query,
    pub signature: Signature,
}

/// Takes the committed signature files over what was inferred, as far as they agree with it: what does not
/// is a finding of [`super::compare`]. Where nothing is committed, what was inferred holds.
pub fn resolve(files: &Files, proof: &Proof) -> Resolved {
    let queries = proof.queries.iter().map(|proven| {
        let name = proven.query.given_name().map(str::to_owned);
        let committed = name.and_then(|name| files.signatures.get(&name));
        let signature = committed.map_or_else(
            || proven.signature.clone(),
            |committed| reconcile(&proven.signature, committed, &proof.types).value,
        );
        ResolvedQuery { query: proven.query.clone(), signature }
    });
    let types = proof.types.iter().map(|definition| match files.types.get(&definition.name) {
        Some(committed) => reconcile_type(definition, committed, &proof.types).value,
        None => definition.clone(),
    });
    Resolved { queries: queries.collect(), types: types.collect() }
}
