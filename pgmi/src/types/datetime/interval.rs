use bytes::{BufMut, BytesMut};

use crate::types::parse::debug_as_text;
use crate::types::wire::{Binary, Problem, Reader, binary};

/// A value of type `interval`: months, days and microseconds, which PostgreSQL keeps apart, since neither
/// months nor days are all of the same length.
///
/// Two are equal when all three are. PostgreSQL's own `=` takes a month for 30 days and a day for 24
/// hours: [`Interval::estimate`].
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Twelve of them to the year.
    pub months: i32,
    /// Days of the calendar.
    pub days: i32,
    /// Hours, minutes and seconds.
    pub microseconds: i64,
}

binary!(Interval: INTERVAL);
debug_as_text!(Interval);

impl Interval {
    /// Longer than every other. PostgreSQL has it since 17.
    pub const INFINITY: Self = Self { months: i32::MAX, days: i32::MAX, microseconds: i64::MAX };
    /// Shorter than every other. PostgreSQL has it since 17.
    pub const NEGATIVE_INFINITY: Self =
        Self { months: i32::MIN, days: i32::MIN, microseconds: i64::MIN };

    /// Months, days and microseconds.
    pub const fn new(months: i32, days: i32, microseconds: i64) -> Self {
        Self { months, days, microseconds }
    }

    /// Its length in microseconds with months of 30 days and days of 24 hours, as `interval_cmp_value` in
    /// timestamp.c computes it for comparisons.
    pub fn estimate(self) -> i128 {
        let days = i128::from(self.months) * 30 + i128::from(self.days);
        days * 86_400_000_000 + i128::from(self.microseconds)
    }

    /// Whether this is neither of the infinities.
    pub fn is_finite(self) -> bool {
        self != Self::INFINITY && self != Self::NEGATIVE_INFINITY
    }
}

/// `interval_recv` in timestamp.c.
impl Binary<'_> for Interval {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let microseconds = reader.i64()?;
        Ok(Self { microseconds, days: reader.i32()?, months: reader.i32()? })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        out.put_i64(self.microseconds);
        out.put_i32(self.days);
        out.put_i32(self.months);
        Ok(())
    }
}
