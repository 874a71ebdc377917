use std::fmt;

use bytes::{BufMut, BytesMut};
use postgres_types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::dimension::{Dimension, MAX_DIMENSIONS, elements, head};
use crate::types::wire::{BoxError, Problem, Reader, invalid, put_count, put_nested};

/// An array of any dimension, with its lower bounds: `Array<Option<i32>>` of an `int4[][]`.
///
/// `Vec<T>` is enough for one dimension, where the lower bound does not matter.
///
/// ```
/// # use pgmi::types::{Array, Dimension};
/// let matrix = Array::new(vec![Dimension::of(2), Dimension::of(3)], vec![1, 2, 3, 4, 5, 6])?;
/// assert_eq!(matrix.get(&[2, 1]), Some(&4));
/// # Ok::<(), pgmi::types::NotRectangular>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Array<T> {
    dimensions: Vec<Dimension>,
    elements: Vec<T>,
}

/// Elements that do not fill the dimensions of an array, or dimensions that PostgreSQL does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotRectangular;

impl fmt::Display for NotRectangular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the elements do not fill the dimensions of the array")
    }
}

impl std::error::Error for NotRectangular {}

impl<T> Array<T> {
    /// An array of elements in row-major order: those of the last dimension next to each other.
    ///
    /// # Errors
    ///
    /// When there are more or fewer elements than the dimensions have, or more than six dimensions.
    pub fn new(dimensions: Vec<Dimension>, elements: Vec<T>) -> Result<Self, NotRectangular> {
        let expected = self::elements(&dimensions).map_err(|_| NotRectangular)?;
        if expected != elements.len() || dimensions.len() > MAX_DIMENSIONS {
            return Err(NotRectangular);
        }
        // PostgreSQL has one empty array, without dimensions.
        let dimensions = if expected == 0 { Vec::new() } else { dimensions };
        Ok(Self { dimensions, elements })
    }

    /// The dimensions, the outermost first; none of an empty array.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// All elements in row-major order.
    pub fn elements(&self) -> &[T] {
        &self.elements
    }

    /// All elements in row-major order.
    pub fn into_elements(self) -> Vec<T> {
        self.elements
    }

    /// The element at these subscripts, which count from the lower bounds as in SQL.
    pub fn get(&self, subscripts: &[i32]) -> Option<&T> {
        if subscripts.len() != self.dimensions.len() || subscripts.is_empty() {
            return None;
        }
        let places = self.dimensions.iter().zip(subscripts);
        let index = places.into_iter().try_fold(0_usize, |index, (dimension, subscript)| {
            let place = subscript.checked_sub(dimension.lower_bound)?;
            let place = Some(place).filter(|place| (0..dimension.length).contains(place))?;
            let length = usize::try_from(dimension.length).ok()?;
            index.checked_mul(length)?.checked_add(usize::try_from(place).ok()?)
        })?;
        self.elements.get(index)
    }
}

/// The empty array.
impl<T> Default for Array<T> {
    fn default() -> Self {
        Self { dimensions: Vec::new(), elements: Vec::new() }
    }
}

/// One dimension; none when there are more elements than PostgreSQL can count.
impl<T> TryFrom<Vec<T>> for Array<T> {
    type Error = NotRectangular;

    fn try_from(elements: Vec<T>) -> Result<Self, NotRectangular> {
        let length = i32::try_from(elements.len()).map_err(|_| NotRectangular)?;
        Self::new(vec![Dimension::of(length)], elements)
    }
}

impl<'a, T: FromSql<'a>> FromSql<'a> for Array<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let Kind::Array(member) = ty.kind() else { return Err(invalid(ty, "it is no array")) };
        let wrong = |problem: Problem| invalid(ty, problem);
        let mut reader = Reader::new(raw);
        let (dimensions, count) = head(&mut reader).map_err(wrong)?;
        let mut elements = Vec::with_capacity(count);
        for _ in 0..count {
            let raw = reader.nested().map_err(wrong)?;
            elements.push(T::from_sql_nullable(member, raw)?);
        }
        reader.end().map_err(wrong)?;
        Ok(Self { dimensions, elements })
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Array(member) if T::accepts(member))
    }
}

impl<T: ToSql> ToSql for Array<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let Kind::Array(member) = ty.kind() else { return Err(invalid(ty, "it is no array")) };
        put_count(self.dimensions.len(), out).map_err(|problem| invalid(ty, problem))?;
        let has_nulls = out.len();
        out.put_i32(0);
        out.put_u32(member.oid());
        for dimension in &self.dimensions {
            out.put_i32(dimension.length);
            out.put_i32(dimension.lower_bound);
        }
        for element in &self.elements {
            if let IsNull::Yes = put_nested(ty, out, |out| element.to_sql(member, out))? {
                out[has_nulls..has_nulls + size_of::<i32>()].copy_from_slice(&1_i32.to_be_bytes());
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Array(member) if T::accepts(member))
    }

    to_sql_checked!();
}
