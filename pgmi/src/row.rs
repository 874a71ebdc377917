//! Rows as they were received.

use std::fmt;
use std::marker::PhantomData;

use tokio_postgres::types::{FromSql, Type};

use crate::types::Domain;
use crate::types::wire::BoxError;
use crate::{Error, FromRow, Query, Result, Values};

/// A row whose columns were verified, still in the form it was received in. Bindings read it.
#[derive(Debug)]
pub struct Row(tokio_postgres::Row);

impl Row {
    pub(crate) fn new(row: tokio_postgres::Row) -> Self {
        Self(row)
    }

    pub(crate) fn columns(&self) -> &[tokio_postgres::Column] {
        self.0.columns()
    }

    /// Reads the value of a column, which is told by its position.
    ///
    /// # Errors
    /// [`Error`] with the column's name: NULL where `T` has no room for it, or a value that `T` cannot hold.
    pub fn get<'r, T: FromSql<'r>>(&'r self, column: usize) -> Result<T> {
        match self.0.try_get(column) {
            Ok(Verified(Ok(value))) => Ok(value),
            Ok(Verified(Err(error))) => Err(self.unreadable(column, error)),
            Err(error) => Err(self.unreadable(column, error.into())),
        }
    }

    /// Apart from reading, so that reading is small enough to be inlined.
    #[cold]
    #[inline(never)]
    fn unreadable(&self, column: usize, error: BoxError) -> Error {
        Error::column(self.name(column), error)
    }

    /// Reads the values of several columns, from this one on.
    ///
    /// # Errors
    /// As [`Row::get`], for the first that cannot be read.
    pub fn values<'r, T: Values<'r>>(&'r self, first: usize) -> Result<T> {
        T::read(self, first)
    }

    fn name(&self, column: usize) -> &str {
        self.columns().get(column).map_or("", tokio_postgres::Column::name)
    }
}

/// Reads a `T` without asking again whether its type is one that `T` reads: that was held against the columns before
/// there was a row, and would cost a tenth of the reading. That it could not be read is a value as well: what the
/// driver would make of an error is code in the way of all that can be read.
struct Verified<T>(std::result::Result<T, BoxError>);

impl<'r, T: FromSql<'r>> FromSql<'r> for Verified<T> {
    fn from_sql(sql_type: &Type, raw: &'r [u8]) -> std::result::Result<Self, BoxError> {
        Ok(Self(Domain::from_sql(sql_type, raw).map(|Domain(value)| value)))
    }

    fn from_sql_null(sql_type: &Type) -> std::result::Result<Self, BoxError> {
        Ok(Self(Domain::from_sql_null(sql_type).map(|Domain(value)| value)))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// One row of a query, whose text and bytes are read where they were received.
pub struct Received<Q> {
    row: Row,
    query: PhantomData<fn() -> Q>,
}

impl<Q: Query> Received<Q> {
    pub(crate) fn new(row: Row) -> Self {
        Self { row, query: PhantomData }
    }

    /// The row.
    ///
    /// # Errors
    /// [`Error`] for a NULL that should not be, or a value that its type cannot hold.
    pub fn get(&self) -> Result<Q::Ref<'_>> {
        Q::Ref::from_row(&self.row).map_err(|error| error.of(Q::NAME))
    }
}

impl<Q: Query> fmt::Debug for Received<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received").field("query", &Q::NAME).finish_non_exhaustive()
    }
}

/// All rows of a query, whose text and bytes are read where they were received.
pub struct Rows<Q> {
    rows: Vec<Row>,
    query: PhantomData<fn() -> Q>,
}

impl<Q: Query> Rows<Q> {
    pub(crate) fn new(rows: Vec<Row>) -> Self {
        Self { rows, query: PhantomData }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Reads one after the other. An item is an error where a value does not fit its type.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Result<Q::Ref<'_>>> {
        self.rows.iter().map(|row| Q::Ref::from_row(row).map_err(|error| error.of(Q::NAME)))
    }
}

impl<Q: Query> fmt::Debug for Rows<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Rows");
        shown.field("query", &Q::NAME).field("rows", &self.rows.len()).finish()
    }
}
