//! A project inside one PostgreSQL session: its tables, its deployment, and what went wrong.
//!
//! Everything happens on one connection. The engine loads files and parameters and sends the user's
//! `deploy.sql`; order, transactions and tests are decided there, never here.
//!
//! ```text
//! connect ─► guard + tables ─► load ─► views + functions ─► [expand test calls] ─► units of deploy.sql ─► unlock
//!            one message       one     one message           one                   the user's own        one
//! ```

mod administer;
mod database;
mod deploy;
mod event;
mod failure;
mod load;
mod marks;
mod opened;
mod pooler;
mod prepare;
mod rehearsal;
mod report;
mod watch;

pub use administer::{create_database, drop_database, reset_database};
pub use database::database_exists;
pub use deploy::{DeployRequest, deploy};
pub use event::{Event, Events, Notice};
pub use rehearsal::NotRun;
pub use report::{DeployFailure, DeployReport, ExecutionMode};
pub use watch::Interrupt;

// What a suite of tests needs: a session that was prepared like that of a deployment.
pub(crate) use database::connect;
pub(crate) use failure::{Failure, SendError};
pub(crate) use opened::{Opened, ends_connection};
pub(crate) use prepare::{How, prepare};
pub(crate) use watch::{Stop, Watch};

/// The versions of the session API that `--compat` may name.
pub const API_VERSIONS: &[u32] = &[1];

#[cfg(test)]
mod tests {
    /// What the engine sends must fit into a database of any encoding, comments included.
    #[test]
    fn our_own_sql_is_ascii() {
        for sql in [
            include_str!("expand.sql"),
            include_str!("functions.sql"),
            include_str!("guard.sql"),
            include_str!("load.sql"),
            include_str!("mark.sql"),
            include_str!("plan.sql"),
            include_str!("settings.sql"),
            include_str!("tables.sql"),
            include_str!("views.sql"),
            include_str!("../drift/objects.sql"),
            include_str!("../drift/record.sql"),
            include_str!("../drift/settings.sql"),
        ] {
            let wrong = sql.lines().find(|line| !line.is_ascii());
            assert_eq!(wrong, None);
        }
    }
}
