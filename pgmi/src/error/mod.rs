//! Why a query failed.

mod display;

use tokio_postgres::error::{DbError, SqlState};

use crate::types::wire::BoxError;

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
    /// There is no client to run it on.
    Connect(BoxError),
    /// PostgreSQL refused the statement, the connection broke, or a parameter could not be sent.
    Server(tokio_postgres::Error),
    /// A value of this column could not be read.
    Column(String, BoxError),
    /// A value of this row, the first one at 0, could not be sent.
    Row(usize, BoxError),
    /// The columns are not those that the binding was made for.
    Drift(String),
    NoRow,
    ManyRows,
}

impl Error {
    pub(crate) fn connect(query: &'static str, error: BoxError) -> Self {
        Self::new(query, Kind::Connect(error))
    }

    pub(crate) fn server(query: &'static str, error: tokio_postgres::Error) -> Self {
        Self::new(query, Kind::Server(error))
    }

    #[cold]
    pub(crate) fn column(name: &str, error: BoxError) -> Self {
        Self::new("", Kind::Column(name.to_owned(), error))
    }

    pub(crate) fn row(query: &'static str, at: usize, error: BoxError) -> Self {
        Self::new(query, Kind::Row(at, error))
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
        let ended =
            [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::IDLE_SESSION_TIMEOUT];
        self.driver_error().is_some_and(|error| error.is_closed() || is_io(error))
            || self.code().is_some_and(|code| ended.contains(code))
    }

    /// Whether it may go well the next time, and nothing about it has to change: PostgreSQL gave it up for others'
    /// sake (a serialization failure, a deadlock), the connection was lost, or there was none.
    pub fn is_transient(&self) -> bool {
        let given_up = [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::TOO_MANY_CONNECTIONS,
        ];
        matches!(self.0.kind, Kind::Connect(_))
            || self.is_closed()
            || self.code().is_some_and(|code| {
                given_up.contains(code) || code.code().starts_with(CONNECTION_EXCEPTIONS)
            })
    }

    /// Whether there was no row where the query always has one.
    pub fn is_no_row(&self) -> bool {
        matches!(self.0.kind, Kind::NoRow)
    }

    /// Whether there was more than one row where the query has one at most.
    pub fn is_many_rows(&self) -> bool {
        matches!(self.0.kind, Kind::ManyRows)
    }

    /// Whether the database is not the one that the query was compiled against: its result has other columns, or
    /// PostgreSQL does not find what the query names.
    pub fn is_drift(&self) -> bool {
        let is_misfit = |code: &SqlState| {
            code.code().starts_with(WRONG_SQL) && *code != SqlState::INSUFFICIENT_PRIVILEGE
        };
        matches!(self.0.kind, Kind::Drift(_))
            || self.code().is_some_and(is_misfit)
            || self.has_changed_plan()
    }

    /// Whether a prepared statement has to be prepared anew: PostgreSQL does not know it any more, or its result
    /// has changed.
    pub(crate) fn is_stale_statement(&self) -> bool {
        self.has_changed_plan() || self.code() == Some(&SqlState::INVALID_SQL_STATEMENT_NAME)
    }

    /// "cached plan must not change result type", whatever language the server speaks.
    fn has_changed_plan(&self) -> bool {
        self.as_db_error().is_some_and(|error| {
            *error.code() == SqlState::FEATURE_NOT_SUPPORTED
                && error.routine() == Some("RevalidateCachedQuery")
        })
    }

    pub(crate) fn is_in_failed_transaction(&self) -> bool {
        self.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION)
    }

    fn driver_error(&self) -> Option<&tokio_postgres::Error> {
        match &self.0.kind {
            Kind::Server(error) => Some(error),
            Kind::Connect(_)
            | Kind::Column(..)
            | Kind::Row(..)
            | Kind::Drift(_)
            | Kind::NoRow
            | Kind::ManyRows => None,
        }
    }
}

/// Class 08 of SQLSTATE.
const CONNECTION_EXCEPTIONS: &str = "08";

/// Class 42 of SQLSTATE: syntax errors, names that are not there, types that do not fit.
const WRONG_SQL: &str = "42";

/// Whether reading or writing failed, so that the connection is of no use any more.
fn is_io(error: &tokio_postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>())
}
