//! The whole way from the queries of a project to what is to be done about its indexes.

use std::collections::HashSet;

use super::collation;
use super::fill::{FillRequest, Filled, Rows, fill};
use super::verify::{self, Chosen, DropVerdict, Refusal, Trial, TrialRequest};
use super::{
    Candidate, CandidateKind, Dropped, IndexDefinition, Lint, Proposal, Unhelped, Workload,
};
use crate::Result;
use crate::analysis::Deployed;
use crate::check::Refused;
use crate::connection::{ConnectOptions, Target};
use crate::query::Query;
use crate::shadow::Shadow;

/// What is asked about.
#[derive(Clone, Copy)]
pub struct AdviseRequest<'a> {
    pub deployed: &'a Deployed,
    pub queries: &'a [Query],
    /// How many rows the tables are supposed to have.
    pub rows: &'a Rows,
    /// A database to ask in place of a throwaway one with rows: nothing is created there.
    pub live: Option<&'a Target>,
    /// Whether others than the project use a table: nothing of it is called unused.
    pub is_external: &'a dyn Fn(&IndexDefinition) -> bool,
}

/// What is to be done, and why.
#[derive(Debug, Default)]
pub struct Advice {
    /// The queries that were considered.
    pub workload: Workload,
    pub create: Vec<Created>,
    /// Superfluous beside others.
    pub drop: Vec<Dropped>,
    /// Of no use to what was considered; somebody else may use them.
    pub unused: Vec<Dropped>,
    pub unhelped: Vec<Unhelped>,
    /// What is wrong with indexes that must stay.
    pub lints: Vec<Lint>,
    /// Queries that a live database does not know the tables of, and what it says.
    pub unplanned: Vec<(String, String)>,
    /// Candidates that were tried and are not worth it, each with the reason.
    pub declined: Vec<(IndexDefinition, &'static str)>,
    /// Queries that PostgreSQL refuses: not considered.
    pub refused: Vec<Refused>,
    /// What the trial stood on.
    pub filled: Filled,
    /// No index was tried: a live database without HypoPG says only what there is to read.
    pub is_guess: bool,
    /// Schema and name of the tables that are partitioned.
    pub partitioned: HashSet<(String, String)>,
}

/// An index that is to be created.
#[derive(Clone, Debug)]
pub struct Created {
    pub index: IndexDefinition,
    pub kind: CandidateKind,
    pub reason: String,
    /// The names of queries, and what each costs without the index and with it where that can be seen.
    pub serves: Vec<(String, Option<(f64, f64)>)>,
    /// What the check of a foreign key costs without it and with it.
    pub check: Option<(f64, f64)>,
}

/// Finds out which indexes the queries need, tries them, and says what to create and what to drop.
///
/// # Errors
/// The server cannot be reached any more. Queries that are refused are in the advice.
pub fn advise(request: &AdviseRequest<'_>) -> Result<Advice> {
    let AdviseRequest { deployed, queries, live, is_external, .. } = *request;
    let mut describer = deployed.describer()?;
    // In this one indexes are created under their names, and gone again; rows are in another.
    let mut client = deployed.shadow().target().connect(ConnectOptions::default())?.client;
    // Without queries nothing can be tried; a live database is tried in place of one with rows.
    let needs_rows = live.is_none() && !queries.is_empty();
    let (proposal, copied) = std::thread::scope(|scope| {
        let copy = needs_rows.then(|| scope.spawn(|| deployed.copy()));
        let proposal = Proposal::make(&mut describer, &mut client, queries);
        (proposal, copy.and_then(|copy| copy.join().ok()))
    });
    let (proposal, copied) = (proposal?, copied.transpose()?);
    if proposal.workload.queries.is_empty() {
        // Nothing is known to be of no use.
        let conclusion = proposal.conclude(&mut client, &[], is_external)?;
        let partitioned = proposal.partitioned();
        let (mut drop, lints) = (conclusion.superseded, conclusion.lints);
        drop.retain(|it| !it.needs_trial);
        let refused = proposal.refused;
        return Ok(Advice { drop, lints, refused, partitioned, ..Advice::default() });
    }
    let Stand { _shadow, filled, mut trial } = Stand::make(request, &proposal, copied)?;
    let choice = trial.choose(&proposal.candidates)?;
    let is_guess = choice.is_guess;
    let declined = declined(&proposal, &choice.refused);
    let chosen = chosen(&proposal, choice.chosen);
    let candidates: Vec<Candidate> =
        chosen.iter().map(|(candidate, _)| candidate.clone()).collect();
    let conclusion = proposal.conclude(&mut client, &candidates, is_external)?;
    let needed = conclusion.needed.into_iter().map(|candidate| (candidate, None));
    let mut create: Vec<Created> = Vec::new();
    for (candidate, outcome) in
        chosen.into_iter().map(|(it, chosen)| (it, Some(chosen))).chain(needed)
    {
        create.push(created(&proposal.workload, candidate, outcome));
    }
    let drop = match live {
        Some(_) => untried(conclusion.superseded),
        None => tried(&mut trial, conclusion.superseded)?,
    };
    Ok(Advice {
        create,
        drop,
        unused: conclusion.unused.into_iter().filter(|it| !trial.uses(&it.index)).collect(),
        unhelped: conclusion.unhelped,
        lints: conclusion.lints,
        unplanned: trial.unplanned(),
        filled,
        is_guess,
        declined,
        partitioned: proposal.partitioned(),
        workload: proposal.workload,
        refused: proposal.refused,
    })
}

/// Where candidates are tried.
struct Stand {
    trial: Trial,
    filled: Filled,
    // Dropped behind the trial that is connected to it.
    _shadow: Option<Shadow>,
}

impl Stand {
    fn make(
        request: &AdviseRequest<'_>,
        proposal: &Proposal<'_>,
        copied: Option<Shadow>,
    ) -> Result<Self> {
        let (catalog, workload) = (proposal.ground.catalog, &proposal.workload);
        let trial_request = TrialRequest { catalog, workload };
        if let Some(target) = request.live {
            let trial = Trial::live(target, &trial_request)?;
            return Ok(Self { trial, filled: Filled::default(), _shadow: None });
        }
        let shadow = copied.map_or_else(|| request.deployed.copy(), Ok)?;
        if collation::matters(&proposal.candidates) {
            collation::be_like_production(&shadow)?;
        }
        let (rows, tables, asked) = (request.rows, &proposal.tables(), proposal.asked.as_ref());
        let filled = fill(&shadow, &FillRequest { catalog, workload, rows, tables, asked })?;
        let trial = Trial::begin(&shadow, &trial_request)?;
        Ok(Self { trial, filled, _shadow: Some(shadow) })
    }
}

/// Those that no query misses.
fn tried(trial: &mut Trial, superseded: Vec<Dropped>) -> Result<Vec<Dropped>> {
    let mut drop = Vec::new();
    for dropped in superseded {
        if matches!(trial.drop_existing(&dropped.index)?, DropVerdict::Dropped) {
            drop.push(dropped);
        }
    }
    Ok(drop)
}

/// A live database is not asked to drop anything.
fn untried(superseded: Vec<Dropped>) -> Vec<Dropped> {
    let said = |it: Dropped| {
        let reason = format!("{} (not tried: nothing is dropped in a live database)", it.reason);
        Dropped { reason, ..it }
    };
    superseded.into_iter().filter(|it| !it.needs_trial).map(said).collect()
}

fn declined(
    proposal: &Proposal<'_>,
    refused: &[verify::Refused],
) -> Vec<(IndexDefinition, &'static str)> {
    let declined = refused.iter().filter_map(|it| {
        let reason = match it.reason {
            Refusal::Impossible(_) => "PostgreSQL does not create it",
            Refusal::Unused => "no plan uses it",
            Refusal::NoGain => "the plans without it are nearly as good",
        };
        Some((proposal.candidates.get(it.candidate)?.index.clone(), reason))
    });
    declined.collect()
}

fn chosen(proposal: &Proposal<'_>, chosen: Vec<Chosen>) -> Vec<(Candidate, Chosen)> {
    let candidate = |it: Chosen| Some((proposal.candidates.get(it.candidate)?.clone(), it));
    chosen.into_iter().filter_map(candidate).collect()
}

fn created(workload: &Workload, candidate: Candidate, chosen: Option<Chosen>) -> Created {
    let name = |id| workload.query(id).map_or_else(String::new, |query| query.name.clone());
    let mut serves: Vec<(String, Option<(f64, f64)>)> = Vec::new();
    if let Some(chosen) = &chosen {
        let costs = chosen.serves.iter();
        serves.extend(costs.map(|it| (name(it.query), Some((it.before, it.after)))));
    }
    if candidate.kind == CandidateKind::ForeignKey || serves.is_empty() {
        for query in candidate.serves.iter().map(|id| name(*id)) {
            if !serves.iter().any(|(known, _)| *known == query) {
                serves.push((query, None));
            }
        }
    }
    let check = chosen.and_then(|chosen| chosen.check);
    let Candidate { index, kind, reason, .. } = candidate;
    Created { index, kind, reason, serves, check }
}

impl Created {
    /// What all that it serves costs without it and with it; none where EXPLAIN shows nothing of it.
    pub fn cost(&self) -> Option<(f64, f64)> {
        let costs: Vec<(f64, f64)> =
            self.serves.iter().filter_map(|(_, cost)| *cost).chain(self.check).collect();
        let sum = |(before, after): (f64, f64), (b, a): &(f64, f64)| (before + b, after + a);
        (!costs.is_empty()).then(|| costs.iter().fold((0.0, 0.0), sum))
    }
}

impl Advice {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.create.is_empty() && self.drop.is_empty()
    }
}
