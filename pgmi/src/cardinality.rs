//! How many rows a statement gives, as a type: what fetching gives follows from it.

use std::future::Future;

use crate::{Client, Query, Result, Statement, run};

/// How many rows a statement gives, and so what fetching them gives.
pub trait Cardinality<S> {
    /// `u64`, a row, `Option` of a row, or `Vec` of rows.
    type Output: Send;

    /// Runs the statement.
    fn fetch(
        statement: &S,
        client: &impl Client,
    ) -> impl Future<Output = Result<Self::Output>> + Send;

    /// Runs the statement on a client of the `postgres` crate.
    ///
    /// # Errors
    /// [`Error`](crate::Error)
    #[cfg(feature = "blocking")]
    fn fetch_blocking(
        statement: &S,
        client: &mut impl crate::blocking::Client,
    ) -> Result<Self::Output>;
}

macro_rules! cardinality {
    ($($(#[$doc:meta])* $name:ident, $bound:ident, $output:ty, $run:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}

        impl<S: $bound> Cardinality<S> for $name {
            type Output = $output;

            async fn fetch(statement: &S, client: &impl Client) -> Result<Self::Output> {
                run::$run::<S>(statement, client).await
            }

            #[cfg(feature = "blocking")]
            fn fetch_blocking(
                statement: &S,
                client: &mut impl crate::blocking::Client,
            ) -> Result<Self::Output> {
                crate::blocking::$run(statement, client)
            }
        }
    )+};
}

cardinality! {
    /// It returns no rows by its nature; fetching gives how many it changed.
    NoRows, Statement, u64, execute;
    /// Exactly one row.
    One, Query, S::Row, one;
    /// One row or none.
    ZeroOrOne, Query, Option<S::Row>, optional;
    /// Any number of rows.
    Many, Query, Vec<S::Row>, many;
}
