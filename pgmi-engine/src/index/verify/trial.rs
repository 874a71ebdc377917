//! A session in which queries are planned over and over.

use std::collections::BTreeSet;

use postgres::error::{DbError, SqlState};
use postgres::{Client, SimpleQueryMessage};

use super::arguments::Samples;
use super::choose::Chosen;
use super::look::tables_of;
use super::make::Tried;
use super::plan::Plan;
use super::role::{secured_schemas, subject_to};
use crate::Result;
use crate::catalog::Catalog;
use crate::connection::{ConnectOptions, server_error};
use crate::diagnostic::{Code, Diagnostic, ServerError};
use crate::index::{IndexDefinition, Parameter, QueryId, Workload, quoted};
use crate::shadow::Shadow;

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub struct TrialRequest<'a> {
    pub catalog: &'a Catalog,
    pub workload: &'a Workload,
}

/// A connection to a throwaway database with rows, in which every query has a plan.
pub struct Trial {
    pub(super) client: Client,
    /// To build indexes beside the first.
    pub(super) second: Option<Client>,
    pub(super) queries: Vec<Planned>,
    pub(super) way: Way,
    /// The candidates that were found to be missed, in their order.
    pub(super) kept: Vec<Tried>,
    /// What could not be tried and is taken all the same.
    pub(super) guessed: Vec<Chosen>,
    /// What queries cost with all that was tried last, in their order: what a loss is measured by, also that of an index
    /// that was there. Were it measured by what is left, small losses would add up, and the next run would not see
    /// them.
    pub(super) best: Vec<f64>,
    pub(super) samples: Samples,
    /// Tables of which all rows were looked at, as SQL names them.
    pub(super) looked: BTreeSet<String>,
    /// Settings that nobody had set, such as those that policies of row security ask for.
    settings: Vec<String>,
    /// What the role may not, as far as plans needed it.
    pub(super) denied: Option<ServerError>,
    /// Names of queries that a given database cannot plan, and what it said.
    pub(super) unplanned: Vec<(String, String)>,
}

/// How indexes come into being for a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// They are created.
    Real,
    /// HypoPG, in this schema, lets the planner believe in them; nothing is created.
    Hypothetical { schema: String },
    /// Not at all: what can be said is said from the plans without them.
    Reasoned,
}

/// A query of the workload, or the check of a foreign key.
#[derive(Debug)]
pub(super) struct Planned {
    /// None for the check of a foreign key.
    pub id: Option<QueryId>,
    /// `execute …`; none where that cannot be planned.
    generic: Option<String>,
    /// The same with values for its parameters, where there are some for each.
    custom: Option<String>,
    parameters: Vec<Parameter>,
    /// The tables that it reads, as SQL names them.
    pub tables: Vec<String>,
    /// The role it is planned as.
    role: Option<String>,
    /// Its plan now; none where it has none.
    pub plan: Option<Plan>,
    /// What it cost before anything was created.
    pub before: f64,
}

impl Trial {
    /// Plans every query. One that cannot be planned takes no part.
    ///
    /// # Errors
    /// [`Code::ConnectionFailed`], [`Code::CatalogUnreadable`]
    pub fn begin(shadow: &Shadow, request: &TrialRequest<'_>) -> Result<Self> {
        let mut client = shadow.target().connect(ConnectOptions::default())?.client;
        client.batch_execute(SESSION).map_err(|error| failed(&error))?;
        let mut trial = Self::over(client, Way::Real)?;
        let mut second = shadow.target().connect(ConnectOptions::default())?.client;
        second.batch_execute(SESSION).map_err(|error| failed(&error))?;
        trial.second = Some(second);
        let Workload { queries, .. } = request.workload;
        let secured: Vec<_> =
            queries.iter().map(|it| secured_schemas(&it.trees, request.catalog)).collect();
        let schemas: Vec<String> = secured.iter().flatten().cloned().collect();
        let role = match schemas.is_empty() {
            true => None,
            false => subject_to(&mut trial.client, &schemas),
        };
        for ((id, query), secured) in request.workload.ids().zip(queries).zip(&secured) {
            let role = role.clone().filter(|_| !secured.is_empty());
            // What cannot be prepared, such as a utility, has no plan.
            let _ = trial.add(Some(id), &query.sql, &query.parameters, role);
            if let Some(added) = trial.queries.last_mut() {
                added.tables = tables_of(&query.trees, request.catalog);
            }
        }
        Ok(trial)
    }

