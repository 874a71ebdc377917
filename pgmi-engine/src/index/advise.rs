//! The whole way from the queries of a project to what is to be done about its indexes.

use std::collections::HashSet;

use super::collation;
use super::fill::{FillRequest, Filled, Rows, fill};
use super::settle::{Settled, settle};
use super::unsorted;
use super::verify::{self, Chosen, Refusal, Served, Trial, TrialRequest};
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
    /// Conditions of the same kind, of queries that an index helps by others: these are checked row by row.
    pub residual: Vec<Unhelped>,
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
    /// Schema and name of the tables that are partitioned.
    pub partitioned: HashSet<(String, String)>,
}

/// An index that is to be created.
#[derive(Clone, Debug)]
pub struct Created {
    pub index: IndexDefinition,
    pub kind: CandidateKind,
    pub reason: String,
    /// The names of queries, and what each costs where that can be seen.
    pub serves: Vec<(String, Option<Cost>)>,
    /// What the check of a foreign key costs.
    pub check: Option<Cost>,
    /// It could not be tried, and no foreign key needs it: it is what an expert would try first. That a query misses it
    /// is not known.
    pub is_guess: bool,
}

/// What the planner says of a query or of several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Without the index.
    pub before: f64,
    /// With it; none where it could not be tried.
    pub after: Option<f64>,
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
    let known = live.is_none().then_some(request.rows);
    let needs_rows = live.is_none() && !queries.is_empty();
    let (proposal, copied) = std::thread::scope(|scope| {
        let copy = needs_rows.then(|| scope.spawn(|| deployed.copy()));
        let proposal = Proposal::make(&mut describer, &mut client, queries, known);
        (proposal, copy.and_then(|copy| copy.join().ok()))
    });
    let (proposal, copied) = (proposal?, copied.transpose()?);
    if proposal.workload.queries.is_empty() {
        // Nothing is known to be of no use.
        let conclusion = proposal.conclude(&mut client, &[], &[], is_external)?;
        let partitioned = proposal.partitioned();
        let (mut drop, lints) = (conclusion.superseded, conclusion.lints);
        drop.retain(|it| !it.needs_trial);
        let refused = proposal.refused;
        return Ok(Advice { drop, lints, refused, partitioned, ..Advice::default() });
    }
    let Stand { _shadow, filled, mut trial } = Stand::make(request, &proposal, copied)?;
    let Settled { chosen, refused, drop, conclusion } =
        settle(&proposal, &mut trial, &mut client, is_external)?;
    let declined = declined(&proposal, &refused);
    let is_served = |it: &Unhelped| {
        let by_new = |(candidate, chosen): &(Candidate, Chosen)| {
            candidate.index.table_sql() == it.table
                && chosen.serves.iter().any(|served| served.query == it.query)
        };
        chosen.iter().any(by_new) || trial.finds(it.query, &it.table)
    };
    let (residual, unhelped) = told_once(conclusion.unhelped, is_served);
    let chosen = chosen.into_iter().map(|(candidate, chosen)| (candidate, Some(chosen)));
    let needed = conclusion.needed.into_iter().map(|candidate| (candidate, None));
    let all = chosen.chain(needed);
    let create = all.map(|(it, chosen)| created(&proposal.workload, it, chosen));
    let mut create: Vec<Created> = create.collect();
    unsorted::explain(&proposal, &refused, &mut create);
    Ok(Advice {
        create,
        drop,
        unused: conclusion.unused.into_iter().filter(|it| !trial.uses(&it.index)).collect(),
        unhelped,
        residual,
        lints: conclusion.lints,
        unplanned: trial.unplanned(),
        filled,
        declined,
        partitioned: proposal.partitioned(),
        workload: proposal.workload,
        refused: proposal.refused,
    })
}

/// Those that an index of their table serves by another condition, and the others. What holds for several tables of a
/// query alike is said once.
fn told_once(
    all: Vec<Unhelped>,
    is_served: impl Fn(&Unhelped) -> bool,
) -> (Vec<Unhelped>, Vec<Unhelped>) {
    let (served, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_served);
    let (mut residual, mut unhelped): (Vec<Unhelped>, Vec<Unhelped>) = Default::default();
    let is_same = |one: &Unhelped, other: &Unhelped| {
        (one.query, &one.reason, &one.rewrite) == (other.query, &other.reason, &other.rewrite)
    };
    for it in others {
        if !unhelped.iter().any(|known| is_same(known, &it)) {
            unhelped.push(it);
        }
    }
    for it in served {
        if !unhelped.iter().chain(&residual).any(|known| is_same(known, &it)) {
            residual.push(it);
        }
    }
    (residual, unhelped)
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
        if proposal.asks_prefixes {
            collation::be_like_production(&shadow)?;
        }
        let (rows, tables, asked) = (request.rows, &proposal.tables(), proposal.asked.as_ref());
        let filled = fill(&shadow, &FillRequest { catalog, workload, rows, tables, asked })?;
        let trial = Trial::begin(&shadow, &trial_request)?;
        Ok(Self { trial, filled, _shadow: Some(shadow) })
    }
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

fn created(workload: &Workload, candidate: Candidate, chosen: Option<Chosen>) -> Created {
    let name = |id| workload.query(id).map_or_else(String::new, |query| query.name.clone());
    let mut serves: Vec<(String, Option<Cost>)> = Vec::new();
    if let Some(chosen) = &chosen {
        let cost = |it: &Served| Cost { before: it.before, after: it.after };
        serves.extend(chosen.serves.iter().map(|it| (name(it.query), Some(cost(it)))));
    }
    if candidate.kind == CandidateKind::ForeignKey || serves.is_empty() {
        for query in candidate.serves.iter().map(|id| name(*id)) {
            if !serves.iter().any(|(known, _)| *known == query) {
                serves.push((query, None));
            }
        }
    }
    let check = chosen.as_ref().and_then(|chosen| chosen.check);
    let check = check.map(|(before, after)| Cost { before, after: Some(after) });
    let Candidate { index, kind, reason, .. } = candidate;
    let is_guess = kind == CandidateKind::Needed && chosen.is_some_and(|it| it.is_guess);
    Created { index, kind, reason, serves, check, is_guess }
}

impl Created {
    /// What all that it serves costs; none where EXPLAIN shows nothing of it.
    pub fn cost(&self) -> Option<Cost> {
        let costs = self.serves.iter().filter_map(|(_, cost)| *cost).chain(self.check);
        costs.reduce(|all, one| Cost {
            before: all.before + one.before,
            after: all.after.zip(one.after).map(|(all, one)| all + one),
        })
    }

    /// Whether plans with it were seen.
    pub fn is_tried(&self) -> bool {
        self.cost().is_some_and(|cost| cost.after.is_some())
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.after {
            Some(after) => write!(formatter, "cost {:.0} -> {after:.0}", self.before),
            None => write!(formatter, "cost {:.0}, not tried with it", self.before),
        }
    }
}

impl Advice {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.create.is_empty() && self.drop.is_empty()
    }
}
