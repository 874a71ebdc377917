use std::borrow::Cow;
use std::fmt;

use bytes::BytesMut;
use postgres_types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::Range;
use super::range;
use super::wire::{BoxError, Problem, Reader, invalid, put_count, put_nested};

/// A value of a multirange type: `Multirange<i32>` of an `int4multirange`.
///
/// PostgreSQL sorts the ranges it gets, joins those that touch and leaves out empty ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Multirange<T>(pub Vec<Range<T>>);

impl<T> Multirange<T> {
    /// Whether the value lies in one of the ranges.
    pub fn contains(&self, value: &T) -> bool
    where
        T: PartialOrd,
    {
        self.0.iter().any(|range| range.contains(value))
    }
}

impl<T, R: Into<Range<T>>> FromIterator<R> for Multirange<T> {
    fn from_iter<I: IntoIterator<Item = R>>(ranges: I) -> Self {
        Self(ranges.into_iter().map(Into::into).collect())
    }
}

/// `multirange_recv` in multirangetypes.c: how many there are, and each with its length.
impl<'a, T: FromSql<'a>> FromSql<'a> for Multirange<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let subtype = subtype(ty, T::accepts).ok_or_else(|| invalid(ty, NO_MULTIRANGE))?;
        let ranges = parts(raw).map_err(|problem| invalid(ty, problem))?;
        ranges
            .into_iter()
            .map(|raw| range::read(&subtype, raw, ty))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    fn accepts(ty: &Type) -> bool {
        subtype(ty, T::accepts).is_some_and(|it| T::accepts(&it))
    }
}

impl<T: ToSql> ToSql for Multirange<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let subtype = subtype(ty, T::accepts).ok_or_else(|| invalid(ty, NO_MULTIRANGE))?;
        put_count(self.0.len(), out).map_err(|problem| invalid(ty, problem))?;
        for range in &self.0 {
            put_nested(ty, out, |out| {
                range::write(range, &subtype, ty, out)?;
                Ok(IsNull::No)
            })?;
        }
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        subtype(ty, T::accepts).is_some_and(|it| T::accepts(&it))
    }

    to_sql_checked!();
}

const NO_MULTIRANGE: Problem = "it is no multirange of this";

/// What is in the ranges.
///
/// The driver does not look up what a multirange made by a user is of; it calls it a simple type. Then it is
/// the first built-in type that the Rust type knows, which for this purpose is as good as any other; only
/// `json` is not as good as `jsonb`, and there is no telling.
fn subtype(ty: &Type, accepts: impl Fn(&Type) -> bool) -> Option<Cow<'_, Type>> {
    match ty.kind() {
        Kind::Multirange(subtype) => Some(Cow::Borrowed(subtype)),
        Kind::Simple if Type::from_oid(ty.oid()).is_none() => {
            let first = BUILT_IN.filter_map(Type::from_oid).find(accepts);
            first.filter(|it| *it != Type::JSON).map(Cow::Owned)
        }
        _ => None,
    }
}

/// Numbers of types that are written by hand into PostgreSQL's catalog: below `FirstGenbkiObjectId`.
const BUILT_IN: std::ops::Range<u32> = 16..10_000;

fn parts(raw: &[u8]) -> Result<Vec<&[u8]>, Problem> {
    let mut reader = Reader::new(raw);
    let count = reader.count(size_of::<u32>() + 1)?;
    let ranges = (0..count).map(|_| reader.nested()?.ok_or("a range in it is NULL"));
    let ranges = ranges.collect::<Result<_, _>>()?;
    reader.end()?;
    Ok(ranges)
}

/// `multirange_out`: the ranges in braces.
impl<T: fmt::Display> fmt::Display for Multirange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (index, range) in self.0.iter().enumerate() {
            write!(f, "{}{range}", if index == 0 { "" } else { "," })?;
        }
        f.write_str("}")
    }
}
