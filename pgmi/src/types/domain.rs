//! Domains: `FromSql` and `ToSql` of foreign types know nothing of them, so they are taken off.

use std::borrow::Cow;

use bytes::BytesMut;
use postgres_types::{Format, FromSql, IsNull, Kind, ToSql, Type, WrongType, to_sql_checked};

use super::wire::BoxError;

/// Reads and writes `T` where a domain over its type stands, or an array, range or composite of domains.
///
/// A column of a domain arrives as its base type; but an array of a domain is an array of a type that
/// `String` or `i32` know nothing of. Bindings read and write through this wrapper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain<T>(pub T);

impl<'a, T: FromSql<'a>> FromSql<'a> for Domain<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        // Nearly always, and cheaper to ask than whether there is a domain in it: then reading costs what it does
        // without this wrapper.
        if T::accepts(ty) {
            return T::from_sql(ty, raw).map(Self);
        }
        under_domains(ty, raw).map(Self)
    }

    fn from_sql_null(ty: &Type) -> Result<Self, BoxError> {
        if T::accepts(ty) {
            return T::from_sql_null(ty).map(Self);
        }
        null_under_domains(ty).map(Self)
    }

    fn accepts(ty: &Type) -> bool {
        T::accepts(&chosen(ty, T::accepts))
    }
}

impl<T: ToSql> ToSql for Domain<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        self.0.to_sql(&chosen(ty, T::accepts), out)
    }

    fn accepts(ty: &Type) -> bool {
        T::accepts(&chosen(ty, T::accepts))
    }

    fn encode_format(&self, ty: &Type) -> Format {
        self.0.encode_format(&chosen(ty, T::accepts))
    }

    to_sql_checked!();
}

/// Apart from the rest, so that the rest is small enough to be inlined, and has nothing to clean up.
#[cold]
#[inline(never)]
fn under_domains<'a, T: FromSql<'a>>(ty: &Type, raw: &'a [u8]) -> Result<T, BoxError> {
    T::from_sql(&chosen(ty, T::accepts), raw)
}

#[cold]
#[inline(never)]
fn null_under_domains<'a, T: FromSql<'a>>(ty: &Type) -> Result<T, BoxError> {
    T::from_sql_null(&chosen(ty, T::accepts))
}

/// The type without its domains, unless they are what is wanted: a Rust type of one's own may ask for them.
pub(crate) fn chosen(ty: &Type, accepts: impl Fn(&Type) -> bool) -> Cow<'_, Type> {
    match without_domains(ty) {
        Some(base) if accepts(&base) => Cow::Owned(base),
        _ => Cow::Borrowed(ty),
    }
}

/// The type with all domains in it replaced by what they are over; none when there is no domain in it.
pub(crate) fn without_domains(ty: &Type) -> Option<Type> {
    let kind = match ty.kind() {
        Kind::Domain(inner) => {
            return Some(without_domains(inner).unwrap_or_else(|| inner.clone()));
        }
        Kind::Array(element) => Kind::Array(without_domains(element)?),
        Kind::Range(subtype) => Kind::Range(without_domains(subtype)?),
        Kind::Multirange(subtype) => Kind::Multirange(without_domains(subtype)?),
        // The fields of a composite are looked at one by one when it is read.
        _ => return None,
    };
    Some(Type::new(ty.name().to_owned(), ty.oid(), kind, ty.schema().to_owned()))
}

/// Reads a value after it was checked that `T` reads its type, as `Row::try_get` does it.
pub(crate) fn decode<'a, T: FromSql<'a>>(ty: &Type, raw: Option<&'a [u8]>) -> Result<T, BoxError> {
    let chosen = chosen(ty, T::accepts);
    if T::accepts(&chosen) {
        T::from_sql_nullable(&chosen, raw)
    } else {
        Err(Box::new(WrongType::new::<T>(ty.clone())))
    }
}
