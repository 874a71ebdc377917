//! Reading what rows must be like.

use std::collections::HashMap;

use postgres::{Client, Row};

use super::Outcome;
use super::check::about_column;
use super::table::{Check, Column, ForeignKey, Table};
use crate::catalog::Oid;

/// Every table that can be filled, by name.
pub(super) fn tables(client: &mut Client) -> Outcome<Vec<Table>> {
    let rows = client.query(include_str!("tables.sql"), &[])?;
    let mut tables = rows.iter().map(table).collect::<Outcome<Vec<_>>>()?;
    let places: HashMap<Oid, usize> =
        tables.iter().enumerate().map(|(at, table)| (table.oid, at)).collect();
    let place = |row: &Row| -> Outcome<Option<usize>> {
        Ok(places.get(&row.try_get("relation")?).copied())
    };
    for row in client.query(include_str!("columns.sql"), &[])? {
        if let Some(table) = place(&row)?.and_then(|at| tables.get_mut(at)) {
            column(&row, table)?;
        }
    }
    for row in client.query(include_str!("constraints.sql"), &[])? {
        if let Some(table) = place(&row)?.and_then(|at| tables.get_mut(at)) {
            constraint(&row, table)?;
        }
    }
    for table in &mut tables {
        // A row of a partitioned table may go into any partition.
        let all: Vec<i32> = table.columns.iter().map(|it| it.number).collect();
        table.checks.iter_mut().filter(|it| it.columns.is_empty()).for_each(|check| {
            check.columns.clone_from(&all);
        });
    }
    Ok(tables)
}

fn table(row: &Row) -> Outcome<Table> {
    let has_partition: Option<String> = row.try_get("has_partition")?;
    let check = |it| Check { condition: format!("({it})"), columns: Vec::new() };
    Ok(Table {
        oid: row.try_get(0)?,
        schema: row.try_get(1)?,
        name: row.try_get(2)?,
        columns: Vec::new(),
        checks: has_partition.map(check).into_iter().collect(),
        foreign_keys: Vec::new(),
        keys: Vec::new(),
    })
}

fn column(row: &Row, table: &mut Table) -> Outcome<()> {
    let column = Column {
        number: row.try_get("attnum")?,
        name: row.try_get("attname")?,
        type_oid: row.try_get("atttypid")?,
        type_name: row.try_get("type_name")?,
        not_null: row.try_get("not_null")?,
        generated: row.try_get("generated")?,
        has_default: row.try_get("has_default")?,
    };
    for condition in row.try_get::<_, Vec<String>>("domain_checks")? {
        let condition = about_column(&condition, &column.name);
        table.checks.push(Check { condition, columns: vec![column.number] });
    }
    table.columns.push(column);
    Ok(())
}

fn constraint(row: &Row, table: &mut Table) -> Outcome<()> {
    let columns = numbers(row, "columns")?;
    match row.try_get::<_, &str>("kind")? {
        "c" => table.checks.push(Check { condition: row.try_get("condition")?, columns }),
        "f" => table.foreign_keys.push(ForeignKey {
            columns,
            parent: row.try_get("parent")?,
            parent_columns: numbers(row, "parent_columns")?,
        }),
        _ => table.keys.push(columns),
    }
    Ok(())
}

fn numbers(row: &Row, name: &str) -> Outcome<Vec<i32>> {
    let numbers: Option<Vec<i16>> = row.try_get(name)?;
    Ok(numbers.unwrap_or_default().into_iter().map(i32::from).collect())
}