    /// Queries that a given database cannot plan, by name, and what it says of each.
    pub fn unplanned(&self) -> Vec<(String, String)> {
        self.unplanned.clone()
    }

    /// A session without queries.
    pub(super) fn over(mut client: Client, way: Way) -> Result<Self> {
        let samples = Samples::read(&mut client, way == Way::Real);
        let samples = samples.map_err(|error| failed(&error))?;
        let second = None;
        Ok(Self {
            client,
            second,
            queries: Vec::new(),
            way,
            kept: Vec::new(),
            guessed: Vec::new(),
            best: Vec::new(),
            samples,
            looked: BTreeSet::new(),
            settings: Vec::new(),
            denied: None,
            unplanned: Vec::new(),
        })
    }

    /// Prepares a query and plans it; gives back what PostgreSQL said against it.
    pub(super) fn add(
        &mut self,
        id: Option<QueryId>,
        sql: &str,
        parameters: &[Parameter],
        role: Option<String>,
    ) -> std::result::Result<(), postgres::Error> {
        let name = format!("pgmi_{}", self.queries.len());
        let types: Vec<&str> = parameters.iter().map(|it| &*it.type_name).collect();
        let types = match types.is_empty() || types.contains(&"unknown") {
            true => String::new(),
            false => format!("({})", types.join(", ")),
        };
        let prepared = self.client.batch_execute(&format!("prepare {name} {types} as {sql}"));
        // A generic plan does not look at them, and a value may be one of another type than is asked for.
        let nulls = match parameters.is_empty() {
            true => String::new(),
            false => format!("({})", vec!["null"; parameters.len()].join(", ")),
        };
        let generic = Some(format!("execute {name}{nulls}"));
        let (parameters, tables, custom) = (parameters.to_vec(), Vec::new(), None);
        let (plan, before) = (None, 0.0);
        self.queries.push(Planned { id, generic, custom, parameters, tables, role, plan, before });
        let at = self.queries.len() - 1;
        prepared?;
        self.give_values(at);
        let (generic, custom) = self.plans(at);
        let query = &mut self.queries[at];
        // A plan that failed once would fail again, and end a transaction that was begun meanwhile.
        query.generic = query.generic.take().filter(|_| generic.is_some());
        query.custom = query.custom.take().filter(|_| custom.is_some());
        let plan = cheaper(generic, custom);
        query.before = plan.as_ref().map_or(0.0, |plan| plan.cost);
        query.plan = plan;
        Ok(())
    }

    /// Takes values for the parameters of a query from the statistics that there are now.
    pub(super) fn give_values(&mut self, at: usize) {
        let Some(query) = self.queries.get_mut(at) else { return };
        let values = self.samples.arguments(&mut self.client, &query.parameters);
        let values: Option<Vec<String>> = values.into_iter().collect();
        query.custom = values.map(|values| match values.is_empty() {
            true => format!("execute pgmi_{at}"),
            false => format!("execute pgmi_{at}({})", values.join(", ")),
        });
    }

    /// Plans a query with the indexes that there are now.
    pub(super) fn plan(&mut self, at: usize) -> Option<Plan> {
        let (generic, custom) = self.plans(at);
        cheaper(generic, custom)
    }

    /// The plan for any values, and the one for some.
    fn plans(&mut self, at: usize) -> (Option<Plan>, Option<Plan>) {
        let Some(query) = self.queries.get(at) else { return (None, None) };
        let (role, back) = match &query.role {
            Some(role) => (format!("set role {role};"), "; reset role"),
            None => (String::new(), ""),
        };
        // A generic plan is kept, also when the index goes that only HypoPG knows of.
        let forget = if self.way == Way::Real { "" } else { "discard plans; " };
        let explain = |mode: &str, execute: &String| {
            format!(
                "{role}{forget}set plan_cache_mode = {mode}; explain (format json) {execute}{back}"
            )
        };
        let generic = query.generic.as_ref().map(|it| explain("force_generic_plan", it));
        let custom = query.custom.as_ref().map(|it| explain("force_custom_plan", it));
        let mut plan = |sql: Option<String>| self.explain(&sql?);
        (plan(generic), plan(custom))
    }

