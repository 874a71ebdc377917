//! A given database: its own statistics, and nothing created.

use postgres::error::DbError;

use super::choose::{Chosen, Refusal, Refused, Served};
use super::privileges::{Denied, not_permitted};
use super::trial::{SESSION, Trial, TrialRequest, Way, failed};
use crate::Result;
use crate::connection::{ConnectOptions, Target};
#[cfg(doc)]
use crate::diagnostic::Code;
use crate::index::{Candidate, CandidateKind, QueryId};

/// Reading a table of fewer rows from end to end costs next to nothing.
const SMALL: f64 = 1000.0;

impl Trial {
    /// As [`Trial::begin`], in a given database that nothing is changed in: every transaction of the session is
    /// read-only. Where the extension HypoPG is installed there, the planner is asked what it would make of
    /// each candidate; elsewhere candidates are judged by the plans that there are, see [`Chosen::is_guess`].
    ///
    /// # Errors
    /// [`Code::ConnectionFailed`]; [`Code::InsufficientPrivilege`] where the role may not plan a query.
    pub fn live(target: &Target, request: &TrialRequest<'_>) -> Result<Self> {
        let mut options = ConnectOptions::default();
        let read_only = ("default_transaction_read_only".to_owned(), "on".to_owned());
        options.settings.push(read_only);
        let mut client = target.connect(options)?.client;
        client.batch_execute(SESSION).map_err(|error| failed(&error))?;
        let schema = "select pg_catalog.quote_ident(n.nspname) from pg_catalog.pg_extension as e
                      join pg_catalog.pg_namespace as n on n.oid = e.extnamespace where e.extname = 'hypopg'";
        let schema = client.query_opt(schema, &[]).map_err(|error| failed(&error))?;
        let way = match schema.and_then(|row| row.try_get(0).ok()) {
            Some(schema) => Way::Hypothetical { schema },
            None => Way::Reasoned,
        };
        let mut trial = Self::over(client, way)?;
        let mut denied = Vec::new();
        for (id, query) in request.workload.ids().zip(&request.workload.queries) {
            // What cannot be prepared, such as a utility, has no plan; what is not there is worth a word.
            let added = trial.add(Some(id), &query.sql, &query.parameters, None);
            if let Err(error) = added
                && let Some(error) = error.as_db_error().filter(|it| is_missing(it))
            {
                trial.unplanned.push((query.name.clone(), error.message().to_owned()));
            }
            let error = trial.denied.take();
            denied.extend(error.map(|error| Denied { query, error }));
        }
        match denied.is_empty() {
            true => Ok(trial),
            false => Err(not_permitted(&mut trial.client, request.catalog, denied)),
        }
    }

    /// Whether costs are estimated with the candidates, and not just without them.
    pub fn can_try(&self) -> bool {
        self.way != Way::Reasoned
    }

    /// Whether it is a given database, in which nothing is created or dropped.
    pub(in crate::index) fn changes_nothing(&self) -> bool {
        self.way != Way::Real
    }

    /// Takes what an expert would make, for large tables that the query reads from end to end, and what foreign keys
    /// need: of candidates that cannot be tried.
    pub(in crate::index) fn reason(
        &mut self,
        candidates: &[Candidate],
        preferred: &[(QueryId, usize)],
        which: &[usize],
    ) -> Result<Vec<Refused>> {
        let mut refused = Vec::new();
        let all = which.iter().filter_map(|at| Some((*at, candidates.get(*at)?)));
        for (at, candidate) in all {
            let wanted: Vec<QueryId> =
                preferred.iter().filter(|it| it.1 == at).map(|it| it.0).collect();
            let serves = self.scans(candidate, &wanted);
            let is_key = candidate.kind == CandidateKind::ForeignKey;
            match (is_key || !serves.is_empty()) && self.rows(candidate)? >= SMALL {
                true => {
                    self.guessed.push(Chosen {
                        candidate: at,
                        serves,
                        check: None,
                        is_guess: true,
                    });
                }
                false => refused.push(Refused { candidate: at, reason: Refusal::NoGain }),
            }
        }
        Ok(refused)
    }

    /// Those of the queries that read its table from end to end.
    fn scans(&self, candidate: &Candidate, wanted: &[QueryId]) -> Vec<Served> {
        let queries = self.queries.iter().filter_map(|query| {
            let id = query.id.filter(|id| wanted.contains(id))?;
            let plan = query.plan.as_ref()?;
            let scans = plan.scanned.contains(&candidate.index.table);
            scans.then_some(Served { query: id, before: plan.cost, after: None })
        });
        queries.collect()
    }

    fn rows(&mut self, candidate: &Candidate) -> Result<f64> {
        let sql = "select reltuples::float8 from pg_catalog.pg_class where oid = pg_catalog.to_regclass($1)";
        let row = self.client.query_opt(sql, &[&candidate.index.table_sql()]);
        let row = row.map_err(|error| failed(&error))?;
        Ok(row.and_then(|row| row.try_get(0).ok()).unwrap_or_default())
    }
}

/// A table, a column, a function, a type or a schema that is not there.
fn is_missing(error: &DbError) -> bool {
    matches!(error.code().code(), "42P01" | "42703" | "42883" | "42704" | "3F000")
}
