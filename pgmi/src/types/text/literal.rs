use std::fmt;

use bytes::BytesMut;
use postgres_types::{Format, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::text;
use crate::types::wire::BoxError;

/// A parameter as PostgreSQL reads it from text, for types that have no binary form: `aclitem`, and some
/// types of extensions. An array of them is one `Literal` too: `{a,b}`.
///
/// Only parameters have a text format here. A column of such a type is read with a cast in the query,
/// `::text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Literal<S = String>(pub S);

text!(Literal);

impl<S: AsRef<str> + fmt::Debug> ToSql for Literal<S> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        out.extend_from_slice(self.as_str().as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        let of_extension = |ty: &Type| Type::from_oid(ty.oid()).is_none();
        let element = match ty.kind() {
            Kind::Array(element) => element,
            _ => ty,
        };
        *element == Type::ACLITEM || of_extension(element) && *element.kind() == Kind::Simple
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    to_sql_checked!();
}
