//! Which of the candidates are worth having.

use super::WORSE;
use super::look::is_close;
use super::make::Tried;
use super::plan::Plan;
use super::reference::{ReferenceCheck, checks};
use super::trial::{Trial, Way};
use crate::Result;
use crate::diagnostic::ServerError;
use crate::index::{Candidate, QueryId};

/// What came of the candidates.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// In the order of the candidates.
    pub chosen: Vec<Chosen>,
    pub refused: Vec<Refused>,
}

/// A candidate that stays.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Which candidate.
    pub candidate: usize,
    /// The queries whose plans use it.
    pub serves: Vec<Served>,
    /// What the check of a foreign key costs without it and with it.
    pub check: Option<(f64, f64)>,
    /// It could not be tried: it is what an expert would make, and costs with it are not known.
    pub is_guess: bool,
}

/// A query with an index that was made for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Served {
    pub query: QueryId,
    pub before: f64,
    /// None where it could not be tried.
    pub after: Option<f64>,
}

/// A candidate that goes.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Which candidate.
    pub candidate: usize,
    pub reason: Refusal,
}

/// Why a candidate goes.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// PostgreSQL does not create it.
    Impossible(ServerError),
    /// No plan uses it: other indexes serve better, or none does.
    Unused,
    /// Plans without it are nearly as good.
    NoGain,
}

impl Trial {
    /// Creates the candidates, and drops those again that no query misses. The others stay.
    ///
    /// # Errors
    /// The connection was lost.
    pub fn choose(&mut self, candidates: &[Candidate]) -> Result<Choice> {
        for ReferenceCheck { sql, parameters } in checks(candidates) {
            // Without a plan it says nothing for or against its candidate.
            let _ = self.add(None, &sql, &parameters, None);
        }
        let all: Vec<usize> = (0..candidates.len()).collect();
        if self.way == Way::Reasoned {
            let serves = candidates.iter().zip(&all);
            let serves = serves.flat_map(|(it, at)| it.serves.iter().map(|query| (*query, *at)));
            let refused = self.reason(candidates, &serves.collect::<Vec<_>>(), &all)?;
            return Ok(Choice { chosen: self.chosen(), refused });
        }
        let refused = self.choose_among(candidates, &all)?;
        Ok(Choice { chosen: self.chosen(), refused })
    }

    /// Tries some of the candidates, beside those that were found to be missed before. Gives those that go.
    ///
    /// # Errors
    /// The connection was lost.
    pub(in crate::index) fn choose_among(
        &mut self,
        candidates: &[Candidate],
        which: &[usize],
    ) -> Result<Vec<Refused>> {
        let mut refused = Vec::new();
        // Of expressions of new indexes a sample is looked at first.
        self.looked.clear();
        let mut tried = self.make_all(candidates, which, &mut refused)?;
        self.plan_all();
        self.best = self.costs();
        // Those that could serve least come first, the dearest and widest of them first.
        tried.sort_by_key(|it| {
            let candidate = &candidates[it.candidate];
            let (keys, kept) = (candidate.index.keys.len(), candidate.index.include.len());
            let dear = u32::MAX - candidate.write_cost;
            (candidate.serves.len(), dear, usize::MAX - keys - kept, it.candidate)
        });
        for mut it in tried {
            let candidate = &candidates[it.candidate];
            let limit = limit(candidate.write_cost);
            match self.drop_unless_missed(&mut it, limit)? {
                None => self.kept.push(it),
                Some(reason) => refused.push(Refused { candidate: it.candidate, reason }),
            }
        }
        self.kept.sort_by_key(|it| it.candidate);
        refused.sort_by_key(|it| it.candidate);
        Ok(refused)
    }

    /// Does without candidates that were found to be missed.
    ///
    /// # Errors
    /// The connection was lost.
    pub(in crate::index) fn forgo(&mut self, candidates: &[usize]) -> Result<()> {
        let goes = |it: &Tried| candidates.contains(&it.candidate);
        let (gone, kept) = std::mem::take(&mut self.kept).into_iter().partition(goes);
        self.kept = kept;
        self.guessed.retain(|it| !candidates.contains(&it.candidate));
        let gone: Vec<Tried> = gone;
        for mut it in gone {
            let users = self.users(&it.names);
            self.leave_out(&it)?;
            self.decide(&mut it, false)?;
            for at in users {
                self.queries[at].plan = self.plan(at);
            }
        }
        Ok(())
    }

    /// What came of the candidates that stay.
    pub(in crate::index) fn chosen(&self) -> Vec<Chosen> {
        let tried = self.kept.iter().map(|it| self.chosen_as(it));
        let mut all: Vec<Chosen> = tried.chain(self.guessed.iter().cloned()).collect();
        all.sort_by_key(|it| it.candidate);
        all
    }

    fn costs(&self) -> Vec<f64> {
        self.queries.iter().map(|it| it.plan.as_ref().map_or(0.0, |plan| plan.cost)).collect()
    }

    /// Drops an index, unless a query gets clearly worse than it is with all candidates; then says why.
    fn drop_unless_missed(&mut self, it: &mut Tried, limit: f64) -> Result<Option<Refusal>> {
        let mut users = self.users(&it.names);
        self.leave_out(it)?;
        let mut plans = self.plans_of(&users);
        if is_close(self.loss(&plans), limit) && self.way == Way::Real {
            self.decide(it, true)?;
            self.look_closely(&users)?;
            users = self.users(&it.names);
            self.leave_out(it)?;
            plans = self.plans_of(&users);
        }
        let is_worse = self.loss(&plans) > limit;
        self.decide(it, is_worse)?;
        if is_worse {
            if self.way != Way::Real {
                // It came back under another name.
                for at in users {
                    self.queries[at].plan = self.plan(at);
                }
            }
            return Ok(None);
        }
        self.keep_plans(plans);
        Ok(Some(if users.is_empty() { Refusal::Unused } else { Refusal::NoGain }))
    }

    pub(super) fn plans_of(&mut self, queries: &[usize]) -> Vec<(usize, Option<Plan>)> {
        queries.iter().map(|at| (*at, self.plan(*at))).collect()
    }

    pub(super) fn keep_plans(&mut self, plans: Vec<(usize, Option<Plan>)>) {
        for (at, plan) in plans {
            self.queries[at].plan = plan;
        }
    }

    /// How many times as much the query costs that loses most.
    pub(super) fn loss(&self, plans: &[(usize, Option<Plan>)]) -> f64 {
        let one = |(at, plan): &(usize, Option<Plan>)| {
            let cost = plan.as_ref().map_or(f64::INFINITY, |plan| plan.cost);
            // Where nothing was tried, nothing is known to be better.
            cost / self.best.get(*at).copied().unwrap_or(cost)
        };
        plans.iter().map(one).fold(0.0, f64::max)
    }

    fn chosen_as(&self, it: &Tried) -> Chosen {
        let (serves, check, is_guess) = (Vec::new(), None, false);
        let mut chosen = Chosen { candidate: it.candidate, serves, check, is_guess };
        for at in self.users(&it.names) {
            let planned = &self.queries[at];
            let (before, after) =
                (planned.before, planned.plan.as_ref().map_or(0.0, |plan| plan.cost));
            match planned.id {
                Some(query) if after < before => {
                    chosen.serves.push(Served { query, before, after: Some(after) });
                }
                Some(_) => {}
                None => chosen.check = Some((before, after)),
            }
        }
        chosen
    }
}

/// What much is written to must be missed by more.
fn limit(write_cost: u32) -> f64 {
    WORSE + (f64::from(write_cost) * 0.05).min(0.8)
}
