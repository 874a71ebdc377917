use std::fmt;
use std::marker::PhantomData;

use postgres_types::{FromSql, Kind, Type};

use super::dimension::{Dimension, head};
use crate::types::wire::{BoxError, Problem, Reader, invalid};

/// An array in the bytes of its row, read element by element while it is iterated: nothing is collected,
/// and `ArrayRef<'_, &str>` copies no text.
#[derive(Clone)]
pub struct ArrayRef<'a, T> {
    member: Type,
    dimensions: Vec<Dimension>,
    elements: Reader<'a>,
    count: usize,
    read: PhantomData<fn() -> T>,
}

impl<T> ArrayRef<'_, T> {
    /// The dimensions, the outermost first; none of an empty array.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// How many elements it has in all its dimensions.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it has no element.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl<'a, T: FromSql<'a>> ArrayRef<'a, T> {
    /// The elements in row-major order, each an error when its bytes are no `T`.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Result<T, BoxError>> + '_ {
        let mut elements = self.elements.clone();
        (0..self.count).map(move |_| {
            let raw = elements.nested().map_err(|problem| invalid(&self.member, problem))?;
            T::from_sql_nullable(&self.member, raw)
        })
    }
}

impl<'a, T: FromSql<'a>> FromSql<'a> for ArrayRef<'a, T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let Kind::Array(member) = ty.kind() else { return Err(invalid(ty, "it is no array")) };
        let parts = parts(raw).map_err(|problem| invalid(ty, problem))?;
        let (dimensions, count, elements) = parts;
        Ok(Self { member: member.clone(), dimensions, elements, count, read: PhantomData })
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Array(member) if T::accepts(member))
    }
}

/// The elements are walked once here, so that iterating meets no end that is too early.
fn parts(raw: &[u8]) -> Result<(Vec<Dimension>, usize, Reader<'_>), Problem> {
    let mut reader = Reader::new(raw);
    let (dimensions, count) = head(&mut reader)?;
    let elements = reader.clone();
    for _ in 0..count {
        reader.nested()?;
    }
    reader.end()?;
    Ok((dimensions, count, elements))
}

impl<T> fmt::Debug for ArrayRef<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArrayRef")
            .field("element", &self.member.name())
            .field("dimensions", &self.dimensions)
            .finish_non_exhaustive()
    }
}
