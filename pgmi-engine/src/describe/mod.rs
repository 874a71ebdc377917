//! What a query is, asked of PostgreSQL: its types, which columns and parameters can be NULL, how many
//! rows it returns. No statement of the user is executed.
//!
//! ```text
//! Parse + Describe ─► parameter and column types
//!        └─ notice ─► tree ─► joins, facts ─► nullability, cardinality, parameters ─► Description
//! ```
//!
//! Inference is sound before it is precise: what is not understood can be NULL and gives many rows.

mod batch;
mod cardinality;
pub(crate) mod facts;
mod failure;
pub(crate) mod joins;
mod nullability;
mod origin;
mod parameters;
mod prepare;
mod scope;
mod signature;
pub mod tree;

use prepare::Prepared;
pub use prepare::Trees;

use postgres::{Client, Config, NoTls};

use crate::Result;
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic};
use crate::query::Query;
use crate::signature::{Signature, TypeDefinition};

/// A connection to a database that holds the deployed project, to describe queries in.
pub struct Describer {
    client: Client,
    trees: Trees,
    catalog: Catalog,
}

/// What a query is.
#[derive(Clone, Debug)]
pub struct Description {
    pub signature: Signature,
    /// The types that its parameters and columns are made of and that are not built in.
    pub types: Vec<TypeDefinition>,
    /// The statement as PostgreSQL understood it; more than one where rules rewrote it.
    pub queries: Vec<tree::Query>,
    /// The types of the parameters, as the server knows them.
    pub parameter_types: Vec<crate::catalog::Oid>,
}

impl Describer {
    /// Takes over a connection whose notices go to `trees`, and reads the catalog.
    ///
    /// # Errors
    /// [`Code::CatalogUnreadable`]
    pub fn new(mut client: Client, trees: Trees) -> Result<Self> {
        let catalog = Catalog::read(&mut client)?;
        prepare::set_up(&mut client)?;
        Ok(Self { client, trees, catalog })
    }

    /// The same for a few queries: of the catalog only what they are about is read.
    ///
    /// # Errors
    /// [`Code::CatalogUnreadable`]
    pub fn sparing(mut client: Client, trees: Trees) -> Result<Self> {
        let catalog = Catalog::sparing(&mut client)?;
        prepare::set_up(&mut client)?;
        Ok(Self { client, trees, catalog })
    }

    /// Connects without TLS, as to a throwaway server.
    ///
    /// # Errors
    /// [`Code::ConnectionFailed`], [`Code::CatalogUnreadable`]
    pub fn connect(config: &Config) -> Result<Self> {
        let trees = Trees::default();
        let mut config = config.clone();
        config.notice_callback(trees.callback());
        let client = config.connect(NoTls).map_err(|error| {
            let message = "cannot connect to describe queries";
            Diagnostic::error(Code::ConnectionFailed, message).note(error.to_string())
        })?;
        Self::new(client, trees)
    }

    /// What was read of it: all, unless it is read sparingly.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Describes a query. The same query over the same schema gives the same answer.
    ///
    /// # Errors
    /// [`Code::QueryFailed`] with PostgreSQL's words at the place in the user's file;
    /// [`Code::ConnectionLost`], [`Code::CatalogUnreadable`].
    pub fn describe(&mut self, query: &Query) -> Result<Description> {
        let mut described = self.describe_alone(query)?;
        described.signature.batch = self.batch(query, &described);
        Ok(described)
    }

    /// The same without a look at what could be made of the query.
    fn describe_alone(&mut self, query: &Query) -> Result<Description> {
        let prepared = prepare::prepare(&mut self.client, &self.trees, &query.sql)
            .map_err(|error| failure::query_failed(&error, query))?;
        loop {
            let (signature, types) = signature::of(&self.catalog, query, &prepared);
            if !self.catalog.lacks() {
                let Prepared { parameters: parameter_types, queries, .. } = prepared;
                return Ok(Description { signature, types, queries, parameter_types });
            }
            // Not yet an answer: something it is about was not read before.
            self.learn()?;
        }
    }

    /// Reads what was asked of the catalog in vain, without having these questions printed as trees.
    fn learn(&mut self) -> Result<()> {
        prepare::print_trees(&mut self.client, false)?;
        self.catalog.learn(&mut self.client)?;
        prepare::print_trees(&mut self.client, true)
    }
}
