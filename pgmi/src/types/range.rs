use std::fmt;
use std::ops::Bound;

use bytes::{BufMut, BytesMut};
use postgres_types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::wire::{BoxError, Problem, Reader, invalid, put_nested};

/// A value of a range type: `Range<i32>` of an `int4range`, `Range<Date>` of a `daterange`.
///
/// PostgreSQL brings ranges of integers and dates into the form `[lower,upper)`, and those that hold nothing
/// into `empty`. A bound that is `infinity` is a value; one that is missing is [`Bound::Unbounded`].
///
/// ```
/// # use pgmi::types::Range;
/// let range = Range::from(1..10);
/// assert_eq!(range.to_string(), "[1,10)");
/// assert!(range.contains(&1) && !range.contains(&10));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// It holds nothing.
    #[default]
    Empty,
    /// From the lower bound to the upper one.
    Bounds(Bound<T>, Bound<T>),
}

impl<T> Range<T> {
    /// It holds everything.
    pub const UNBOUNDED: Self = Self::Bounds(Bound::Unbounded, Bound::Unbounded);

    /// The lower bound; none of the empty range.
    pub fn lower(&self) -> Option<Bound<&T>> {
        match self {
            Self::Empty => None,
            Self::Bounds(lower, _) => Some(lower.as_ref()),
        }
    }

    /// The upper bound; none of the empty range.
    pub fn upper(&self) -> Option<Bound<&T>> {
        match self {
            Self::Empty => None,
            Self::Bounds(_, upper) => Some(upper.as_ref()),
        }
    }

    /// Whether it was sent as empty.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Whether the value lies in it.
    pub fn contains(&self, value: &T) -> bool
    where
        T: PartialOrd,
    {
        match self {
            Self::Empty => false,
            Self::Bounds(lower, upper) => {
                std::ops::RangeBounds::contains(&(lower.as_ref(), upper.as_ref()), value)
            }
        }
    }

    /// The same range of other values.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Range<U> {
        match self {
            Self::Empty => Range::Empty,
            Self::Bounds(lower, upper) => Range::Bounds(lower.map(&mut f), upper.map(&mut f)),
        }
    }
}

/// `[start,end)`.
impl<T> From<std::ops::Range<T>> for Range<T> {
    fn from(range: std::ops::Range<T>) -> Self {
        Self::Bounds(Bound::Included(range.start), Bound::Excluded(range.end))
    }
}

/// `[start,end]`.
impl<T> From<std::ops::RangeInclusive<T>> for Range<T> {
    fn from(range: std::ops::RangeInclusive<T>) -> Self {
        let (start, end) = range.into_inner();
        Self::Bounds(Bound::Included(start), Bound::Included(end))
    }
}

impl<T> From<(Bound<T>, Bound<T>)> for Range<T> {
    fn from((lower, upper): (Bound<T>, Bound<T>)) -> Self {
        Self::Bounds(lower, upper)
    }
}

// `RANGE_EMPTY`, `RANGE_LB_INC` … in rangetypes.h.
const EMPTY: u8 = 0x01;
const LOWER_INCLUSIVE: u8 = 0x02;
const UPPER_INCLUSIVE: u8 = 0x04;
const LOWER_INFINITE: u8 = 0x08;
const UPPER_INFINITE: u8 = 0x10;

/// `range_recv` in rangetypes.c: flags, and those bounds that there are.
impl<'a, T: FromSql<'a>> FromSql<'a> for Range<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let Kind::Range(subtype) = ty.kind() else { return Err(invalid(ty, "it is no range")) };
        read(subtype, raw, ty)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Range(subtype) if T::accepts(subtype))
    }
}

impl<T: ToSql> ToSql for Range<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let Kind::Range(subtype) = ty.kind() else { return Err(invalid(ty, "it is no range")) };
        write(self, subtype, ty, out)?;
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Range(subtype) if T::accepts(subtype))
    }

    to_sql_checked!();
}