    /// A plan; settings that a query asks for and nobody has set are set on the way.
    fn explain(&mut self, sql: &str) -> Option<Plan> {
        for _ in 0..8 {
            match self.client.simple_query(sql) {
                Ok(messages) => return messages.iter().find_map(plan_of),
                Err(error) => self.settle(error.as_db_error()?)?,
            }
        }
        None
    }

    /// Sets a setting that is missed to something that is a number, and all of them to something that is an UUID
    /// where a number will not do.
    fn settle(&mut self, error: &DbError) -> Option<()> {
        if error.code() == &SqlState::INSUFFICIENT_PRIVILEGE {
            self.denied = Some(server_error(error));
        }
        let set =
            "select pg_catalog.set_config(name, $2, false) from unnest($1::text[]) as u (name)";
        if let Some(missing) = setting_of(error.message()) {
            let missing = vec![missing.to_owned()];
            self.client.execute(set, &[&missing, &"1"]).ok()?;
            self.settings.extend(missing);
            return Some(());
        }
        let is_uuid = error.message().starts_with("invalid input syntax for type uuid: \"1\"");
        is_uuid.then_some(())?;
        let uuid = "00000000-0000-4000-8000-000000000001";
        self.client.execute(set, &[&self.settings, &uuid]).ok().map(drop)
    }

    /// Plans every query anew, and keeps the plans.
    pub(super) fn plan_all(&mut self) {
        for at in 0..self.queries.len() {
            if self.queries[at].plan.is_some() {
                self.queries[at].plan = self.plan(at);
            }
        }
    }

    /// Whether the plan of some query uses the index.
    pub(in crate::index) fn uses(&self, index: &IndexDefinition) -> bool {
        !self.users(std::slice::from_ref(&index.name)).is_empty()
    }

    /// Whether the plans of a query find the rows of a table, as SQL names it, and read it from end to end in no case.
    pub(in crate::index) fn finds(&self, query: QueryId, table: &str) -> bool {
        let planned = self.queries.iter().find(|it| it.id == Some(query));
        let plan = planned.and_then(|it| it.plan.as_ref());
        let is_it = |scanned: &String| table.ends_with(&*quoted(scanned));
        plan.is_some_and(|plan| !plan.indexes.is_empty() && !plan.scanned.iter().any(is_it))
    }

    /// The queries whose plan uses one of these indexes.
    pub(super) fn users(&self, names: &[String]) -> Vec<usize> {
        let uses = |query: &Planned| {
            query.plan.as_ref().is_some_and(|plan| names.iter().any(|it| plan.indexes.contains(it)))
        };
        (0..self.queries.len()).filter(|at| uses(&self.queries[*at])).collect()
    }
}

fn cheaper(generic: Option<Plan>, custom: Option<Plan>) -> Option<Plan> {
    match (generic, custom) {
        (Some(generic), Some(custom)) => Some(generic.or(custom)),
        (generic, custom) => generic.or(custom),
    }
}

fn plan_of(message: &SimpleQueryMessage) -> Option<Plan> {
    match message {
        SimpleQueryMessage::Row(row) => row.get(0).and_then(Plan::parse),
        _ => None,
    }
}

/// The setting that `current_setting` misses.
fn setting_of(message: &str) -> Option<&str> {
    message.strip_prefix("unrecognized configuration parameter \"")?.strip_suffix('"')
}

pub(super) fn failed(error: &postgres::Error) -> crate::Error {
    let finding = Diagnostic::error(Code::CatalogUnreadable, "indexes cannot be tried");
    match error.as_db_error() {
        Some(error) => finding.server(server_error(error)),
        None => finding.note(error.to_string()),
    }
    .into()
}

/// Messages are read by us: in English. The planner's settings are those of a server nobody has tuned, but for what
/// a plan must not depend on.
pub(super) const SESSION: &str = "
    select pg_catalog.set_config('lc_messages', 'C', false) from pg_catalog.pg_roles
    where rolname = current_user and rolsuper;
    set statement_timeout = '60s';
    set lock_timeout = '10s';
    set jit = off;
    set max_parallel_workers_per_gather = 0;
    set synchronous_commit = off;";
