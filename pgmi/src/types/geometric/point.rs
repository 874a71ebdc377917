use std::fmt;

use bytes::{BufMut, BytesMut};

use super::float::Float;
use crate::types::wire::{Binary, Problem, Reader, binary};

/// A value of type `point`.
///
/// `geo_types::Point` is read and written too, with the feature `with-geo-types-0_7`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "what x and y are is known")]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

binary!(Point: POINT);

impl Point {
    /// A point from its coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// `point_recv` in geo_ops.c.
impl Binary<'_> for Point {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Ok(Self { x: reader.f64()?, y: reader.f64()? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        out.put_f64(self.x);
        out.put_f64(self.y);
        Ok(())
    }
}

/// `point_out`: `(x,y)`.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({},{})", Float(self.x), Float(self.y))
    }
}

/// Points with commas between.
pub(super) fn put_all(points: &[Point], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, point) in points.iter().enumerate() {
        write!(f, "{}{point}", if index == 0 { "" } else { "," })?;
    }
    Ok(())
}
