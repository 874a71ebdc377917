use std::fmt;

use bytes::{BufMut, BytesMut};

use super::float::Float;
use crate::types::wire::{Binary, Problem, Reader, binary};

/// A value of type `line`: the points where `a·x + b·y + c = 0`; not both of `a` and `b` are zero.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "the type says what they are")]
pub struct Line {
    pub a: f64,
    pub b: f64,
    pub c: f64,
}

binary!(Line: LINE);

/// `line_recv` in geo_ops.c.
impl Binary<'_> for Line {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Ok(Self { a: reader.f64()?, b: reader.f64()?, c: reader.f64()? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        [self.a, self.b, self.c].into_iter().for_each(|number| out.put_f64(number));
        Ok(())
    }
}

/// `line_out`: `{a,b,c}`.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{},{},{}}}", Float(self.a), Float(self.b), Float(self.c))
    }
}
