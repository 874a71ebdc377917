//! The bytes of the binary format, and what can be wrong with them.

use std::error::Error;
use std::fmt;

use bytes::{BufMut, BytesMut};
use postgres_types::{IsNull, Type};

/// What `FromSql` and `ToSql` fail with.
pub(crate) type BoxError = Box<dyn Error + Sync + Send>;

/// What is wrong with a value, without its type.
pub(crate) type Problem = &'static str;

/// The bytes of a value end before the value does.
const TOO_SHORT: Problem = "its bytes end early";

/// A value that is not in the binary form of its SQL type, or does not fit into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    type_name: String,
    problem: Problem,
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid value of type {}: {}", self.type_name, self.problem)
    }
}

impl Error for InvalidValue {}

/// The error for a value of this type.
pub(crate) fn invalid(ty: &Type, problem: Problem) -> BoxError {
    Box::new(InvalidValue { type_name: ty.to_string(), problem })
}

/// What has one binary form, whatever the SQL type is called.
pub(crate) trait Binary<'a>: Sized {
    /// Reads a value; bytes behind it are the caller's to refuse.
    fn read(reader: &mut Reader<'a>) -> Result<Self, Problem>;

    /// Appends the value.
    fn write(&self, out: &mut BytesMut) -> Result<(), Problem>;
}

/// `FromSql::from_sql` of what is [`Binary`].
pub(crate) fn decode<'a, T: Binary<'a>>(ty: &Type, raw: &'a [u8]) -> Result<T, BoxError> {
    let mut reader = Reader::new(raw);
    let value = T::read(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|problem| invalid(ty, problem))
}

/// `ToSql::to_sql` of what is [`Binary`].
pub(crate) fn encode<'a, T: Binary<'a>>(
    value: &T,
    ty: &Type,
    out: &mut BytesMut,
) -> Result<IsNull, BoxError> {
    value.write(out).map_err(|problem| invalid(ty, problem))?;
    Ok(IsNull::No)
}

/// `FromSql` and `ToSql` of a type that is `Binary`, for these SQL types.
macro_rules! binary {
    ($rust:ty: $($sql:ident),+) => {
        impl<'a> ::postgres_types::FromSql<'a> for $rust {
            fn from_sql(
                ty: &::postgres_types::Type,
                raw: &'a [u8],
            ) -> Result<Self, $crate::types::wire::BoxError> {
                $crate::types::wire::decode(ty, raw)
            }

            ::postgres_types::accepts!($($sql),+);
        }

        impl ::postgres_types::ToSql for $rust {
            fn to_sql(
                &self,
                ty: &::postgres_types::Type,
                out: &mut ::bytes::BytesMut,
            ) -> Result<::postgres_types::IsNull, $crate::types::wire::BoxError> {
                $crate::types::wire::encode(self, ty, out)
            }

            ::postgres_types::accepts!($($sql),+);
            ::postgres_types::to_sql_checked!();
        }
    };
}

/// A number in network byte order, as a tuple struct around it.
macro_rules! binary_number {
    ($rust:ident($number:ty): $($sql:ident),+) => {
        impl $crate::types::wire::Binary<'_> for $rust {
            fn read(
                reader: &mut $crate::types::wire::Reader<'_>,
            ) -> Result<Self, $crate::types::wire::Problem> {
                Ok(Self(<$number>::from_be_bytes(reader.array()?)))
            }

            fn write(
                &self,
                out: &mut ::bytes::BytesMut,
            ) -> Result<(), $crate::types::wire::Problem> {
                out.extend_from_slice(&self.0.to_be_bytes());
                Ok(())
            }
        }

        $crate::types::wire::binary!($rust: $($sql),+);
    };
}

pub(crate) use {binary, binary_number};

/// Reads from the front of bytes, never past their end.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn len(&self) -> usize {
        self.rest.len()
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Problem> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(TOO_SHORT)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(TOO_SHORT)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Problem> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Problem> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub(crate) fn i16(&mut self) -> Result<i16, Problem> {
        Ok(i16::from_be_bytes(self.array()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Problem> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    pub(crate) fn i32(&mut self) -> Result<i32, Problem> {
        Ok(i32::from_be_bytes(self.array()?))
    }

    pub(crate) fn i64(&mut self) -> Result<i64, Problem> {
        Ok(i64::from_be_bytes(self.array()?))
    }

    pub(crate) fn f64(&mut self) -> Result<f64, Problem> {
        Ok(f64::from_be_bytes(self.array()?))
    }

    /// A count of things of which each takes at least `size` bytes: more cannot follow.
    pub(crate) fn count(&mut self, size: usize) -> Result<usize, Problem> {
        let count = usize::try_from(self.i32()?).map_err(|_| "a count in it is negative")?;
        if count > self.len() / size {
            return Err(TOO_SHORT);
        }
        Ok(count)
    }

    /// A length, and as many bytes; none for a length of -1, which is NULL.
    pub(crate) fn nested(&mut self) -> Result<Option<&'a [u8]>, Problem> {
        match self.i32()? {
            -1 => Ok(None),
            length => {
                let length = usize::try_from(length).map_err(|_| "a length in it is negative")?;
                self.take(length).map(Some)
            }
        }
    }

    /// Text up to a zero byte, as `pq_sendstring` writes it.
    pub(crate) fn c_string(&mut self) -> Result<&'a str, Problem> {
        let end = self.rest.iter().position(|byte| *byte == 0).ok_or(TOO_SHORT)?;
        let bytes = self.take(end)?;
        self.take(1)?;
        text(bytes)
    }

    pub(crate) fn end(&self) -> Result<(), Problem> {
        if self.rest.is_empty() { Ok(()) } else { Err("there are bytes behind it") }
    }
}

/// Text, which arrives in UTF-8 whatever the database's encoding is.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8")
}

/// Appends a number that counts something.
pub(crate) fn put_count(count: usize, out: &mut BytesMut) -> Result<(), Problem> {
    out.put_i32(i32::try_from(count).map_err(|_| "it is too large")?);
    Ok(())
}

/// Appends what `write` appends, with its length before it; -1 for NULL.
pub(crate) fn put_nested(
    ty: &Type,
    out: &mut BytesMut,
    write: impl FnOnce(&mut BytesMut) -> Result<IsNull, BoxError>,
) -> Result<IsNull, BoxError> {
    let start = out.len();
    out.put_i32(-1);
    let is_null = write(out)?;
    if let IsNull::No = is_null {
        let length = out.len() - start - size_of::<i32>();
        let length = i32::try_from(length).map_err(|_| invalid(ty, "it is too large"))?;
        out[start..start + size_of::<i32>()].copy_from_slice(&length.to_be_bytes());
    }
    Ok(is_null)
}
