//! Which of several new indexes helps a query. A plan may use one that it could do without: it was made for another
//! query, or only the dearer of the two plans, for any values and for some, uses it.

use std::collections::{BTreeMap, BTreeSet};

use super::choose::Chosen;
use super::trial::Trial;
use crate::Result;
use crate::index::QueryId;

/// A query that costs less than so many times as much without an index does not miss it.
const MISSED: f64 = 1.01;

impl Trial {
    /// What came of the candidates that stay, each with the queries that miss it.
    ///
    /// # Errors
    /// The connection was lost.
    pub(in crate::index) fn credited(&mut self) -> Result<Vec<Chosen>> {
        let mut chosen = self.chosen();
        let missed = self.missed_among_several()?;
        for it in &mut chosen {
            let helps = |query: &QueryId| {
                missed.get(query).is_none_or(|by| by.is_empty() || by.contains(&it.candidate))
            };
            // One that was found worth having is there for somebody, though another could stand in for it.
            if it.check.is_some() || it.serves.iter().any(|served| helps(&served.query)) {
                it.serves.retain(|served| helps(&served.query));
            }
        }
        Ok(chosen)
    }

    /// Of each query whose plan uses several new indexes, those that it misses.
    fn missed_among_several(&mut self) -> Result<BTreeMap<QueryId, BTreeSet<usize>>> {
        let used: Vec<Vec<usize>> = self.kept.iter().map(|it| self.users(&it.names)).collect();
        let is_shared = |at: &usize| used.iter().filter(|all| all.contains(at)).count() > 1;
        let mut missed = BTreeMap::new();
        let mut kept = std::mem::take(&mut self.kept);
        for (it, users) in kept.iter_mut().zip(&used) {
            let shared: Vec<usize> = users.iter().copied().filter(is_shared).collect();
            if shared.is_empty() {
                continue;
            }
            self.leave_out(it)?;
            let plans = self.plans_of(&shared);
            self.decide(it, true)?;
            for (at, without) in plans {
                let Some(query) = self.queries[at].id else { continue };
                let with = self.queries[at].plan.as_ref().map_or(0.0, |plan| plan.cost);
                let is_missed = without.is_none_or(|plan| plan.cost > with * MISSED);
                let by: &mut BTreeSet<usize> = missed.entry(query).or_default();
                by.extend(is_missed.then_some(it.candidate));
            }
        }
        self.kept = kept;
        Ok(missed)
    }
}
