//! The statistics of a given database, to fill a throwaway one like it.

use std::collections::{HashMap, HashSet};

use postgres::{Client, Row};

use super::{ColumnStatistics, TableStatistics, quoted};
use crate::connection::{ConnectOptions, Target, server_error};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Error, Result};

/// Statistics by schema and table.
pub type Statistics = HashMap<(String, String), TableStatistics>;

/// Reads how many rows the tables of a database have and how their values are spread: `pg_class` and `pg_stats`.
/// No row of a table is read, and the session can write nothing. `pg_stats` holds values that are common;
/// they go into the throwaway database and nowhere else.
///
/// # Errors
/// [`Code::ConnectionFailed`]; [`Code::InsufficientPrivilege`] where the role may not see the statistics.
pub fn read_statistics(target: &Target) -> Result<Statistics> {
    let mut options = ConnectOptions::default();
    let read_only = ("default_transaction_read_only".to_owned(), "on".to_owned());
    options.settings.push(read_only);
    let mut client = target.connect(options)?.client;
    let (statistics, hidden) = read(&mut client).map_err(|error| failed(&error))?;
    match hidden.is_empty() {
        true => Ok(statistics),
        false => Err(not_permitted(&hidden, &crate::index::verify::role(&mut client))),
    }
}

/// The columns of the tables that a database has, by schema, table and name.
///
/// # Errors
/// [`Code::ConnectionFailed`]
pub fn read_columns(target: &Target) -> Result<Vec<[String; 3]>> {
    let mut client = target.connect(ConnectOptions::default())?.client;
    let rows = client.query(include_str!("columns.sql"), &[]).map_err(|error| failed(&error))?;
    let names = rows.iter().map(|row| Ok([row.try_get(0)?, row.try_get(1)?, row.try_get(2)?]));
    let names: std::result::Result<_, postgres::Error> = names.collect();
    names.map_err(|error| failed(&error))
}

/// The tables that a database has, by schema and name: those that are in production, where it is that.
///
/// # Errors
/// [`Code::ConnectionFailed`]
pub fn read_tables(target: &Target) -> Result<HashSet<(String, String)>> {
    let mut client = target.connect(ConnectOptions::default())?.client;
    let rows = client.query(include_str!("tables.sql"), &[]).map_err(|error| failed(&error))?;
    let names = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    let names: std::result::Result<_, postgres::Error> = names.collect();
    names.map_err(|error| failed(&error))
}

/// With the tables that have rows, but no statistics for this role.
fn read(client: &mut Client) -> std::result::Result<(Statistics, Vec<String>), postgres::Error> {
    let mut statistics = Statistics::new();
    let mut hidden: Vec<String> = Vec::new();
    for row in client.query(include_str!("statistics.sql"), &[])? {
        let key: (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let name = format!("{}.{}", quoted(&key.0), quoted(&key.1));
        let table = statistics.entry(key).or_default();
        table.rows = row.try_get("reltuples")?;
        table.pages = row.try_get("relpages")?;
        if table.rows > 0.0 && !row.try_get::<_, bool>("is_readable")? && !hidden.contains(&name) {
            hidden.push(name);
        }
        if let Some(column) = row.try_get("attname")? {
            table.columns.insert(column, of_column(&row)?);
        }
    }
    Ok((statistics, hidden))
}

fn of_column(row: &Row) -> std::result::Result<ColumnStatistics, postgres::Error> {
    let common: Option<Vec<Option<String>>> = row.try_get("common")?;
    let shares: Option<Vec<f64>> = row.try_get("shares")?;
    let pairs = common.unwrap_or_default().into_iter().zip(shares.unwrap_or_default());
    Ok(ColumnStatistics {
        null_frac: row.try_get("null_frac")?,
        n_distinct: row.try_get("n_distinct")?,
        most_common: pairs.filter_map(|(value, share)| Some((value?, share))).collect(),
    })
}

fn not_permitted(hidden: &[String], role: &str) -> Error {
    let message = match hidden {
        [only] => format!("the statistics of {only} cannot be read: permission denied"),
        [first, rest @ ..] => {
            let count = rest.len();
            format!(
                "the statistics of {first} and {count} more tables cannot be read: permission denied"
            )
        }
        [] => "the statistics cannot be read: permission denied".to_owned(),
    };
    Diagnostic::error(Code::InsufficientPrivilege, message)
        .note("pg_stats shows a role the columns that it may read")
        .help(format!("grant select on {} to {role};", hidden.join(", ")))
        .help(format!("or all of them: grant pg_read_all_data to {role};"))
        .into()
}

fn failed(error: &postgres::Error) -> Error {
    let finding = Diagnostic::error(Code::CatalogUnreadable, "the statistics cannot be read");
    match error.as_db_error() {
        Some(error) => finding.server(server_error(error)),
        None => finding.note(error.to_string()),
    }
    .into()
}
