//! Where prepared statements are kept, and the way to one.

use tokio_postgres::Statement;
use tokio_postgres::types::Type;

use super::Statements;
use crate::column::verify;
use crate::{Column, Error, Parameter, Result};

/// Where the prepared statements of a connection are kept.
#[derive(Clone, Copy)]
pub enum Kept<'c> {
    Own(&'c Statements),
    #[cfg(feature = "deadpool")]
    Deadpool(&'c deadpool_postgres::StatementCache),
}

/// What is prepared.
pub struct Wanted<'w> {
    pub query: &'static str,
    pub sql: &'static str,
    pub parameters: &'w [Parameter<'w>],
    pub columns: &'static [Column],
}

impl Kept<'_> {
    /// The statement, where it is known to be prepared and its columns to be right.
    pub fn known(self, wanted: &Wanted<'_>) -> Option<Statement> {
        match self {
            Self::Own(statements) => statements.get(wanted.sql, wanted.columns),
            #[cfg(feature = "deadpool")]
            Self::Deadpool(_) => None,
        }
    }

    /// The statement, prepared and its columns verified.
    ///
    /// # Errors
    /// PostgreSQL refuses it, or its columns are not those of the binding.
    pub async fn prepare(
        self,
        client: &tokio_postgres::Client,
        wanted: &Wanted<'_>,
    ) -> Result<Statement> {
        match self {
            // Once for each statement, so it may be in a box.
            Self::Own(statements) => Box::pin(prepare(statements, client, wanted)).await,
            // It does not know what was verified; comparing is cheap.
            #[cfg(feature = "deadpool")]
            Self::Deadpool(statements) => {
                let Wanted { query, sql, columns, .. } = *wanted;
                let types = wanted.types();
                let prepared = statements.prepare_typed(client, sql, &types).await;
                let statement = prepared.map_err(|error| Error::server(query, error))?;
                verify(query, columns, statement.columns())
                    .inspect_err(|_| drop(statements.remove(sql, &types)))?;
                Ok(statement)
            }
        }
    }

    pub fn forget(self, wanted: &Wanted<'_>) {
        match self {
            Self::Own(statements) => statements.forget(wanted.sql),
            #[cfg(feature = "deadpool")]
            Self::Deadpool(statements) => drop(statements.remove(wanted.sql, &wanted.types())),
        }
    }
}

async fn prepare(
    statements: &Statements,
    client: &tokio_postgres::Client,
    wanted: &Wanted<'_>,
) -> Result<Statement> {
    let Wanted { query, sql, columns, .. } = *wanted;
    let prepared = client.prepare_typed(sql, &wanted.types()).await;
    let statement = prepared.map_err(|error| Error::server(query, error))?;
    verify(query, columns, statement.columns())?;
    statements.keep(sql, columns, statement.clone());
    Ok(statement)
}

impl Wanted<'_> {
    fn types(&self) -> Vec<Type> {
        self.parameters.iter().map(|(_, sql_type)| sql_type.clone()).collect()
    }
}
