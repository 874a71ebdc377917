//! One INSERT … SELECT for each table.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use postgres::{Client, Transaction};

use super::hint::Hints;
use super::refer::first;
use super::select::Select;
use super::table::Table;
use super::{FillRequest, FilledTable, Outcome};
use crate::catalog::Oid;
use crate::index::{quoted, sampling};

/// Rows that are tried for each that is wanted, where checks refuse some.
const TRIES: u64 = 16;

/// What all tables are filled with.
pub(super) struct Filling<'a> {
    pub request: &'a FillRequest<'a>,
    pub hints: &'a Hints,
    pub tables: &'a [Table],
    /// Tables that inherit, or are inherited from.
    pub related: &'a HashSet<Oid>,
    /// Whether triggers, and with them foreign keys, sleep.
    pub unchecked: bool,
}

/// How many rows tables have by now, and how many of those came first.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub first: HashMap<Oid, u64>,
    pub all: HashMap<Oid, u64>,
}

/// A table that has its first rows: enough for others to refer to.
#[derive(Debug)]
pub(super) struct Begun {
    /// None where it gets no more.
    select: Option<Select>,
    wanted: u64,
    pub rows: u64,
    problem: Option<String>,
    /// Indexes were kept row by row.
    is_in_order: bool,
}

/// What came of an INSERT: how many rows, and whether indexes were kept row by row.
type Inserted = Outcome<(u64, bool)>;

impl Filling<'_> {
    /// Puts the first rows into a table, or notes why not.
    pub(super) fn begin(
        &self,
        client: &mut Client,
        table: &Table,
        counts: &Counts,
    ) -> Outcome<Begun> {
        let wanted = self.request.rows.of(&table.schema, &table.name);
        let mut begun = Begun { select: None, wanted, rows: 0, problem: None, is_in_order: false };
        let select = match self.select(table, wanted, counts) {
            Ok(select) => select,
            Err(column) => {
                let problem = format!("no values are known for its column \"{column}\"");
                return Ok(Begun { problem: Some(problem), ..begun });
            }
        };
        if !self.unchecked {
            // Its owner may do that; where it fails, the table may still have no triggers.
            let _ =
                client.batch_execute(&format!("alter table {} disable trigger user", table.sql()));
        }
        let first = first(wanted);
        let part = Part { numbers: 1..=first, wanted: first };
        begun.note(some(client, table, &select, &part))?;
        if begun.problem.is_none() {
            begun.select = Some(select);
        }
        Ok(begun)
    }

    /// Puts the other rows into a table that was begun.
    pub(super) fn finish(
        &self,
        client: &mut Client,
        table: &Table,
        mut begun: Begun,
    ) -> Outcome<FilledTable> {
        let (wanted, first) = (begun.wanted, first(begun.wanted));
        if let Some(select) = begun.select.take()
            && first < wanted
        {
            let part = Part { numbers: first + 1..=wanted, wanted: wanted - begun.rows };
            begun.note(some(client, table, &select, &part))?;
        }
        if begun.is_in_order {
            // Pages that filled up row by row are half empty; an index that is created for a trial is dense.
            client.batch_execute(&format!("reindex table {}", table.sql()))?;
        }
        client.query(include_str!("pending.sql"), &[&table.oid])?;
        let few = begun.rows < wanted.div_ceil(20);
        let problem = begun.problem.or_else(|| few.then(|| FEW.to_owned()));
        let (schema, table) = (table.schema.clone(), table.name.clone());
        Ok(FilledTable { schema, table, rows: begun.rows, problem })
    }

    /// Lets PostgreSQL look at a table that was filled.
    pub(super) fn look(&self, client: &mut Client, table: &Table) -> Outcome<()> {
        let idle = table.columns.iter().filter(|column| self.is_idle(table, column));
        let idle = idle.map(|it| format!("alter column {} set statistics 0", quoted(&it.name)));
        let idle: Vec<String> = idle.collect();
        if !idle.is_empty() {
            client.batch_execute(&format!("alter table {} {}", table.sql(), idle.join(", ")))?;
        }
        if self.is_partitioned(table) {
            // A partition has few rows, and a sample of few says something else each time.
            let rows = count(client, table)?;
            return sampling::look_at_all(client, &table.sql(), rows);
        }
        client.batch_execute(&format!("analyze {}", table.sql()))
    }

    fn is_partitioned(&self, table: &Table) -> bool {
        self.request.catalog.relation(table.oid).is_some_and(|it| it.relkind == 'p')
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

fn count(client: &mut Client, table: &Table) -> Outcome<u64> {
    let rows = client.query_one(&format!("select count(*) from {}", table.sql()), &[])?;
    Ok(u64::try_from(rows.try_get::<_, i64>(0)?).unwrap_or_default())
}

const FEW: &str = "few rows, or none, obey its constraints";

impl Begun {
    /// More rows came, or PostgreSQL said something against them.
    fn note(&mut self, rows: Inserted) -> Outcome<()> {
        match rows {
            Ok((rows, is_in_order)) => {
                self.rows += rows;
                self.is_in_order |= is_in_order;
            }
            Err(error) if error.is_closed() => return Err(error),
            Err(error) => {
                let words = error.as_db_error().map(|it| it.message().to_owned());
                self.problem = Some(words.unwrap_or_else(|| error.to_string()));
            }
        }
        Ok(())
    }
}

/// Numbers of rows, and how many of them are wanted.
struct Part {
    numbers: RangeInclusive<u64>,
    wanted: u64,
}

fn some(client: &mut Client, table: &Table, select: &Select, part: &Part) -> Inserted {
    match at_once(client, table, select, part) {
        // Who may not, or has rows that are refused only now, does it the way everybody can.
        Err(error) if !error.is_closed() => in_order(client, table, select, part),
        other => other,
    }
}

/// The rows first and into no log, and the indexes when they are all there: that takes a fraction of the time. It is for
/// superusers.
fn at_once(client: &mut Client, table: &Table, select: &Select, part: &Part) -> Inserted {
    let mut transaction = client.transaction()?;
    transaction.execute(include_str!("unlogged.sql"), &[&table.oid])?;
    let put_off = transaction.query(include_str!("put_off.sql"), &[&table.oid])?;
    let rows = rows(&mut transaction, table, select, part)?;
    for index in put_off {
        let index: String = index.try_get(0)?;
        transaction.batch_execute(&format!("reindex index {index}"))?;
    }
    transaction.commit()?;
    Ok((rows, false))
}

/// Row by row into the table and its indexes; what a key has already is left out.
fn in_order(client: &mut Client, table: &Table, select: &Select, part: &Part) -> Inserted {
    let mut transaction = client.transaction()?;
    let rows = rows(&mut transaction, table, select, part)?;
    transaction.commit()?;
    Ok((rows, true))
}

fn rows(to: &mut Transaction<'_>, table: &Table, select: &Select, part: &Part) -> Outcome<u64> {
    let Part { numbers, wanted } = part;
    let rows = some_rows(to, table, select, part)?;
    // Checks refused some: more numbers are tried. The first rows are few enough without.
    if rows < *wanted && !table.checks.is_empty() && *numbers.start() > 1 {
        let more = numbers.end() + 1..=numbers.end().saturating_mul(TRIES);
        let more = Part { numbers: more, wanted: wanted - rows };
        return Ok(rows + some_rows(to, table, select, &more)?);
    }
    Ok(rows)
}

fn some_rows(
    to: &mut Transaction<'_>,
    table: &Table,
    select: &Select,
    part: &Part,
) -> Outcome<u64> {
    let sql = select.sql(table, part.numbers.clone(), part.wanted);
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
