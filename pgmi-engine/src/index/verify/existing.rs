//! Whether an index that is there can go.

use super::WORSE;
use super::look::is_close;
use super::trial::{Trial, Way, failed};
use crate::Result;
use crate::connection::server_error;
use crate::diagnostic::ServerError;
use crate::index::{IndexDefinition, QueryId};

/// What came of dropping an index.
#[derive(Clone, Debug)]
pub enum DropVerdict {
    /// No query misses it. It stays dropped in the trial.
    Dropped,
    /// A query would cost clearly more.
    Missed { query: Option<QueryId>, before: f64, after: f64 },
    /// PostgreSQL does not drop it.
    Refused(ServerError),
}

impl Trial {
    /// Drops an index that is there, unless a query gets clearly worse than it is with all that was tried.
    ///
    /// # Errors
    /// The connection was lost.
    pub fn drop_existing(&mut self, index: &IndexDefinition) -> Result<DropVerdict> {
        let mut users = self.users(std::slice::from_ref(&index.name));
        let drop = format!("begin; {}", index.drop_sql(false));
        if let Err(error) = self.client.batch_execute(&drop) {
            self.client.batch_execute("rollback").map_err(|error| failed(&error))?;
            return match error.as_db_error() {
                Some(error) => Ok(DropVerdict::Refused(server_error(error))),
                None => Err(failed(&error)),
            };
        }
        let mut plans = self.plans_of(&users);
        if is_close(self.loss(&plans), WORSE) && self.way == Way::Real {
            self.client.batch_execute("rollback").map_err(|error| failed(&error))?;
            self.look_closely(&users)?;
            users = self.users(std::slice::from_ref(&index.name));
            self.client.batch_execute(&drop).map_err(|error| failed(&error))?;
            plans = self.plans_of(&users);
        }
        let missed = plans.iter().find_map(|(at, plan)| {
            let before = *self.best.get(*at)?;
            let after = plan.as_ref().map_or(f64::INFINITY, |plan| plan.cost);
            let query = self.queries[*at].id;
            (after > before * WORSE).then_some(DropVerdict::Missed { query, before, after })
        });
        let end = if missed.is_some() { "rollback" } else { "commit" };
        self.client.batch_execute(end).map_err(|error| failed(&error))?;
        if let Some(missed) = missed {
            return Ok(missed);
        }
        self.keep_plans(plans);
        Ok(DropVerdict::Dropped)
    }
}
