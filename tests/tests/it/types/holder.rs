//! A composite of any type, read and written as generated structs are.

use std::error::Error;
use std::fmt::Debug;

use bytes::BytesMut;
use pgmi::types::generated::{Fields, write_composite};
use postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

/// Alone, in an array, under a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder<T, D>(Option<T>, Option<Vec<Option<T>>>, Option<D>);

impl<'a, T: FromSql<'a>, D: FromSql<'a>> FromSql<'a> for Holder<T, D> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let mut fields = Fields::new(ty, raw)?;
        Ok(Self(fields.read()?, fields.read()?, fields.read()?))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Composite(_))
    }
}

impl<T: ToSql + Sync, D: ToSql + Sync> ToSql for Holder<T, D> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        write_composite(ty, &[&self.0, &self.1, &self.2], out)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Composite(_))
    }

    to_sql_checked!();
}
