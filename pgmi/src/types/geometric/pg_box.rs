use std::fmt;

use bytes::BytesMut;

use super::Point;
use crate::types::wire::{Binary, Problem, Reader, binary};

/// A value of type `box`: a rectangle along the axes. PostgreSQL sorts the corners when it gets one.
///
/// `geo_types::Rect` is read and written too, with the feature `with-geo-types-0_7`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "their names say what they are")]
pub struct PgBox {
    pub upper_right: Point,
    pub lower_left: Point,
}

/// A value of type `lseg`: a line segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "their names say what they are")]
pub struct LineSegment {
    pub start: Point,
    pub end: Point,
}

binary!(PgBox: BOX);
binary!(LineSegment: LSEG);

/// `box_recv` in geo_ops.c.
impl Binary<'_> for PgBox {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Ok(Self { upper_right: Point::read(reader)?, lower_left: Point::read(reader)? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        self.upper_right.write(out)?;
        self.lower_left.write(out)
    }
}

/// `lseg_recv` in geo_ops.c.
impl Binary<'_> for LineSegment {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Ok(Self { start: Point::read(reader)?, end: Point::read(reader)? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        self.start.write(out)?;
        self.end.write(out)
    }
}

/// `box_out`: `(x,y),(x,y)`.
impl fmt::Display for PgBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.upper_right, self.lower_left)
    }
}

/// `lseg_out`: `[(x,y),(x,y)]`.
impl fmt::Display for LineSegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{},{}]", self.start, self.end)
    }
}
