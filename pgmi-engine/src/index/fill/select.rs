//! What the rows of a table are made of: one SELECT.

use std::ops::RangeInclusive;

use super::column::Filler;
use super::hint::Hint;
use super::insert::{Counts, Filling};
use super::table::{Column, ForeignKey, Table};
use crate::index::{ColumnName, quoted};

/// A statement in the making.
#[derive(Debug, Default)]
pub(super) struct Select {
    /// Column, and its value.
    pub items: Vec<(String, String)>,
    pub joins: Vec<String>,
    /// Generated columns, which checks may speak of.
    computed: Vec<String>,
}

impl Filling<'_> {
    /// What the rows are made of; the name of a column where no value for it is known.
    pub(super) fn select(
        &self,
        table: &Table,
        rows: u64,
        counts: &Counts,
    ) -> Result<Select, String> {
        let mut select = Select::default();
        let mut keys: Vec<&ForeignKey> = table.foreign_keys.iter().collect();
        // The widest first: it decides about the columns that others share with it.
        keys.sort_by_key(|key| std::cmp::Reverse(key.columns.len()));
        for key in keys {
            self.refer(table, key, (rows, counts), &mut select);
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
            match self.value(table, column, rows) {
                Some(value) => select.items.push((name, value)),
                None if column.not_null && !column.has_default => return Err(column.name.clone()),
                None => {}
            }
        }
        Ok(select)
    }

    /// What stands in a column; none for a type of which no value is known.
    fn value(&self, table: &Table, column: &Column, rows: u64) -> Option<String> {
        let filler = self.filler(table, column, rows);
        match self.is_idle(table, column) {
            true => filler.once(),
            false => filler.expression(),
        }
    }

    pub(super) fn filler<'f>(
        &'f self,
        table: &'f Table,
        column: &'f Column,
        rows: u64,
    ) -> Filler<'f> {
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
            nulls: request.rows.nulls(schema, name, &column.name),
            rows,
        }
    }
}

impl Select {
    /// Rows of these numbers, `wanted` of them at most.
    pub(super) fn sql(&self, table: &Table, numbers: RangeInclusive<u64>, wanted: u64) -> String {
        let names: Vec<&str> = self.items.iter().map(|(name, _)| &**name).collect();
        let columns = names.join(", ");
        let items: Vec<String> =
            self.items.iter().map(|(name, value)| format!("{value} as {name}")).collect();
        let filter = match table.checks.is_empty() {
            true => String::new(),
            false => format!(" where {} limit {wanted}", conditions(table, &names)),
        };
        let computed: String = self.computed.iter().map(|it| format!(", {it}")).collect();
        // OFFSET keeps values that checks look at from being computed twice.
        format!(
            "insert into {} ({columns}) overriding system value select {columns} from (\
             select s.*{computed} from (\
             select {} from pg_catalog.generate_series({}::int8, {}) as g (i){} offset 0) as s) as s{filter}",
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
