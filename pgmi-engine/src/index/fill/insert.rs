//! One INSERT … SELECT for each table.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use postgres::{Client, Transaction};

use super::hint::Hints;
use super::select::Select;
use super::table::Table;
use super::{FillRequest, FilledTable, Outcome};
use crate::catalog::Oid;
use crate::index::quoted;

/// Rows that are tried for each that is wanted, where checks refuse some.
const TRIES: u64 = 16;

/// What all tables are filled with.
pub(super) struct Filling<'a> {
    pub request: &'a FillRequest<'a>,
    pub hints: &'a Hints,
    /// Whether triggers, and with them foreign keys, sleep.
    pub unchecked: bool,
}

/// How many rows tables have by now.
pub(super) type Counts = HashMap<Oid, u64>;

/// What came of filling a table: how many rows, or what PostgreSQL said against them.
type Inserted = Outcome<u64>;

impl Filling<'_> {
    /// Fills a table, or notes why not.
    pub(super) fn table(
        &self,
        client: &mut Client,
        table: &Table,
        counts: &Counts,
    ) -> Outcome<FilledTable> {
        let wanted = self.request.rows.of(&table.schema, &table.name);
        let (rows, problem) = match self.select(table, wanted, counts) {
            Err(column) => {
                let problem = format!("no values are known for its column \"{column}\"");
                (0, Some(problem))
            }
            Ok(select) => match self.insert(client, table, &select, wanted) {
                Ok(rows) => (rows, None),
                Err(error) if error.is_closed() => return Err(error),
                Err(error) => {
                    let words = error.as_db_error().map(|it| it.message().to_owned());
                    (0, Some(words.unwrap_or_else(|| error.to_string())))
                }
            },
        };
        let few = rows < wanted.div_ceil(20);
        let problem = problem.or_else(|| few.then(|| FEW.to_owned()));
        let (schema, table) = (table.schema.clone(), table.name.clone());
        Ok(FilledTable { schema, table, rows, problem })
    }

    fn insert(&self, client: &mut Client, table: &Table, select: &Select, wanted: u64) -> Inserted {
        if !self.unchecked {
            // Its owner may do that; where it fails, the table may still have no triggers.
            let _ =
                client.batch_execute(&format!("alter table {} disable trigger user", table.sql()));
        }
        // Who may not, or has rows that are refused only now, does it the way everybody can.
        match at_once(client, table, select, wanted) {
            Err(error) if !error.is_closed() => in_order(client, table, select, wanted),
            other => other,
        }
    }

    /// Lets PostgreSQL look at a table that was filled.
    pub(super) fn look(client: &mut Client, table: &Table) -> Outcome<()> {
        client.batch_execute(&format!("analyze {}", table.sql()))
    }

    /// Computes the materialized views that are asked for.
    pub(super) fn views(&self, client: &mut Client) -> Outcome<()> {
        for oid in self.request.tables {
            let view = self.request.catalog.relation(*oid).filter(|it| it.relkind == 'm');
            let Some(view) = view else { continue };
            let view = format!("{}.{}", quoted(&view.schema), quoted(&view.name));
            // One whose query fails on these rows stays as it was.
            if client.batch_execute(&format!("refresh materialized view {view}")).is_ok() {
                client.batch_execute(&format!("analyze {view}"))?;
            }
        }
        Ok(())
    }
}

const FEW: &str = "few rows, or none, obey its constraints";

/// The rows first, and the indexes when they are all there: that takes a fraction of the time. It is for superusers.
fn at_once(client: &mut Client, table: &Table, select: &Select, wanted: u64) -> Inserted {
    let mut transaction = client.transaction()?;
    let put_off = transaction.query(include_str!("put_off.sql"), &[&table.oid])?;
    let rows = rows(&mut transaction, table, select, wanted)?;
    for index in put_off {
        let index: String = index.try_get(0)?;
        transaction.batch_execute(&format!("reindex index {index}"))?;
    }
    transaction.commit()?;
    Ok(rows)
}

/// Row by row into the table and its indexes; what a key has already is left out.
fn in_order(client: &mut Client, table: &Table, select: &Select, wanted: u64) -> Inserted {
    let mut transaction = client.transaction()?;
    let rows = rows(&mut transaction, table, select, wanted)?;
    transaction.commit()?;
    client.query(include_str!("pending.sql"), &[&table.oid])?;
    Ok(rows)
}

fn rows(to: &mut Transaction<'_>, table: &Table, select: &Select, wanted: u64) -> Inserted {
    let rows = some_rows(to, table, select, 1..=wanted, wanted)?;
    // Checks refused some: more numbers are tried.
    if rows < wanted && !table.checks.is_empty() {
        let more = wanted + 1..=wanted.saturating_mul(TRIES);
        return Ok(rows + some_rows(to, table, select, more, wanted - rows)?);
    }
    Ok(rows)
}

fn some_rows(
    to: &mut Transaction<'_>,
    table: &Table,
    select: &Select,
    numbers: RangeInclusive<u64>,
    wanted: u64,
) -> Inserted {
    let sql = select.sql(table, numbers, wanted);
    let mut attempt = to.savepoint("pgmi_fill")?;
    match attempt.execute(&format!("{sql} on conflict do nothing"), &[]) {
        // A deferrable constraint is not for ON CONFLICT.
        Err(error) if error.code().is_some_and(|it| it.code() == "55000") => {
            attempt.rollback()?;
            to.execute(&sql, &[])
        }
        other => {
            let rows = other?;
            attempt.commit()?;
            Ok(rows)
        }
    }
}
