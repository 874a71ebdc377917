//! Bringing candidates into being for a trial, and doing away with them.

use super::choose::{Choice, Refusal, Refused};
use super::trial::{Trial, Way, failed};
use crate::Result;
use crate::connection::server_error;
use crate::index::{Candidate, IndexDefinition, KeyExpression, quoted};

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
        let mut tried = Vec::new();
        for (at, candidate) in candidates.iter().enumerate() {
            let index =
                IndexDefinition { name: format!("pgmi_trial_{at}"), ..candidate.index.clone() };
            let mut it = Tried { candidate: at, names: Vec::new(), index, number: 0 };
            match self.make(&mut it) {
                Ok(()) => tried.push(it),
                Err(error) => match error.as_db_error() {
                    Some(error) => {
                        let reason = Refusal::Impossible(server_error(error));
                        choice.refused.push(Refused { candidate: at, reason });
                    }
                    None => return Err(failed(&error)),
                },
            }
        }
        self.analyse_expressions(&tried)?;
        Ok(tried)
    }

    fn make(&mut self, it: &mut Tried) -> std::result::Result<(), postgres::Error> {
        let sql = it.index.create_sql(false);
        if let Way::Hypothetical { schema } = &self.way {
            let make =
                format!("select indexrelid, indexname::text from {schema}.hypopg_create_index($1)");
            let row = self.client.query_one(&make, &[&sql])?;
            (it.number, it.names) = (row.try_get(0)?, vec![row.try_get(1)?]);
            return Ok(());
        }
        self.client.batch_execute(&sql)?;
        it.names = vec![it.index.name.clone()];
        // An index of a partitioned table has a part in each partition, and plans name those.
        let parts = "select c.relname::text from pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1)) as t
                     join pg_catalog.pg_class as c on c.oid = t.relid";
        let name = format!("{}.{}", quoted(&it.index.schema), it.index.name);
        let rows = self.client.query(parts, &[&name])?;
        it.names.extend(rows.iter().filter_map(|row| row.try_get(0).ok()));
        Ok(())
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
            (Way::Hypothetical { .. }, true) => self.make(it),
            (Way::Hypothetical { .. }, false) => Ok(()),
            (_, true) => self.client.batch_execute("rollback"),
            (_, false) => self.client.batch_execute("commit"),
        }
        .map_err(|error| failed(&error))
    }
}
