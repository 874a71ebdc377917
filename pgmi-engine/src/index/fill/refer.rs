//! Foreign keys: rows get the keys of rows that their parents have.

use super::column::{CHILDREN, Filler};
use super::insert::{Counts, Filling};
use super::number::{Number, salt};
use super::select::Select;
use super::table::{Column, ForeignKey, Table};
use crate::catalog::Oid;
use crate::index::quoted;

/// Which of so many parents a row has.
struct Parents {
    /// Counted from 1.
    number: Number,
    /// The greatest that comes.
    most: u64,
}

/// How many of so many rows come first: as many as others refer to, mostly.
pub(super) fn first(rows: u64) -> u64 {
    rows.div_ceil(CHILDREN)
}

impl Filling<'_> {
    /// Whether rows refer to more of their parents than come first.
    pub(super) fn needs_all(&self, table: &Table, key: &ForeignKey) -> bool {
        let rows = |schema: &str, name: &str| self.request.rows.of(schema, name);
        let Some(parent) = self.request.catalog.relation(key.parent) else { return true };
        let wanted = rows(&table.schema, &table.name);
        // The first rows of partitions do not lie in front.
        parent.relkind == 'p'
            || is_one_to_one(table, key)
            || is_pair(table, key)
            || wanted / CHILDREN > first(rows(&parent.schema, &parent.name))
    }

    /// Takes the columns of a foreign key from rows of its parent.
    pub(super) fn refer(
        &self,
        table: &Table,
        key: &ForeignKey,
        (rows, counts): (u64, &Counts),
        select: &mut Select,
    ) {
        let columns: Vec<(&Column, i32)> = key
            .columns
            .iter()
            .zip(&key.parent_columns)
            .filter_map(|(number, parent)| Some((table.column(*number)?, *parent)))
            .filter(|(column, _)| !select.items.iter().any(|it| it.0 == quoted(&column.name)))
            .collect();
        let needs_all = self.needs_all(table, key);
        let counts = if needs_all { &counts.all } else { &counts.first };
        let parents = counts.get(&key.parent).copied().unwrap_or_default();
        let known = parents > 0 && key.parent != table.oid;
        let foreseen = self.foreseen(key, parents, needs_all).filter(|_| known);
        let Parents { number, most } = match known {
            true => parents_of(table, key, (rows, self.alike(table, key, rows)), parents),
            false => Parents { number: Number("(1 + g.i / 10)".to_owned()), most: rows },
        };
        let join = select.joins.len();
        let mut taken = Vec::new();
        for (at, (column, parent)) in columns.iter().enumerate() {
            let value = match (&foreseen, known) {
                (Some(parent), _) => parent.of_row(&number),
                (None, true) => {
                    taken.push(*parent);
                    Some(format!("p{join}.k{at}"))
                }
                // The parent's rows are not there yet.
                (None, false) => {
                    self.filler(table, column, rows).of_row(&number).filter(|_| self.unchecked)
                }
            };
            let name = quoted(&column.name);
            let may_be_null = !column.not_null && !is_key(table, column);
            match (value, may_be_null) {
                (Some(value), false) => select.items.push((name, value)),
                (Some(value), true) => {
                    let filler = self.filler(table, column, rows);
                    select.items.push((name, filler.reference(value)));
                }
                (None, true) => select.items.push((name, "null".to_owned())),
                (None, false) => {}
            }
        }
        if !taken.is_empty() {
            select.joins.push(self.join(key.parent, &taken, join, (&number, most)));
        }
    }

    /// How many rows of a parent that has some there are.
    fn alike(&self, table: &Table, key: &ForeignKey, rows: u64) -> u64 {
        let is_said = |schema: &str, name: &str| {
            self.request.rows.tables.contains_key(&(schema.to_owned(), name.to_owned()))
        };
        let parent = self.request.catalog.relation(key.parent);
        // Then it follows from the two.
        let both = is_said(&table.schema, &table.name)
            && parent.is_some_and(|it| is_said(&it.schema, &it.name));
        match key.columns[..] {
            [only] if !both => {
                table.column(only).map_or(CHILDREN, |it| self.filler(table, it, rows).alike())
            }
            _ => CHILDREN,
        }
    }

    /// The column of a parent whose value follows from the number of the row, where no row was left out: nobody has to
    /// read what stands there.
    fn foreseen(&self, key: &ForeignKey, parents: u64, needs_all: bool) -> Option<Filler<'_>> {
        let parent = self.tables.iter().find(|it| it.oid == key.parent)?;
        let [number] = key.parent_columns[..] else { return None };
        let wanted = self.request.rows.of(&parent.schema, &parent.name);
        // Where checks refuse rows of the rest, others take their place.
        let is_whole = match needs_all {
            true => parents == wanted && parent.checks.is_empty(),
            false => parents == first(wanted),
        };
        let column = parent.column(number).filter(|it| is_whole && parent.is_numbered(it))?;
        Some(self.filler(parent, column, wanted))
    }

    /// Of the parents only those that are wanted are read.
    fn join(
        &self,
        parent: Oid,
        columns: &[i32],
        at: usize,
        (number, most): (&Number, u64),
    ) -> String {
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
            " left join (select {}, pg_catalog.row_number() over () from {table} limit {most}) as p{at} ({}, n) on p{at}.n = {}",
            names.join(", "),
            keys.join(", "),
            number.0
        )
    }
}

fn is_key(table: &Table, column: &Column) -> bool {
    table.keys.iter().any(|key| key.contains(&column.number))
}

/// Which parent the row of a number has.
fn parents_of(table: &Table, key: &ForeignKey, (rows, alike): (u64, u64), parents: u64) -> Parents {
    if is_one_to_one(table, key) {
        let number = Number(format!("(1 + (g.i - 1) % {parents})"));
        return Parents { number, most: parents };
    }
    let names: Vec<String> = key.columns.iter().map(ToString::to_string).collect();
    let salt = salt(&table.schema, &table.name, &names.join(","));
    let is_pair = is_pair(table, key);
    let most = parents.min((rows / if is_pair { 2 } else { alike }).max(1));
    let number = match is_pair {
        true => Number::row().hashed(salt, most),
        false => Number::row().skewed(salt, most),
    };
    Parents { number: Number(format!("(1 + {})", number.0)), most }
}

fn is_one_to_one(table: &Table, key: &ForeignKey) -> bool {
    table.keys.contains(&key.columns)
}

/// Of pairs that tell rows apart there must be enough.
fn is_pair(table: &Table, key: &ForeignKey) -> bool {
    table.keys.iter().any(|it| {
        table.distinguishing(it).is_none() && key.columns.iter().all(|column| it.contains(column))
    })
}
