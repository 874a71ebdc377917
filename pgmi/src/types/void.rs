//! The type of functions that return nothing.

use postgres_types::{FromSql, Type};

use super::wire::BoxError;

/// `void`: a function was called, and returned nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Void;

impl<'r> FromSql<'r> for Void {
    fn from_sql(_: &Type, _: &'r [u8]) -> Result<Self, BoxError> {
        Ok(Self)
    }

    fn accepts(sql_type: &Type) -> bool {
        *sql_type == Type::VOID
    }
}
