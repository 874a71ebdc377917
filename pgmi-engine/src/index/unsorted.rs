//! Why an index that leaves the sorting to the query is enough: where few rows have the same key, sorting them costs next
//! to nothing. With more rows it does, so that it is said.

use super::need::Need;
use super::verify::{Refusal, Refused};
use super::{Candidate, Created, IndexDefinition, KeyExpression, Proposal, quoted};

/// Adds that to the reasons of those indexes.
pub(super) fn explain(proposal: &Proposal<'_>, refused: &[Refused], created: &mut [Created]) {
    let refused =
        refused.iter().filter(|it| matches!(it.reason, Refusal::NoGain | Refusal::Unused));
    let refused = refused.filter_map(|it| proposal.candidates.get(it.candidate));
    let refused: Vec<&Candidate> = refused.collect();
    for it in created {
        let wider = refused.iter().filter(|wider| continues(&wider.index, &it.index));
        let found = wider.filter_map(|wider| Some((*wider, query(proposal, wider, it)?))).next();
        if let Some((wider, query)) = found {
            let keys: Vec<String> =
                wider.index.keys.iter().map(|key| shown(&key.expression)).collect();
            it.reason = format!(
                "{}; among the rows that were tried too few are alike for {query} to gain by ({})",
                it.reason,
                keys.join(", ")
            );
        }
    }
}

/// Whether it has the same keys, and one more behind them.
fn continues(wider: &IndexDefinition, index: &IndexDefinition) -> bool {
    wider.table_sql() == index.table_sql()
        && wider.method == index.method
        && wider.predicate == index.predicate
        && wider.include.is_empty()
        && wider.keys.len() > index.keys.len()
        && wider.keys.starts_with(&index.keys)
}

/// A query that the index serves, and whose order the wider one would keep.
fn query<'p>(proposal: &'p Proposal<'_>, wider: &Candidate, created: &Created) -> Option<&'p str> {
    let next = &wider.index.keys.get(created.index.keys.len())?.expression;
    let sorts = |need: &&Need| {
        let first =
            need.order.first().and_then(|key| proposal.ground.sql(need.relation, &key.expr));
        need.limited && first.is_some_and(|it| it == shown(next))
    };
    let needs = proposal.needs.iter().filter(|need| wider.serves.contains(&need.query));
    let names = needs.filter(sorts).filter_map(|need| proposal.workload.query(need.query));
    let mut names = names.map(|it| &*it.name);
    names.find(|name| created.serves.iter().any(|(served, _)| served == name))
}

fn shown(key: &KeyExpression) -> String {
    match key {
        KeyExpression::Column(name) => quoted(name),
        KeyExpression::Expression(text) => text.clone(),
    }
}
