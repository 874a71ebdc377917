//! Why a query failed.

use std::fmt;

use tokio_postgres::error::{DbError, SqlState};

/// The result of everything that a binding does.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a query failed, and which one. Questions are asked of it; there are no variants to match.
pub struct Error(Box<Inner>);

struct Inner {
    /// Empty until it is known.
    query: &'static str,
    kind: Kind,
}

enum Kind {
    /// PostgreSQL refused the statement, the connection broke, or a parameter could not be sent.
    Server(tokio_postgres::Error),
    /// A value of this column could not be read.
    Column(String, tokio_postgres::Error),
    /// The columns are not those that the binding was made for.
    Drift(String),
    NoRow,
    ManyRows,
}

impl Error {
    pub(crate) fn server(query: &'static str, error: tokio_postgres::Error) -> Self {
        Self::new(query, Kind::Server(error))
    }

    #[cold]
    pub(crate) fn column(name: &str, error: tokio_postgres::Error) -> Self {
        Self::new("", Kind::Column(name.to_owned(), error))
    }

    pub(crate) fn drift(query: &'static str, difference: String) -> Self {
        Self::new(query, Kind::Drift(difference))
    }

    pub(crate) fn no_row(query: &'static str) -> Self {
        Self::new(query, Kind::NoRow)
    }

    pub(crate) fn many_rows(query: &'static str) -> Self {
        Self::new(query, Kind::ManyRows)
    }

    fn new(query: &'static str, kind: Kind) -> Self {
        Self(Box::new(Inner { query, kind }))
    }

    /// Says which query it is.
    pub(crate) fn of(mut self, query: &'static str) -> Self {
        self.0.query = query;
        self
    }

    /// The name of the query: of its file, or where an inline query stands.
    pub fn query(&self) -> &'static str {
        self.0.query
    }

    /// What PostgreSQL said, when it was PostgreSQL that refused: message, detail, hint, constraint.
    pub fn as_db_error(&self) -> Option<&DbError> {
        self.driver_error().and_then(tokio_postgres::Error::as_db_error)
    }

    /// The SQLSTATE, when it was PostgreSQL that refused
    /// ([errcodes-appendix](https://www.postgresql.org/docs/current/errcodes-appendix.html)).
    pub fn code(&self) -> Option<&SqlState> {
        self.driver_error().and_then(tokio_postgres::Error::code)
    }

    /// The name of the constraint that was violated.
    pub fn constraint(&self) -> Option<&str> {
        self.as_db_error().and_then(DbError::constraint)
    }

    /// Whether the connection is gone.
    pub fn is_closed(&self) -> bool {
        self.driver_error().is_some_and(tokio_postgres::Error::is_closed)
    }

    /// Whether there was no row where the query always has one.
    pub fn is_no_row(&self) -> bool {
        matches!(self.0.kind, Kind::NoRow)
    }

    /// Whether the database is not the one that the query was compiled against: its result has other columns.
    pub fn is_drift(&self) -> bool {
        matches!(self.0.kind, Kind::Drift(_))
    }

    fn driver_error(&self) -> Option<&tokio_postgres::Error> {
        match &self.0.kind {
            Kind::Server(error) | Kind::Column(_, error) => Some(error),
            Kind::Drift(_) | Kind::NoRow | Kind::ManyRows => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "query `{}`: ", self.0.query)?;
        match &self.0.kind {
            Kind::Server(error) => match error.as_db_error() {
                Some(refusal) => said(f, refusal),
                None => error.fmt(f),
            },
            Kind::Column(name, error) => write!(f, "column `{name}`: {error}"),
            Kind::Drift(difference) => {
                write!(f, "the database is not the one it was compiled against: {difference}")
            }
            Kind::NoRow => f.write_str("no row, where one was expected"),
            Kind::ManyRows => f.write_str("more than one row, where one was expected"),
        }
    }
}

/// What PostgreSQL said, as psql shows it.
fn said(f: &mut fmt::Formatter<'_>, refusal: &DbError) -> fmt::Result {
    f.write_str(refusal.message())?;
    let more = [("DETAIL", refusal.detail()), ("HINT", refusal.hint())];
    for (name, text) in more.into_iter().filter_map(|(name, text)| Some((name, text?))) {
        write!(f, "\n{name}: {text}")?;
    }
    Ok(())
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("query", &self.0.query);
        match &self.0.kind {
            Kind::Server(error) => shown.field("server", error),
            Kind::Column(name, error) => shown.field("column", name).field("error", error),
            Kind::Drift(difference) => shown.field("drift", difference),
            Kind::NoRow => shown.field("rows", &0),
            Kind::ManyRows => shown.field("rows", &"more than one"),
        };
        shown.finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // What PostgreSQL said is in the words of this error already.
        let driver = self.driver_error().filter(|it| it.as_db_error().is_none());
        driver.and_then(std::error::Error::source)
    }
}
