//! What a query was compiled against, held against what the server sends.

use tokio_postgres::types::{FromSql, Type};

use crate::types::Domain;
use crate::{Error, Result};

/// A column of the result as the binding knows it.
#[derive(Debug)]
pub struct Column {
    name: &'static str,
    sql_type: &'static str,
    accepts: fn(&Type) -> bool,
}

impl Column {
    /// A column whose values are read as `T`.
    pub const fn new<T: for<'r> FromSql<'r>>(name: &'static str, sql_type: &'static str) -> Self {
        Self { name, sql_type, accepts: Domain::<T>::accepts }
    }

    fn fits(&self, sent: &tokio_postgres::Column) -> bool {
        self.name == sent.name() && (self.accepts)(sent.type_())
    }
}

/// Refuses rows that are not those the binding was made for: decoding by position must not mix up columns.
pub(crate) fn verify(
    query: &'static str,
    columns: &'static [Column],
    sent: &[tokio_postgres::Column],
) -> Result<()> {
    let fits =
        sent.len() == columns.len() && columns.iter().zip(sent).all(|(it, sent)| it.fits(sent));
    if fits { Ok(()) } else { Err(Error::drift(query, difference(columns, sent))) }
}

/// The first column that differs.
#[cold]
fn difference(columns: &[Column], sent: &[tokio_postgres::Column]) -> String {
    let differs =
        |(at, column): &(usize, &Column)| !sent.get(*at).is_some_and(|it| column.fits(it));
    match columns.iter().enumerate().find(differs) {
        Some((at, column)) => {
            let found = sent.get(at).map_or("is missing".to_owned(), |it| {
                format!("is now `{} {}`", it.name(), it.type_())
            });
            format!("column {} was `{} {}` and {found}", at + 1, column.name, column.sql_type)
        }
        None => format!("it had {} columns and has {} now", columns.len(), sent.len()),
    }
}
