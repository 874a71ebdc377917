//! Whether NULL means something for a parameter.
//!
//! It does where it is tested (`IS NULL`, COALESCE, CASE, a function that is not strict), stored in a
//! column that takes it, or returned. It does not where it can only keep out every row, or raise.

mod bare;
mod demand;
mod limit;
mod place;
mod usage;

use std::collections::{HashMap, HashSet};

use super::scope::Context;
use super::tree::Query;
use crate::catalog::Oid;
use crate::signature::{Nullability, Verdict};

/// What was found out about a parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub nullability: Verdict<Nullability>,
    /// Of the elements, where it is an array.
    pub elements: Verdict<Nullability>,
    /// The relation and column that it is compared with or assigned to.
    pub origin: Option<(Oid, i32)>,
}

/// What was seen of all parameters, by number.
#[derive(Default)]
pub(super) struct Seen {
    /// Where NULL means something.
    pub meant: HashMap<usize, &'static str>,
    /// Where NULL keeps out every row, or raises.
    pub refused: HashMap<usize, String>,
    /// What NULL would do as a limit or an offset.
    pub unlimited: HashMap<usize, &'static str>,
    /// Arrays of which an element that is NULL raises.
    pub elements_refused: HashMap<usize, String>,
    /// Arrays that are used for more than comparing with their elements.
    pub elements_meant: HashSet<usize>,
    pub origins: HashMap<usize, (Oid, i32)>,
}

/// Judges the parameters of a statement, in their order.
pub fn judge(context: &Context<'_>, queries: &[Query], types: &[Oid]) -> Vec<Parameter> {
    let mut seen = Seen::default();
    for query in queries {
        demand::demands(context, query, &mut seen);
        usage::usages(context, query, &mut seen);
    }
    let judged = types.iter().enumerate().map(|(at, type_oid)| {
        let domain = context.catalog.refuses_null(*type_oid);
        judge_one(&seen, at + 1, domain)
    });
    judged.collect()
}

fn judge_one(seen: &Seen, number: usize, domain: bool) -> Parameter {
    let nullability = match (seen.refused.get(&number), seen.meant.get(&number)) {
        _ if domain => Verdict::of(Nullability::NotNull).because("its domain refuses NULL"),
        (Some(reason), _) => Verdict::of(Nullability::NotNull).because(reason),
        (None, Some(reason)) => Verdict::of(Nullability::Nullable).because(*reason),
        (None, None) => Verdict::of(Nullability::NotNull).because(
            seen.unlimited
                .get(&number)
                .copied()
                .unwrap_or("NULL would match nothing, and means nothing where it is used"),
        ),
    };
    let elements = match seen.elements_refused.get(&number) {
        Some(reason) => Verdict::of(Nullability::NotNull).because(reason),
        None if seen.elements_meant.contains(&number) => {
            Verdict::of(Nullability::Nullable).because("an element may be NULL")
        }
        None => Verdict::of(Nullability::NotNull).because("NULL would match nothing"),
    };
    Parameter { nullability, elements, origin: seen.origins.get(&number).copied() }
}
