//! Bringing candidates into being for a trial, and doing away with them.

use postgres::Client;

use super::choose::{Choice, Refusal, Refused};
use super::trial::{Trial, Way, failed};
use crate::Result;
use crate::connection::server_error;
use crate::index::{Candidate, IndexDefinition, KeyExpression, quoted};

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
        choice: &mut Choice,
    ) -> Result<Vec<Tried>> {
        let all: Vec<Tried> = candidates.iter().enumerate().map(Tried::of).collect();
        let made = self.make_in_two(all);
        let mut tried = Vec::new();
        for (it, outcome) in made {
            match outcome {
                Ok(()) => tried.push(it),
                Err(error) => match error.as_db_error() {
                    Some(error) => {
                        let reason = Refusal::Impossible(server_error(error));
                        choice.refused.push(Refused { candidate: it.candidate, reason });
                    }
                    None => return Err(failed(&error)),
                },
            }
        }
        self.analyse_expressions(&tried)?;
        Ok(tried)
    }

    /// Building them takes time, and servers have more than one processor: every other one is built in a second
    /// session, where there is one.
    fn make_in_two(&mut self, all: Vec<Tried>) -> Vec<(Tried, Made)> {
        let (own, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|it| self.second.is_none() || it.candidate % 2 == 0);
        let mut second = self.second.take();
        let mut made = std::thread::scope(|scope| {
            let helper = scope.spawn(|| {
                let other = second.as_mut();
                other.map_or_else(Vec::new, |client| make_each(client, &Way::Real, others))
            });
            let mut made = make_each(&mut self.client, &self.way, own);
            made.extend(helper.join().unwrap_or_default());
            made
        });
        self.second = second;
        made.sort_by_key(|(it, _)| it.candidate);
        made
    }

    /// Only ANALYZE knows how an expression's values are spread.
    fn analyse_expressions(&mut self, tried: &[Tried]) -> Result<()> {
        let is_expression = |it: &&Tried| {
            it.index.keys.iter().any(|key| matches!(key.expression, KeyExpression::Expression(_)))
        };
        let mut tables: Vec<String> =
            tried.iter().filter(is_expression).map(|it| it.index.table_sql()).collect();
        tables.sort();
        tables.dedup();
        match tables.is_empty() || self.way != Way::Real {
            true => Ok(()),
            false => {
                let analyze = format!("analyze {}", tables.join(", "));
                self.client.batch_execute(&analyze).map_err(|error| failed(&error))
            }
        }
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
