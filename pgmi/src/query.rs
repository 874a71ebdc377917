//! What a binding is: [`Statement`], and [`Query`] where it returns rows.

use tokio_postgres::types::{ToSql, Type};

use crate::{Cardinality, Column, Result, Row};

/// A parameter as it is sent: its value, and the type it is sent as.
pub type Parameter<'p> = (&'p (dyn ToSql + Sync), Type);

/// What running a statement gives: `u64`, a row, `Option` of a row, or `Vec` of rows.
pub type Output<S> = <<S as Statement>::Cardinality as Cardinality<S>>::Output;

/// One statement with the values of its parameters. Bindings implement it.
pub trait Statement: Sized + Sync {
    /// The name of its file; of an inline query where it stands.
    const NAME: &'static str;
    /// What PostgreSQL is sent.
    const SQL: &'static str;

    /// [`NoRows`](crate::NoRows), [`One`](crate::One), [`ZeroOrOne`](crate::ZeroOrOne) or
    /// [`Many`](crate::Many).
    type Cardinality: Cardinality<Self>;

    /// How many parameters it has: [`Parameters`].
    type Parameters: ParameterCount;

    /// The values, in the order of `$1`, `$2`, ….
    fn parameters(&self) -> <Self::Parameters as ParameterCount>::Array<'_>;
}

/// How many parameters a statement has.
pub trait ParameterCount {
    /// An array with an entry for each of `$1`, `$2`, ….
    type Array<'p>: IntoIterator<Item = Parameter<'p>, IntoIter: ExactSizeIterator + Send>
        + AsRef<[Parameter<'p>]>
        + Send
        + Sync;
}

/// So many parameters. A type without a lifetime, so that rustc has nothing to find out about that of each statement:
/// with hundreds of them one waits for the difference.
#[derive(Debug)]
pub enum Parameters<const COUNT: usize> {}

impl<const COUNT: usize> ParameterCount for Parameters<COUNT> {
    type Array<'p> = [Parameter<'p>; COUNT];
}

/// A statement that returns rows. Bindings implement it.
pub trait Query: Statement {
    /// What the rows must look like.
    const COLUMNS: &'static [Column];

    /// A row that owns what is in it.
    type Row: for<'r> FromRow<'r> + Send;
    /// A row whose text and bytes stay where they were received.
    type Ref<'r>: FromRow<'r>;
}

/// A row as a struct. Bindings implement it, once for rows that own their text and bytes and for those that borrow.
pub trait FromRow<'r>: Sized {
    /// Reads a row whose columns were verified.
    ///
    /// # Errors
    /// [`Error`](crate::Error) for a NULL that should not be, or a value that the type cannot hold.
    fn from_row(row: &'r Row) -> Result<Self>;
}

/// A statement that can run twice and have done what it does once: its signature file says `idempotent: true`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may do something else when it runs twice, so it is not retried",
    label = "not said to be idempotent",
    note = "say `idempotent: true` in the query's signature file if running it twice does what running it once does"
)]
pub trait Idempotent: Statement {}
