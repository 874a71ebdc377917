//! The head of an array: `array_recv` in arrayfuncs.c.

use crate::types::wire::{Problem, Reader};

/// One dimension of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dimension {
    /// How many elements it has; at least one.
    pub length: i32,
    /// The subscript of the first of them, as a rule 1.
    pub lower_bound: i32,
}

impl Dimension {
    /// A dimension that begins at 1.
    pub const fn of(length: i32) -> Self {
        Self { length, lower_bound: 1 }
    }
}

/// PostgreSQL's `MAXDIM`.
pub(super) const MAX_DIMENSIONS: usize = 6;

/// Reads the head of an array: its dimensions and how many elements they have together.
pub(super) fn head(reader: &mut Reader<'_>) -> Result<(Vec<Dimension>, usize), Problem> {
    let count = reader.u32()?;
    let (_has_nulls, _element) = (reader.i32()?, reader.u32()?);
    if count > MAX_DIMENSIONS as u32 {
        return Err("it has too many dimensions");
    }
    let dimension = |_| Ok(Dimension { length: reader.i32()?, lower_bound: reader.i32()? });
    let dimensions = (0..count).map(dimension).collect::<Result<Vec<_>, Problem>>()?;
    let elements = elements(&dimensions)?;
    // Each element has its length before it.
    if elements > reader.len() / size_of::<i32>() {
        return Err("its bytes end early");
    }
    Ok((if elements == 0 { Vec::new() } else { dimensions }, elements))
}

/// How many elements arrays of these dimensions have.
pub(super) fn elements(dimensions: &[Dimension]) -> Result<usize, Problem> {
    if dimensions.is_empty() {
        return Ok(0);
    }
    dimensions.iter().try_fold(1_usize, |product, dimension| {
        let length = usize::try_from(dimension.length).map_err(|_| "a length in it is negative")?;
        product.checked_mul(length).ok_or("it has too many elements")
    })
}
