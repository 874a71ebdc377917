use std::fmt;

use bytes::{BufMut, BytesMut};

use super::Point;
use super::float::Float;
use crate::types::wire::{Binary, Problem, Reader, binary};

/// A value of type `circle`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "their names say what they are")]
pub struct Circle {
    pub center: Point,
    pub radius: f64,
}

binary!(Circle: CIRCLE);

/// `circle_recv` in geo_ops.c.
impl Binary<'_> for Circle {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Ok(Self { center: Point::read(reader)?, radius: reader.f64()? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        self.center.write(out)?;
        out.put_f64(self.radius);
        Ok(())
    }
}

/// `circle_out`: `<(x,y),r>`.
impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{},{}>", self.center, Float(self.radius))
    }
}
