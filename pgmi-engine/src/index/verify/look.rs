//! A closer look: where an index is missed by about as much as decides, all rows of its tables are looked at, and it is
//! asked again.

use std::collections::BTreeSet;

use postgres::Client;

use super::arguments::Samples;
use super::trial::{Trial, Way, failed};
use crate::Result;
use crate::catalog::Catalog;
use crate::describe::tree::{Query, RteKind};
use crate::index::{quoted, sampling};

/// Statistics targets of columns: ANALYZE leaves them out, or looks at them as the session says.
pub(super) const KNOWN: &str = "0";
const AS_SESSION: &str = "-1";

/// Samples of 6,000 rows move costs by a few percent.
const VAGUE: f64 = 1.1;

/// A loss that no sample makes out of nothing.
const LEAST: f64 = 1.05;

/// Whether another sample could have decided otherwise.
pub(super) fn is_close(loss: f64, limit: f64) -> bool {
    loss > LEAST && loss > limit / VAGUE && loss < limit * VAGUE
}

impl Trial {
    /// Looks at all rows of the tables of these queries, and plans every query anew that reads one of them. Says
    /// whether there was anything left to look at.
    pub(super) fn look_closely(&mut self, queries: &[usize]) -> Result<bool> {
        let all = queries.iter().filter_map(|at| self.queries.get(*at)).flat_map(|it| &it.tables);
        let tables: BTreeSet<String> =
            all.filter(|it| !self.looked.contains(*it)).cloned().collect();
        if self.way != Way::Real || tables.is_empty() {
            return Ok(false);
        }
        for table in &tables {
            look(&mut self.client, table).map_err(|error| failed(&error))?;
        }
        let samples = Samples::read(&mut self.client, true);
        self.samples = samples.map_err(|error| failed(&error))?;
        for at in 0..self.queries.len() {
            if self.queries[at].tables.iter().any(|it| tables.contains(it)) {
                self.give_values(at);
                self.queries[at].plan = self.plan(at);
                let cost = self.queries[at].plan.as_ref().map_or(0.0, |plan| plan.cost);
                if let Some(best) = self.best.get_mut(at) {
                    *best = cost;
                }
            }
        }
        self.looked.extend(tables);
        Ok(true)
    }
}

fn look(client: &mut Client, table: &str) -> std::result::Result<(), postgres::Error> {
    let rows = set_targets(client, table, AS_SESSION)?;
    sampling::look_at_all(client, table, rows)
}

/// Gives all columns of a table a statistics target; gives how many rows it has.
pub(super) fn set_targets(
    client: &mut Client,
    table: &str,
    target: &str,
) -> std::result::Result<u64, postgres::Error> {
    let Some(row) = client.query_opt(include_str!("target.sql"), &[&table, &target])? else {
        return Ok(0);
    };
    client.batch_execute(row.try_get(1)?)?;
    Ok(u64::try_from(row.try_get::<_, i64>(0)?).unwrap_or_default())
}

/// The tables that statements read, as SQL names them.
pub(super) fn tables_of(trees: &[Query], catalog: &Catalog) -> Vec<String> {
    let mut tables = BTreeSet::new();
    for tree in trees {
        tree.visit_queries(0, &mut |query, _| {
            for table in &query.tables {
                let RteKind::Relation { oid, .. } = table.kind else { continue };
                let found =
                    catalog.relation(oid).filter(|it| matches!(it.relkind, 'r' | 'p' | 'm'));
                tables
                    .extend(found.map(|it| format!("{}.{}", quoted(&it.schema), quoted(&it.name))));
            }
        });
    }
    tables.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::is_close;

    #[test]
    fn what_is_clear_is_not_looked_at_again() {
        let losses = [1.0, 1.04, 1.1, 1.2, 1.3, 1.4, 20.0];
        let close = losses.map(|it| is_close(it, 1.2));
        assert_eq!(close, [false, false, true, true, true, false, false]);
        assert!(!is_close(1.2, 2.0) && is_close(1.9, 2.0));
    }
}
