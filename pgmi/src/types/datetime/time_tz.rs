use std::fmt;
use std::str::FromStr;

use bytes::{BufMut, BytesMut};

use super::Time;
use super::clock::{Offset, split_offset};
use crate::types::parse::{InvalidText, debug_as_text};
use crate::types::wire::{Binary, Problem, Reader, binary};

/// A value of type `timetz`: a time of the day and its offset from UTC.
///
/// Two are equal when both of these are.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TimeTz {
    /// The time of the day at that offset.
    pub time: Time,
    /// Seconds east of UTC: 7200 for `+02`.
    pub offset: i32,
}

binary!(TimeTz: TIMETZ);
debug_as_text!(TimeTz);

/// `timetz_recv` in date.c, which counts seconds west of UTC.
impl Binary<'_> for TimeTz {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let time = Time::read(reader)?;
        let offset = reader.i32()?.checked_neg().ok_or("its offset is out of range")?;
        Ok(Self { time, offset })
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        self.time.write(out)?;
        out.put_i32(self.offset.checked_neg().ok_or("its offset is out of range")?);
        Ok(())
    }
}

/// `timetz_out`.
impl fmt::Display for TimeTz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.time, Offset(self.offset))
    }
}

/// `04:05:06.789+02`, `04:05-05:30`, `04:05Z`.
impl FromStr for TimeTz {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let parts = split_offset(text)
            .and_then(|(time, offset)| Some(Self { time: time.parse().ok()?, offset }));
        parts.ok_or_else(|| InvalidText::new("time with time zone", text))
    }
}
