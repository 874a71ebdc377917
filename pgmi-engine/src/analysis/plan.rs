//! How PostgreSQL would run a query.

use postgres::SimpleQueryMessage;

use super::Deployed;
use crate::Result;
use crate::connection::ConnectOptions;
use crate::query::Query;

/// `EXPLAIN (GENERIC_PLAN)` came with it.
const GENERIC_PLAN: u16 = 16;

impl Deployed {
    /// The query plan for parameters of any value, over tables that hold what the project puts there. Planned,
    /// not run: [EXPLAIN](https://www.postgresql.org/docs/current/sql-explain.html) without ANALYZE. None for a
    /// statement that has no plan, such as a utility.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub fn plan(&self, query: &Query) -> Result<Option<String>> {
        let mut client = self.shadow().target().connect(ConnectOptions::default())?.client;
        let explain = match self.server().major() {
            GENERIC_PLAN.. => format!("explain (generic_plan, costs off) {}", query.sql),
            _ => match client.batch_execute(&prepared(query)) {
                Ok(()) => format!("explain (costs off) execute pgmi{}", nulls(query)),
                Err(_) => return Ok(None),
            },
        };
        let Ok(lines) = client.simple_query(&explain) else { return Ok(None) };
        let lines = lines.iter().filter_map(|line| match line {
            SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        });
        Ok(Some(lines.collect::<Vec<_>>().join("\n")))
    }
}

fn prepared(query: &Query) -> String {
    format!("set plan_cache_mode = force_generic_plan; prepare pgmi as {}", query.sql)
}

/// A generic plan does not look at them.
fn nulls(query: &Query) -> String {
    match query.placeholders.len() {
        0 => String::new(),
        count => format!("({})", vec!["null"; count].join(", ")),
    }
}
