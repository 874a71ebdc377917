//! Rows for the tables of a throwaway database, so that PostgreSQL's estimates mean something.
//!
//! ```text
//! pg_catalog ─► tables ─► order by foreign keys ─► one INSERT … SELECT a table ─► ANALYZE
//! literals of queries ─► which values are rare ─┘
//! ```
//!
//! The rows obey the constraints, and are the same on every run but for times, which lie around now. A
//! table for which no rows can be made stays empty, and [`Filled`] says why. There is no way to call it for a
//! database that is not a throwaway one: it takes a [`Shadow`].

mod check;
mod column;
mod hint;
mod idle;
mod insert;
mod literal;
mod number;
mod order;
mod read;
mod refer;
mod rows;
mod select;
mod table;
mod value;

use std::collections::HashSet;

use postgres::Client;

use super::{Workload, sampling};
use crate::Result;
use crate::catalog::{Catalog, Oid};
use crate::connection::{ConnectOptions, server_error};
use crate::diagnostic::{Code, Diagnostic};
use crate::shadow::Shadow;

use insert::Filling;
use order::Job;

pub use rows::{ColumnStatistics, Rows, TableStatistics};

/// What to fill, and with what.
#[derive(Clone, Copy, Debug)]
pub struct FillRequest<'a> {
    pub catalog: &'a Catalog,
    /// Its literals become the rare values of their columns.
    pub workload: &'a Workload,
    pub rows: &'a Rows,
    /// These tables and what they refer to; empty for all.
    pub tables: &'a HashSet<Oid>,
    /// The columns whose values decide about plans, by relation and number; none for all. Others may hold the same
    /// value in every row.
    pub asked: Option<&'a HashSet<(Oid, i32)>>,
}

/// What was filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub tables: Vec<FilledTable>,
}

/// A table after filling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledTable {
    pub schema: String,
    pub table: String,
    pub rows: u64,
    /// Why it has no rows, or far fewer than it should have.
    pub problem: Option<String>,
}

/// Fills the tables and analyses them.
///
/// # Errors
/// [`Code::ConnectionFailed`], [`Code::CatalogUnreadable`]. A table that cannot be filled is no error.
pub fn fill(shadow: &Shadow, request: &FillRequest<'_>) -> Result<Filled> {
    let connect = || shadow.target().connect(ConnectOptions::default()).map(|it| it.client);
    let (mut client, other) = (connect()?, connect()?);
    fill_with(&mut client, other, request).map_err(|error| {
        let message = "the throwaway database cannot be filled with rows";
        let finding = Diagnostic::error(Code::CatalogUnreadable, message);
        match error.as_db_error() {
            Some(error) => finding.server(server_error(error)),
            None => finding.note(error.to_string()),
        }
        .into()
    })
}

type Outcome<T> = std::result::Result<T, postgres::Error>;

fn fill_with(client: &mut Client, mut other: Client, request: &FillRequest<'_>) -> Outcome<Filled> {
    let tables = read::tables(client)?;
    let wanted = order::wanted(&tables, request);
    let hints = hint::hints(request.workload, request.catalog);
    let mut unchecked = true;
    for it in [&mut *client, &mut other] {
        it.batch_execute(SESSION)?;
        it.batch_execute(sampling::SAMPLE)?;
        unchecked &= it.batch_execute("set session_replication_role = replica").is_ok();
    }
    let related = idle::related(&tables, request.catalog);
    let filling = Filling { request, hints: &hints, tables: &tables, related: &related, unchecked };
    let queue = order::Queue::new(&filling, &tables, &wanted);
    let work = |client: &mut Client| {
        let done = work(client, &filling, &queue);
        if done.is_err() {
            queue.abandon();
        }
        done
    };
    // One table after the other is what takes most of the time, and servers have more than one processor.
    std::thread::scope(|scope| {
        let helper = scope.spawn(|| work(&mut other));
        let own = work(client);
        own.and(helper.join().unwrap_or(Ok(())))
    })?;
    filling.views(client)?;
    Ok(queue.filled())
}

fn work<'a>(client: &mut Client, filling: &Filling<'a>, queue: &order::Queue<'a>) -> Outcome<()> {
    while let Some(job) = queue.next() {
        match job {
            Job::Begin(table, counts) => {
                queue.begun(table, filling.begin(client, table, &counts)?);
            }
            Job::Finish(table, begun) => {
                queue.finished(table, filling.finish(client, table, begun)?);
            }
            Job::Look(table) => filling.look(client, table)?,
        }
    }
    Ok(())
}

/// Text of dates and intervals in values that we write; limits, so that nothing hangs.
const SESSION: &str = "
    set datestyle = 'ISO, MDY';
    set intervalstyle = postgres;
    set statement_timeout = '60s';
    set synchronous_commit = off;
    set row_security = off;
    -- Which rows come first must not depend on who else reads.
    set synchronize_seqscans = off;";
