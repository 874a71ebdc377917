//! One INSERT … SELECT for each table.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use postgres::Client;

use super::column::Filler;
use super::hint::{Hint, Hints};
use super::number::{Number, salt};
use super::table::{Column, ForeignKey, Table};
use super::{FillRequest, FilledTable, Outcome};
use crate::catalog::Oid;
use crate::index::{ColumnName, quoted};

/// Rows that are tried for each that is wanted, where checks refuse some.
const TRIES: u64 = 16;

/// A parent that has children has about so many.
const CHILDREN: u64 = 20;

/// What all tables are filled with.
pub(super) struct Filling<'a> {
    pub request: &'a FillRequest<'a>,
    pub hints: &'a Hints,
    /// Whether triggers, and with them foreign keys, sleep.
    pub unchecked: bool,
}

/// How many rows tables have by now.
pub(super) type Counts = HashMap<Oid, u64>;

/// A statement in the making.
#[derive(Default)]
struct Select {
    /// Column, and its value.
    items: Vec<(String, String)>,
    joins: Vec<String>,
    /// Generated columns, which checks may speak of.
    computed: Vec<String>,
}

impl Filling<'_> {
    /// Fills a table and lets PostgreSQL look at it, or notes why not.
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
            Ok(select) => self.insert(client, table, &select, wanted)?,
        };
        if rows > 0 {
            client.query(include_str!("pending.sql"), &[&table.oid])?;
            client.batch_execute(&format!("analyze {}", table.sql()))?;
        }
        let few = rows < wanted.div_ceil(20);
        let problem = problem.or_else(|| few.then(|| FEW.to_owned()));
        let (schema, table) = (table.schema.clone(), table.name.clone());
        Ok(FilledTable { schema, table, rows, problem })
    }

    fn insert(
        &self,
        client: &mut Client,
        table: &Table,
        select: &Select,
        wanted: u64,
    ) -> Outcome<(u64, Option<String>)> {
        if !self.unchecked {
            // Its owner may do that; where it fails, the table may still have no triggers.
            let _ =
                client.batch_execute(&format!("alter table {} disable trigger user", table.sql()));
        }
        let inserted = match insert_some(client, table, select, 1..=wanted, wanted) {
            // Checks refused some: more numbers are tried.
            Ok(rows) if rows < wanted && !table.checks.is_empty() => {
                let more = wanted + 1..=wanted.saturating_mul(TRIES);
                insert_some(client, table, select, more, wanted - rows).map(|more| rows + more)
            }
            other => other,
        };
        match inserted {
            Ok(rows) => Ok((rows, None)),
            Err(error) if error.is_closed() => Err(error),
            Err(error) => {
                let words = error.as_db_error().map(|it| it.message().to_owned());
                Ok((0, Some(words.unwrap_or_else(|| error.to_string()))))
            }
        }
    }

    /// What the rows are made of; the name of a column where no value for it is known.
    fn select(&self, table: &Table, rows: u64, counts: &Counts) -> Result<Select, String> {
        let mut select = Select::default();
        let mut keys: Vec<&ForeignKey> = table.foreign_keys.iter().collect();
        // The widest first: it decides about the columns that others share with it.
        keys.sort_by_key(|key| std::cmp::Reverse(key.columns.len()));
        for key in keys {
            let parents = counts.get(&key.parent).copied().unwrap_or_default();
            self.refer(table, key, (rows, parents), &mut select);
        }
        for column in &table.columns {
            let name = quoted(&column.name);
            if let Some(generated) = &column.generated {
                select.computed.push(format!("({generated}) as {name}"));
                continue;
            }
            if select.items.iter().any(|(known, _)| *known == name) {
                continue;
            }
            match self.filler(table, column, rows).expression() {
                Some(value) => select.items.push((name, value)),
                None if column.not_null && !column.has_default => return Err(column.name.clone()),
                None => {}
            }
        }
        Ok(select)
    }

    fn filler<'f>(&'f self, table: &'f Table, column: &'f Column, rows: u64) -> Filler<'f> {
        static NOTHING: std::sync::LazyLock<Hint> = std::sync::LazyLock::new(Hint::default);
        let request = self.request;
        let (schema, name) = (&table.schema, &table.name);
        let key =
            ColumnName { schema: schema.clone(), table: name.clone(), column: column.name.clone() };
        Filler {
            catalog: request.catalog,
            table,
            column,
            hint: self.hints.get(&key).unwrap_or(&NOTHING),
            statistics: request.rows.column(schema, name, &column.name),
            rows,
        }
    }

    /// Takes the columns of a foreign key from rows of its parent.
    fn refer(
        &self,
        table: &Table,
        key: &ForeignKey,
        (rows, parents): (u64, u64),
        select: &mut Select,
    ) {
        let columns: Vec<(&Column, i32)> = key
            .columns
            .iter()
            .zip(&key.parent_columns)
            .filter_map(|(number, parent)| Some((table.column(*number)?, *parent)))
            .filter(|(column, _)| !select.items.iter().any(|it| it.0 == quoted(&column.name)))
            .collect();
        let known = parents > 0 && key.parent != table.oid;
        let number = match known {
            true => self.parent_number(table, key, rows, parents),
            false => Number("(1 + g.i / 10)".to_owned()),
        };
        let join = select.joins.len();
        let mut taken = Vec::new();
        for (at, (column, parent)) in columns.iter().enumerate() {
            let value = match known {
                true => Some(format!("p{join}.k{at}")),
                // The parent's rows are not there yet: their keys are foreseen.
                false => {
                    self.filler(table, column, rows).of_row(&number).filter(|_| self.unchecked)
                }
            };
            taken.push(*parent);
            let name = quoted(&column.name);
            let may_be_null = !column.not_null && !self.is_key(table, column);
            match (value, may_be_null) {
                (Some(value), false) => select.items.push((name, value)),
                (Some(value), true) => {
                    let nulls = Number::row().hashed(salt(&table.schema, &table.name, "null"), 20);
                    let value = format!("case when {} > 0 then {value} end", nulls.0);
                    select.items.push((name, value));
                }
                (None, true) => select.items.push((name, "null".to_owned())),
                (None, false) => {}
            }
        }
        if known && !taken.is_empty() {
            select.joins.push(self.join(key.parent, &taken, join, &number));
        }
    }

    fn is_key(&self, table: &Table, column: &Column) -> bool {
        table.keys.iter().any(|key| key.contains(&column.number))
    }

    /// Which parent the row of a number has.
    fn parent_number(&self, table: &Table, key: &ForeignKey, rows: u64, parents: u64) -> Number {
        let is_one_to_one = table.keys.contains(&key.columns);
        if is_one_to_one {
            return Number(format!("(1 + (g.i - 1) % {parents})"));
        }
        let names: Vec<String> = key.columns.iter().map(ToString::to_string).collect();
        let salt = salt(&table.schema, &table.name, &names.join(","));
        // Of pairs that tell rows apart there must be enough.
        let is_pair = table.keys.iter().any(|it| {
            table.distinguishing(it).is_none()
                && key.columns.iter().all(|column| it.contains(column))
        });
        let number = match is_pair {
            true => Number::row().hashed(salt, parents.min((rows / 2).max(1))),
            false => Number::row().skewed(salt, parents.min((rows / CHILDREN).max(1))),
        };
        Number(format!("(1 + {})", number.0))
    }

    fn join(&self, parent: Oid, columns: &[i32], at: usize, number: &Number) -> String {
        let relation = self.request.catalog.relation(parent);
        let name = |number: &i32| {
            let column = relation.and_then(|it| it.column(*number));
            column.map(|it| quoted(&it.name)).unwrap_or_default()
        };
        let names: Vec<String> = columns.iter().map(name).collect();
        let table = relation
            .map(|it| format!("{}.{}", quoted(&it.schema), quoted(&it.name)))
            .unwrap_or_default();
        let keys: Vec<String> = (0..columns.len()).map(|key| format!("k{key}")).collect();
        format!(
            " left join (select {}, pg_catalog.row_number() over () from {table}) as p{at} ({}, n) on p{at}.n = {}",
            names.join(", "),
            keys.join(", "),
            number.0
        )
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

fn insert_some(
    client: &mut Client,
    table: &Table,
    select: &Select,
    numbers: RangeInclusive<u64>,
    wanted: u64,
) -> Outcome<u64> {
    let sql = select.sql(table, numbers, wanted);
    match client.execute(&format!("{sql} on conflict do nothing"), &[]) {
        // A deferrable constraint is not for ON CONFLICT.
        Err(error) if error.code().is_some_and(|it| it.code() == "55000") => {
            client.execute(&sql, &[])
        }
        other => other,
    }
}

impl Select {
    /// Rows of these numbers, `wanted` of them at most.
    fn sql(&self, table: &Table, numbers: RangeInclusive<u64>, wanted: u64) -> String {
        let names: Vec<&str> = self.items.iter().map(|(name, _)| &**name).collect();
        let columns = names.join(", ");
        let items: Vec<String> =
            self.items.iter().map(|(name, value)| format!("{value} as {name}")).collect();
        let filter = match table.checks.is_empty() {
            true => String::new(),
            false => format!(" where {} limit {wanted}", conditions(table, &names)),
        };
        let computed: String = self.computed.iter().map(|it| format!(", {it}")).collect();
        format!(
            "insert into {} ({columns}) overriding system value select {columns} from (\
             select s.*{computed} from (\
             select {} from pg_catalog.generate_series({}::int8, {}) as g (i){}) as s) as s{filter}",
            table.sql(),
            items.join(", "),
            numbers.start(),
            numbers.end(),
            self.joins.concat(),
        )
    }
}

fn conditions(table: &Table, names: &[&str]) -> String {
    let all = table.checks.iter().map(|it| format!("({}) is not false", it.condition));
    // Where no value obeys the checks of a column, there is none.
    let filled = table.columns.iter().filter(|it| it.not_null).map(|it| quoted(&it.name));
    let filled = filled.filter(|name| names.contains(&&**name));
    let all: Vec<String> = all.chain(filled.map(|it| format!("{it} is not null"))).collect();
    all.join(" and ")
}
