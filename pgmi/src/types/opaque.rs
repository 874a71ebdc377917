use std::fmt;

use bytes::BytesMut;
use postgres_types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::wire::BoxError;

/// A value in its binary form, whatever its type: `Opaque<Vec<u8>>`, or `Opaque<&[u8]>` where it can be
/// borrowed.
///
/// Columns and parameters of extension types have it unless a type of yours is mapped to them. What was read
/// can be written again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Opaque<B = Vec<u8>>(pub B);

impl<B: AsRef<[u8]>> Opaque<B> {
    /// Reads the bytes as a value of this type.
    ///
    /// # Errors
    ///
    /// When `T` does not read this type, or the bytes are no value of it.
    pub fn decode<'a, T: FromSql<'a>>(&'a self, ty: &Type) -> Result<T, BoxError> {
        super::domain::decode(ty, Some(self.0.as_ref()))
    }
}

/// Bytes as a row has them: `Vec<u8>` in one that owns them, `&[u8]` in one that borrows.
pub trait FromBytes<'r>: FromSql<'r> + sealed::Sealed {
    /// From the bytes as they were received.
    #[doc(hidden)]
    fn from_bytes(bytes: &'r [u8]) -> Self;
}

impl<'r> FromBytes<'r> for &'r [u8] {
    fn from_bytes(bytes: &'r [u8]) -> Self {
        bytes
    }
}

impl FromBytes<'_> for Vec<u8> {
    fn from_bytes(bytes: &[u8]) -> Self {
        bytes.to_vec()
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for &[u8] {}
    impl Sealed for Vec<u8> {}
}

impl<'a, B: FromBytes<'a>> FromSql<'a> for Opaque<B> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        Ok(Self(B::from_bytes(raw)))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl<B: AsRef<[u8]> + fmt::Debug> ToSql for Opaque<B> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        out.extend_from_slice(self.0.as_ref());
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
