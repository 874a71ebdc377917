//! One query after the other.

use crate::check::{Known, Proven, Refused};
use crate::describe::Describer;
use crate::diagnostic::Code;
use crate::query::Query;
use crate::signature::{Signature, TypeDefinition, check_columns};
use crate::{Error, Result};

/// What came of the queries.
#[derive(Default)]
pub(super) struct Answers {
    pub proven: Vec<Proven>,
    pub refused: Vec<Refused>,
    pub types: Vec<TypeDefinition>,
}

/// What is no fault of the query.
const ENDS: [Code; 2] = [Code::ConnectionLost, Code::CatalogUnreadable];

/// Describes every query that is not known yet.
///
/// # Errors
/// [`Code::ConnectionLost`], [`Code::CatalogUnreadable`]: what was learned until then would be taken for all.
pub(super) fn every(
    describer: &mut Describer,
    queries: &[Query],
    known: &Known,
) -> Result<Answers> {
    let mut answers = Answers { types: known.types().to_vec(), ..Answers::default() };
    for query in queries {
        let signature = match known.signature(query) {
            Some(signature) => Ok(signature.clone()),
            None => one(describer, query, &mut answers.types),
        };
        let query = query.clone();
        match signature {
            Ok(signature) => answers.proven.push(Proven { query, signature }),
            Err(error) if ENDS.contains(&error.code()) => return Err(error),
            Err(error) => {
                let findings = error.diagnostics().to_vec();
                answers.refused.push(Refused { query, findings });
            }
        }
    }
    Ok(answers)
}

fn one(
    describer: &mut Describer,
    query: &Query,
    types: &mut Vec<TypeDefinition>,
) -> Result<Signature> {
    let described = describer.describe(query)?;
    Error::check(check_columns(query, &described.signature.columns))?;
    types.extend(described.types);
    Ok(described.signature)
}
