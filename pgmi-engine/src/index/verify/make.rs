//! Bringing candidates into being for a trial, and doing away with them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use postgres::Client;

use super::choose::{Refusal, Refused};
use super::look::{KNOWN, set_targets};
use super::trial::{Trial, Way, failed};
use crate::Result;
use crate::connection::server_error;
use crate::index::{Candidate, IndexDefinition, KeyExpression, quoted, sampling};

/// What PostgreSQL said to an index.
type Made = std::result::Result<(), postgres::Error>;

/// A candidate that is there for the time of the trial.
pub(super) struct Tried {
    pub candidate: usize,
    /// Its own name, and those of its parts in partitions, as plans have them.
    pub names: Vec<String>,
    index: IndexDefinition,
    /// HypoPG's number for it.
    number: u32,
}

impl Trial {
    pub(super) fn make_all(
        &mut self,
        candidates: &[Candidate],
        which: &[usize],
        refused: &mut Vec<Refused>,
    ) -> Result<Vec<Tried>> {
        let all = which.iter().filter_map(|at| Some((*at, candidates.get(*at)?)));
        let all = all.map(Tried::of).collect();
        let mut tried = Vec::new();
        for (it, outcome) in self.make_in_two(all).map_err(|error| failed(&error))? {
            match outcome {
                Ok(()) => tried.push(it),
                Err(error) => match error.as_db_error() {
                    Some(error) => {
                        let reason = Refusal::Impossible(server_error(error));
                        refused.push(Refused { candidate: it.candidate, reason });
                    }
                    None => return Err(failed(&error)),
                },
            }
        }
        Ok(tried)
    }

    /// Building them takes time, and servers have more than one processor: a second session, where there is one,
    /// takes a table of its own each time.
    fn make_in_two(
        &mut self,
        all: Vec<Tried>,
    ) -> std::result::Result<Vec<(Tried, Made)>, postgres::Error> {
        let tables = Mutex::new(by_table(all));
        let next = || tables.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let work = |client: &mut Client, way: &Way| {
            let mut all = Vec::new();
            while let Some(of_table) = next() {
                let made = make_each(client, way, of_table);
                analyse_expressions(client, way, &made)?;
                all.extend(made);
            }
            Ok(all)
        };
        let Self { second, client, way, .. } = self;
        let mut made = std::thread::scope(|scope| {
            let helper = second.as_mut().map(|second| scope.spawn(|| work(second, &Way::Real)));
            let mut made = work(client, way)?;
            if let Some(helper) = helper {
                made.extend(helper.join().unwrap_or_else(|_| Ok(Vec::new()))?);
            }
            Ok(made)
        })?;
        made.sort_by_key(|(it, _)| it.candidate);
        Ok(made)
    }

    /// Does away with an index until [`Trial::decide`].
    pub(super) fn leave_out(&mut self, it: &Tried) -> Result<()> {
        let sql = match &self.way {
            Way::Hypothetical { schema } => {
                format!("select {schema}.hypopg_drop_index({})", it.number)
            }
            _ => format!("begin; {}", it.index.drop_sql(false)),
        };
        self.client.batch_execute(&sql).map_err(|error| failed(&error))
    }

    /// Whether it comes back or not.
    pub(super) fn decide(&mut self, it: &mut Tried, back: bool) -> Result<()> {
        match (&self.way, back) {
            (way @ Way::Hypothetical { .. }, true) => make(&mut self.client, way, it),
            (Way::Hypothetical { .. }, false) => Ok(()),
            (_, true) => self.client.batch_execute("rollback"),
            (_, false) => self.client.batch_execute("commit"),
        }
        .map_err(|error| failed(&error))
    }
}

impl Tried {
    fn of((at, candidate): (usize, &Candidate)) -> Self {
        let name = format!("pgmi_trial_{at}");
        let index = IndexDefinition { name, ..candidate.index.clone() };
        Self { candidate: at, names: Vec::new(), index, number: 0 }
    }
}

/// The last table comes first from behind.
fn by_table(all: Vec<Tried>) -> Vec<Vec<Tried>> {
    let mut tables: BTreeMap<String, Vec<Tried>> = BTreeMap::new();
    for it in all {
        tables.entry(it.index.table_sql()).or_default().push(it);
    }
    tables.into_values().rev().collect()
}

/// Only ANALYZE knows how an expression's values are spread.
fn analyse_expressions(client: &mut Client, way: &Way, made: &[(Tried, Made)]) -> Made {
    let is_expression = |(it, made): &&(Tried, Made)| {
        let mut keys = it.index.keys.iter();
        made.is_ok() && keys.any(|key| matches!(key.expression, KeyExpression::Expression(_)))
    };
    match made.iter().find(is_expression) {
        Some((it, _)) if *way == Way::Real => {
            let table = it.index.table_sql();
            // The columns have been looked at.
            set_targets(client, &table, KNOWN)?;
            client.batch_execute(&format!("{}; analyze {table}", sampling::SAMPLE))
        }
        _ => Ok(()),
    }
}

fn make_each(client: &mut Client, way: &Way, all: Vec<Tried>) -> Vec<(Tried, Made)> {
    let each = |mut it: Tried| {
        let made = make(client, way, &mut it);
        (it, made)
    };
    all.into_iter().map(each).collect()
}

fn make(client: &mut Client, way: &Way, it: &mut Tried) -> Made {
    let sql = it.index.create_sql(false);
    if let Way::Hypothetical { schema } = way {
        let make =
            format!("select indexrelid, indexname::text from {schema}.hypopg_create_index($1)");
        let row = client.query_one(&make, &[&sql])?;
        (it.number, it.names) = (row.try_get(0)?, vec![row.try_get(1)?]);
        return Ok(());
    }
    client.batch_execute(&sql)?;
    it.names = vec![it.index.name.clone()];
    // An index of a partitioned table has a part in each partition, and plans name those.
    let parts =
        "select c.relname::text from pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1)) as t
                     join pg_catalog.pg_class as c on c.oid = t.relid";
    let name = format!("{}.{}", quoted(&it.index.schema), it.index.name);
    let rows = client.query(parts, &[&name])?;
    it.names.extend(rows.iter().filter_map(|row| row.try_get(0).ok()));
    Ok(())
}
