//! One query after the other.

use crate::check::{Proof, Proven, Refused};
use crate::describe::Describer;
use crate::diagnostic::Code;
use crate::project::SchemaHash;
use crate::query::Query;
use crate::signature::check_columns;
use crate::{Error, Result};

/// Describes every query.
///
/// # Errors
/// [`Code::ConnectionLost`]: what was learned until then would be taken for all.
pub(super) fn every(
    describer: &mut Describer,
    schema: &SchemaHash,
    queries: &[Query],
) -> Result<Proof> {
    let mut proof = Proof {
        postgres: describer.catalog().major(),
        schema: schema.to_string(),
        queries: Vec::new(),
        types: Vec::new(),
        refused: Vec::new(),
    };
    for query in queries {
        match one(describer, query, &mut proof) {
            Err(error) if error.code() == Code::ConnectionLost => return Err(error),
            Err(error) => proof
                .refused
                .push(Refused { query: query.clone(), findings: error.diagnostics().to_vec() }),
            Ok(()) => {}
        }
    }
    proof.types.sort_by(|a, b| a.name.cmp(&b.name));
    proof.types.dedup_by(|a, b| a.name == b.name);
    Ok(proof)
}

fn one(describer: &mut Describer, query: &Query, proof: &mut Proof) -> Result<()> {
    let described = describer.describe(query)?;
    Error::check(check_columns(query, &described.signature.columns))?;
    proof.types.extend(described.types);
    proof.queries.push(Proven { query: query.clone(), signature: described.signature });
    Ok(())
}
