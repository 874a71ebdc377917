use bytes::BytesMut;
use postgres_types::{Format, IsNull, ToSql, Type, to_sql_checked};

use super::domain;
use super::wire::BoxError;

/// A parameter with its type as the program knows it, for a statement that leaves it to the server which
/// type that is ([`Type::UNKNOWN`]).
///
/// The numbers of types that are not built in differ from database to database. A program that sends a
/// statement together with its parameters cannot ask for them first; it need not: `array_recv` and
/// `record_recv` check the type of an element or a field only when that is built in, so the type here may have
/// the number 0.
#[derive(Clone, Copy, Debug)]
pub struct Shaped<'a, T> {
    value: &'a T,
    ty: &'a Type,
}

impl<'a, T> Shaped<'a, T> {
    /// The value, to be written as of this type.
    pub fn new(value: &'a T, ty: &'a Type) -> Self {
        Self { value, ty }
    }
}

impl<T: ToSql> ToSql for Shaped<'_, T> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        domain::encode(self.value, self.ty, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        self.value.encode_format(self.ty)
    }

    to_sql_checked!();
}
