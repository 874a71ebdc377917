//! Parse + Describe, and the tree that comes beside it.

use std::sync::{Arc, Mutex, PoisonError};

use postgres::Client;
use postgres::error::DbError;

use super::tree::{Query, parse, queries};
use crate::Result;
use crate::catalog::Oid;
use crate::diagnostic::{Code, Diagnostic};

/// Where the notices of a connection go: those with trees are kept.
#[derive(Clone, Default)]
pub struct Trees(Arc<Mutex<Vec<String>>>);

impl Trees {
    /// What to hand to [`postgres::Config::notice_callback`].
    pub fn callback(&self) -> impl Fn(DbError) + Send + Sync + use<> {
        let trees = Arc::clone(&self.0);
        move |notice| {
            // Not translated: it is made by `elog`.
            if let ("rewritten parse tree:", Some(tree)) = (notice.message(), notice.detail()) {
                let mut trees = trees.lock().unwrap_or_else(PoisonError::into_inner);
                trees.push(tree.to_owned());
            }
        }
    }

    fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The first tree: later ones are of the driver's own questions about types.
    fn first(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..).next()
    }
}

/// What PostgreSQL answered.
pub(super) struct Prepared {
    pub parameters: Vec<Oid>,
    /// Name and type; of a domain its base type.
    pub columns: Vec<(String, Oid)>,
    /// Empty where the tree could not be read.
    pub queries: Vec<Query>,
}

/// Makes the session print its trees to us, and not to the server's log where that can be helped.
pub(super) fn set_up(client: &mut Client) -> Result<()> {
    const SETTINGS: &str = "
        select pg_catalog.set_config('log_min_messages', 'fatal', false)
        from pg_catalog.pg_roles where rolname = current_user and rolsuper;
        set debug_pretty_print = off;
        set client_min_messages = log;
        set debug_print_rewritten = on;";
    set(client, SETTINGS)
}

/// Has trees printed from now on, or not.
pub(super) fn print_trees(client: &mut Client, printed: bool) -> Result<()> {
    set(
        client,
        if printed { "set debug_print_rewritten = on" } else { "set debug_print_rewritten = off" },
    )
}

fn set(client: &mut Client, settings: &str) -> Result<()> {
    client.batch_execute(settings).map_err(|error| {
        let message = "the session cannot be set up to describe queries";
        Diagnostic::error(Code::CatalogUnreadable, message).note(error.to_string()).into()
    })
}

pub(super) fn prepare(
    client: &mut Client,
    trees: &Trees,
    sql: &str,
) -> std::result::Result<Prepared, postgres::Error> {
    trees.clear();
    let statement = client.prepare(sql)?;
    let tree = trees.first().unwrap_or_default();
    let column = |it: &postgres::Column| (it.name().to_owned(), it.type_().oid());
    Ok(Prepared {
        parameters: statement.params().iter().map(postgres::types::Type::oid).collect(),
        columns: statement.columns().iter().map(column).collect(),
        queries: parse(&tree).map(|value| queries(&value)).unwrap_or_default(),
    })
}
