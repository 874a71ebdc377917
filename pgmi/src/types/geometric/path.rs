use std::fmt;

use bytes::{BufMut, BytesMut};

use super::Point;
use super::point::put_all;
use crate::types::wire::{Binary, Problem, Reader, binary, put_count};

/// A value of type `path`: a line through points, of which PostgreSQL demands at least one.
///
/// `geo_types::LineString` is read and written too, with the feature `with-geo-types-0_7`; it forgets
/// whether the path was closed.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub struct Path {
    /// Whether the last point is joined to the first.
    pub closed: bool,
    /// The points in their order.
    pub points: Vec<Point>,
}

/// A value of type `polygon`: its corners, of which PostgreSQL demands at least one.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub struct Polygon {
    /// The corners in their order.
    pub points: Vec<Point>,
}

binary!(Path: PATH);
binary!(Polygon: POLYGON);

/// `path_recv` in geo_ops.c.
impl Binary<'_> for Path {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Ok(Self { closed: reader.u8()? != 0, points: points(reader)? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        out.put_u8(u8::from(self.closed));
        put_points(&self.points, out)
    }
}

/// `poly_recv` in geo_ops.c.
impl Binary<'_> for Polygon {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Ok(Self { points: points(reader)? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        put_points(&self.points, out)
    }
}

fn points(reader: &mut Reader<'_>) -> Result<Vec<Point>, Problem> {
    let count = reader.count(size_of::<Point>())?;
    (0..count).map(|_| Point::read(reader)).collect()
}

fn put_points(points: &[Point], out: &mut BytesMut) -> Result<(), Problem> {
    put_count(points.len(), out)?;
    points.iter().try_for_each(|point| point.write(out))
}

/// `path_out`: in parentheses when it is closed, in brackets when it is open.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (begin, end) = if self.closed { ("(", ")") } else { ("[", "]") };
        f.write_str(begin)?;
        put_all(&self.points, f)?;
        f.write_str(end)
    }
}

/// `poly_out`: in parentheses.
impl fmt::Display for Polygon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        put_all(&self.points, f)?;
        f.write_str(")")
    }
}