/// Reads a range of a subtype; `ty` is for errors.
pub(super) fn read<'a, T: FromSql<'a>>(
    subtype: &Type,
    raw: &'a [u8],
    ty: &Type,
) -> Result<Range<T>, BoxError> {
    let bounds = parts(raw).map_err(|problem| invalid(ty, problem))?;
    let Some([lower, upper]) = bounds else { return Ok(Range::Empty) };
    let value = |raw| T::from_sql(subtype, raw);
    Ok(Range::Bounds(transposed(lower.map(value))?, transposed(upper.map(value))?))
}

/// The bytes of both bounds; none of the empty range.
fn parts(raw: &[u8]) -> Result<Option<[Bound<&[u8]>; 2]>, Problem> {
    let mut reader = Reader::new(raw);
    let flags = reader.u8()?;
    let mut bound = |infinite, inclusive| -> Result<_, Problem> {
        if flags & infinite != 0 {
            return Ok(Bound::Unbounded);
        }
        let value = reader.nested()?.ok_or("a bound of it is NULL")?;
        Ok(if flags & inclusive != 0 { Bound::Included(value) } else { Bound::Excluded(value) })
    };
    let bounds = match flags & EMPTY {
        0 => {
            Some([bound(LOWER_INFINITE, LOWER_INCLUSIVE)?, bound(UPPER_INFINITE, UPPER_INCLUSIVE)?])
        }
        _ => None,
    };
    reader.end()?;
    Ok(bounds)
}

fn transposed<T>(bound: Bound<Result<T, BoxError>>) -> Result<Bound<T>, BoxError> {
    Ok(match bound {
        Bound::Included(value) => Bound::Included(value?),
        Bound::Excluded(value) => Bound::Excluded(value?),
        Bound::Unbounded => Bound::Unbounded,
    })
}

/// Appends a range of a subtype; `ty` is for errors.
pub(super) fn write<T: ToSql>(
    range: &Range<T>,
    subtype: &Type,
    ty: &Type,
    out: &mut BytesMut,
) -> Result<(), BoxError> {
    let Range::Bounds(lower, upper) = range else {
        out.put_u8(EMPTY);
        return Ok(());
    };
    out.put_u8(
        flags(lower, LOWER_INFINITE, LOWER_INCLUSIVE)
            | flags(upper, UPPER_INFINITE, UPPER_INCLUSIVE),
    );
    for bound in [lower, upper] {
        if let Bound::Included(value) | Bound::Excluded(value) = bound
            && let IsNull::Yes = put_nested(ty, out, |out| value.to_sql(subtype, out))?
        {
            return Err(invalid(ty, "a bound of it is NULL"));
        }
    }
    Ok(())
}

fn flags<T>(bound: &Bound<T>, infinite: u8, inclusive: u8) -> u8 {
    match bound {
        Bound::Included(_) => inclusive,
        Bound::Excluded(_) => 0,
        Bound::Unbounded => infinite,
    }
}

/// `range_out` in rangetypes.c.
impl<T: fmt::Display> fmt::Display for Range<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Bounds(lower, upper) = self else { return f.write_str("empty") };
        f.write_str(if matches!(lower, Bound::Included(_)) { "[" } else { "(" })?;
        put_bound(lower, f)?;
        f.write_str(",")?;
        put_bound(upper, f)?;
        f.write_str(if matches!(upper, Bound::Included(_)) { "]" } else { ")" })
    }
}

/// `range_bound_escape`.
fn put_bound<T: fmt::Display>(bound: &Bound<T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (Bound::Included(value) | Bound::Excluded(value)) = bound else { return Ok(()) };
    let text = value.to_string();
    let is_special = |c: char| "\"\\()[],".contains(c) || c.is_ascii_whitespace() || c == '\x0b';
    if !text.is_empty() && !text.contains(is_special) {
        return f.write_str(&text);
    }
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\"\""))
}
