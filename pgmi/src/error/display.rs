//! Which query, what is wrong, and what to do next.

use std::error::Error as _;
use std::fmt;

use tokio_postgres::error::DbError;
use tokio_postgres::types::WasNull;

use super::{Error, Kind};

/// For all that says that this is another database than the one of the build.
const OTHER_DATABASE: &str =
    "deploy the project into this database, or build the program against its schema";

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "query `{}`: ", self.0.query)?;
        match &self.0.kind {
            Kind::Connect(error) => write!(f, "there is no client to run it on: {error}"),
            Kind::Server(error) => match error.as_db_error() {
                Some(refusal) => self.said(f, refusal),
                None => driver(f, error),
            },
            Kind::Column(name, error) if error.is::<WasNull>() => write!(
                f,
                "column `{name}` is NULL, which it never was when the query was compiled\nnext: {OTHER_DATABASE}; \
                 where its signature file promised `not_null: true`, take that back"
            ),
            Kind::Column(name, error) => write!(f, "column `{name}`: {error}"),
            Kind::Row(at, error) => write!(f, "row {at} (the first is 0): {error}"),
            Kind::Drift(difference) => write!(
                f,
                "the database is not the one it was compiled against: {difference}\nnext: {OTHER_DATABASE}"
            ),
            Kind::NoRow => f.write_str(
                "it returned no row, and its signature promises one\nnext: if that can be, say `cardinality: \
                 zero_or_one` in its signature file; else look for the row that is missing",
            ),
            Kind::ManyRows => f.write_str(
                "it returned more than one row, and its signature promises one at most\nnext: if that can be, say \
                 `cardinality: many` in its signature file; else look for the row that is too many",
            ),
        }
    }
}

impl Error {
    /// What PostgreSQL said, as psql shows it.
    fn said(&self, f: &mut fmt::Formatter<'_>, refusal: &DbError) -> fmt::Result {
        f.write_str(refusal.message())?;
        let more = [("DETAIL", refusal.detail()), ("HINT", refusal.hint())];
        for (name, text) in more.into_iter().filter_map(|(name, text)| Some((name, text?))) {
            write!(f, "\n{name}: {text}")?;
        }
        if self.is_stale_statement() {
            f.write_str(
                "\nnext: run the transaction again; the statement was prepared for what the schema was before",
            )
        } else if self.is_drift() {
            write!(f, "\nnext: this is not the database it was compiled against: {OTHER_DATABASE}")
        } else {
            Ok(())
        }
    }
}

/// An error of the driver with what caused it, which its own words leave out.
fn driver(f: &mut fmt::Formatter<'_>, error: &tokio_postgres::Error) -> fmt::Result {
    write!(f, "{error}")?;
    match error.source() {
        // Some of its words do have it.
        Some(source) if !error.to_string().contains(&source.to_string()) => write!(f, ": {source}"),
        _ => Ok(()),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("query", &self.0.query);
        match &self.0.kind {
            Kind::Connect(error) => shown.field("connect", error),
            Kind::Server(error) => shown.field("server", error),
            Kind::Column(name, error) => shown.field("column", name).field("error", error),
            Kind::Row(at, error) => shown.field("row", at).field("error", error),
            Kind::Drift(difference) => shown.field("drift", difference),
            Kind::NoRow => shown.field("rows", &0),
            Kind::ManyRows => shown.field("rows", &"more than one"),
        };
        shown.finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Connect(error) | Kind::Column(_, error) | Kind::Row(_, error) => error.source(),
            // What PostgreSQL said is in the words of this error already, and so is what caused an error of the
            // driver.
            _ => {
                let driver = self.driver_error().filter(|it| it.as_db_error().is_none());
                driver.and_then(std::error::Error::source).and_then(std::error::Error::source)
            }
        }
    }
}
