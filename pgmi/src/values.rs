//! Columns of a row read together. That is one expression for the compiler, which has an error to hand on once and not
//! for each column: with hundreds of queries one waits for the difference.

use tokio_postgres::types::FromSql;

use crate::{Result, Row};

/// A tuple of up to twelve values.
pub trait Values<'r>: Sized {
    /// Reads them, the first from this column.
    ///
    /// # Errors
    /// [`Error`](crate::Error) for the first that cannot be read.
    fn read(row: &'r Row, first: usize) -> Result<Self>;
}

macro_rules! values {
    ($($value:ident $place:literal),+) => {
        impl<'r, $($value: FromSql<'r>),+> Values<'r> for ($($value,)+) {
            fn read(row: &'r Row, first: usize) -> Result<Self> {
                Ok(($(row.get::<$value>(first + $place)?,)+))
            }
        }
    };
}

values!(A 0);
values!(A 0, B 1);
values!(A 0, B 1, C 2);
values!(A 0, B 1, C 2, D 3);
values!(A 0, B 1, C 2, D 3, E 4);
values!(A 0, B 1, C 2, D 3, E 4, F 5);
values!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
values!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
values!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
values!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
values!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
values!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
