//! From what is worth trying to what is to be done: all of it in one run. What is created and dropped is what a run
//! after it would find nothing to add to.
//!
//! ```text
//! candidates ─► choice ─► less what the new ones make superfluous ─► drops, tried ─┐
//!                 ▲                                                               │
//!                 └────── what was refused beside an index that went now ◄────────┘
//! ```

use postgres::Client;

use super::advice::Conclusion;
use super::verify::{Chosen, DropVerdict, Refusal, Refused, Trial};
use super::{Candidate, Dropped, IndexDefinition, Proposal};
use crate::Result;

/// Whether others than the project use a table.
type IsExternal<'a> = &'a dyn Fn(&IndexDefinition) -> bool;

/// What is to be done, tried.
pub(super) struct Settled {
    pub chosen: Vec<(Candidate, Chosen)>,
    pub refused: Vec<Refused>,
    pub drop: Vec<Dropped>,
    pub conclusion: Conclusion,
}

/// Indexes go one after the other until none does; each is an index less that there is.
pub(super) fn settle(
    proposal: &Proposal<'_>,
    trial: &mut Trial,
    client: &mut Client,
    is_external: IsExternal<'_>,
) -> Result<Settled> {
    let mut refused = chosen_or_guessed(proposal, trial)?;
    let mut drop: Vec<Dropped> = Vec::new();
    loop {
        let chosen = with_candidates(proposal, trial.chosen());
        let created: Vec<Candidate> = chosen.iter().map(|(it, _)| it.clone()).collect();
        let conclusion = proposal.conclude(client, &created, &drop, is_external)?;
        trial.forgo(&numbers(proposal, &conclusion.outdone))?;
        let going = match trial.changes_nothing() {
            true => Vec::new(),
            false => tried(trial, &conclusion.superseded)?,
        };
        let again = beside(proposal, &going, &refused);
        let is_settled = again.is_empty();
        drop.extend(going);
        if !is_settled {
            refused.retain(|it| !again.contains(&it.candidate));
            let kept = trial.chosen().len();
            refused.extend(trial.choose_among(&proposal.candidates, &again)?);
            if trial.chosen().len() > kept {
                continue;
            }
        }
        if trial.changes_nothing() {
            drop = untried(&conclusion.superseded);
        }
        refused.sort_by_key(|it| it.candidate);
        let chosen = with_candidates(proposal, trial.credited()?);
        return Ok(Settled { chosen, refused, drop, conclusion });
    }
}

/// Tries what can be tried; of the rest that is taken which an expert would make. Gives what is not worth it.
fn chosen_or_guessed(proposal: &Proposal<'_>, trial: &mut Trial) -> Result<Vec<Refused>> {
    let candidates = &proposal.candidates;
    if !trial.changes_nothing() {
        return Ok(trial.choose(candidates)?.refused);
    }
    let (untried, mut refused): (Vec<usize>, Vec<Refused>) = match trial.can_try() {
        true => {
            // HypoPG knows neither GIN nor GiST.
            let is_impossible = |it: &Refused| matches!(it.reason, Refusal::Impossible(_));
            let refused = trial.choose(candidates)?.refused;
            let (untried, refused): (Vec<_>, _) = refused.into_iter().partition(is_impossible);
            (untried.iter().map(|it| it.candidate).collect(), refused)
        }
        false => ((0..candidates.len()).collect(), Vec::new()),
    };
    refused.extend(trial.reason(candidates, &proposal.preferred(), &untried)?);
    Ok(refused)
}

fn with_candidates(proposal: &Proposal<'_>, chosen: Vec<Chosen>) -> Vec<(Candidate, Chosen)> {
    let candidate = |it: Chosen| Some((proposal.candidates.get(it.candidate)?.clone(), it));
    chosen.into_iter().filter_map(candidate).collect()
}

fn numbers(proposal: &Proposal<'_>, names: &[String]) -> Vec<usize> {
    let all = proposal.candidates.iter().enumerate();
    all.filter(|(_, it)| names.contains(&it.index.name)).map(|(at, _)| at).collect()
}

/// Those that no query misses.
fn tried(trial: &mut Trial, superseded: &[Dropped]) -> Result<Vec<Dropped>> {
    let mut drop = Vec::new();
    for dropped in superseded {
        if matches!(trial.drop_existing(&dropped.index)?, DropVerdict::Dropped) {
            drop.push(dropped.clone());
        }
    }
    Ok(drop)
}

/// A live database is not asked to drop anything.
fn untried(superseded: &[Dropped]) -> Vec<Dropped> {
    let said = |it: &Dropped| {
        let reason = format!("{} (not tried: nothing is dropped in a live database)", it.reason);
        Dropped { reason, ..it.clone() }
    };
    superseded.iter().filter(|it| !it.needs_trial).map(said).collect()
}

/// The candidates that were refused while indexes were there that go now: those for the queries of their tables.
fn beside(proposal: &Proposal<'_>, going: &[Dropped], refused: &[Refused]) -> Vec<usize> {
    let name = |oid: u32| proposal.ground.catalog.relation(oid);
    let is_of = |index: &IndexDefinition, oid: u32| {
        name(oid).is_some_and(|it| (&it.schema, &it.name) == (&index.schema, &index.table))
    };
    let needs = proposal.needs.iter();
    let touched = needs.filter(|need| going.iter().any(|it| is_of(&it.index, need.relation)));
    let queries: std::collections::BTreeSet<_> = touched.map(|need| need.query).collect();
    let serves = |at: &usize| {
        let candidate = proposal.candidates.get(*at);
        candidate.is_some_and(|it| it.serves.iter().any(|query| queries.contains(query)))
    };
    refused.iter().map(|it| it.candidate).filter(serves).collect()
}
