//! Bindings that insert one row, and can insert many at once.

use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::run::Text;
use crate::types::wire::{BoxError, invalid, put_count, put_nested};
use crate::{Column, Error, NoRows, Parameter, ParameterCount, Result, Statement};

/// A statement that inserts one row, and has one beside it that inserts many. Bindings implement it where that
/// does the same.
pub trait InsertMany: Statement {
    /// What PostgreSQL is sent for many rows: an array for each of `$1`, `$2`, ….
    const MANY: &'static str;
}

/// A statement that inserts one row, and has a COPY beside it that inserts many. Bindings implement it where that
/// does the same.
pub trait CopyIn: Statement {
    /// What PostgreSQL is sent: `copy … from stdin (format binary)`.
    const COPY: &'static str;
}

/// One statement for many rows.
pub(crate) struct Many<S> {
    columns: Vec<Elements>,
    one: std::marker::PhantomData<fn() -> S>,
}

/// The values of one parameter in all rows, as an array: its head, then each with its length.
#[derive(Debug)]
struct Elements(BytesMut);

/// Dimensions, whether there are NULLs, the type of the elements, their number, the first subscript:
/// `array_recv` in arrayfuncs.c.
const HAS_NULLS: usize = 4;
const COUNT: usize = 12;

impl<S: InsertMany> Many<S> {
    /// Writes the rows down, parameter by parameter.
    ///
    /// # Errors
    /// A value does not fit its type.
    pub(crate) fn new(rows: &[S]) -> Result<Self> {
        let mut columns = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let parameters = row.parameters();
            let parameters = parameters.as_ref();
            if columns.is_empty() {
                columns = parameters.iter().map(|(_, sql_type)| Elements::of(sql_type)).collect();
            }
            let wrong = |error| Error::row(S::NAME, at, error);
            for (column, parameter) in columns.iter_mut().zip(parameters) {
                column.push(parameter).map_err(wrong)?;
            }
        }
        for column in &mut columns {
            column.count(rows.len()).map_err(|error| Error::row(S::NAME, 0, error))?;
        }
        Ok(Self { columns, one: std::marker::PhantomData })
    }

    /// What is sent, which returns these columns of each row.
    pub(crate) fn text(&self, columns: &'static [Column]) -> Text {
        Text { query: S::NAME, sql: S::MANY, columns }
    }

    /// Each is cast to its type in the SQL.
    pub(crate) fn values(&self) -> Vec<Parameter<'_>> {
        self.columns.iter().map(|it| (it as &(dyn ToSql + Sync), Type::UNKNOWN)).collect()
    }
}

/// As many as there are columns.
pub(crate) enum AnyNumber {}

impl ParameterCount for AnyNumber {
    type Array<'p> = Vec<Parameter<'p>>;
}

impl<S: InsertMany> Statement for Many<S> {
    const NAME: &'static str = S::NAME;
    const SQL: &'static str = S::MANY;

    type Cardinality = NoRows;
    type Parameters = AnyNumber;

    fn parameters(&self) -> Vec<Parameter<'_>> {
        self.values()
    }
}

impl Elements {
    fn of(sql_type: &Type) -> Self {
        let mut bytes = BytesMut::new();
        bytes.put_i32(1);
        bytes.put_i32(0);
        bytes.put_u32(sql_type.oid());
        bytes.put_i32(0);
        bytes.put_i32(1);
        Self(bytes)
    }

    fn push(&mut self, (value, sql_type): &Parameter<'_>) -> std::result::Result<(), BoxError> {
        let written = put_nested(sql_type, &mut self.0, |out| value.to_sql_checked(sql_type, out))?;
        if let IsNull::Yes = written {
            self.0[HAS_NULLS..HAS_NULLS + size_of::<i32>()].copy_from_slice(&1_i32.to_be_bytes());
        }
        Ok(())
    }

    fn count(&mut self, rows: usize) -> std::result::Result<(), BoxError> {
        let mut count = BytesMut::new();
        put_count(rows, &mut count).map_err(|problem| invalid(&Type::ANYARRAY, problem))?;
        self.0[COUNT..COUNT + count.len()].copy_from_slice(&count);
        Ok(())
    }
}

impl ToSql for Elements {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, BoxError> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
