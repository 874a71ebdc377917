use std::fmt;
use std::str::FromStr;

use bytes::{BufMut, BytesMut};

use super::clock::{Clock, MICROS_OF_DAY, MICROS_OF_SECOND, parse};
use crate::types::parse::{InvalidText, debug_as_text};
use crate::types::wire::{Binary, Problem, Reader, binary};

/// A value of type `time`: a time of the day, from 00:00 to 24:00.
///
/// The times of `time`, `chrono` and `jiff` are read and written too, with the features `with-time-0_3`,
/// `with-chrono-0_4` and `with-jiff-0_2`; they do not know 24:00.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

binary!(Time: TIME);
debug_as_text!(Time);

/// `time_recv` in date.c.
impl Binary<'_> for Time {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        Self::from_microseconds(reader.i64()?).ok_or("it is no time of a day")
    }

    fn write(&self, out: &mut BytesMut) -> Result<(), Problem> {
        out.put_i64(self.0);
        Ok(())
    }
}

impl Time {
    /// A time of the day, where there is such a time.
    pub fn from_hms(hour: u8, minute: u8, second: u8, microsecond: u32) -> Option<Self> {
        if minute > 59 || second > 59 || microsecond > 999_999 {
            return None;
        }
        let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
        Self::from_microseconds(seconds * MICROS_OF_SECOND + i64::from(microsecond))
    }

    /// So many microseconds after midnight, where the day has as many.
    pub fn from_microseconds(microseconds: i64) -> Option<Self> {
        (0..=MICROS_OF_DAY).contains(&microseconds).then_some(Self(microseconds))
    }

    /// Microseconds since midnight.
    pub const fn microseconds(self) -> i64 {
        self.0
    }

    /// Hour, minute, second and microsecond.
    pub fn to_hms(self) -> (u8, u8, u8, u32) {
        let (seconds, micros) = (self.0 / MICROS_OF_SECOND, self.0 % MICROS_OF_SECOND);
        let small = |number: i64| u8::try_from(number).unwrap_or_default();
        let micros = u32::try_from(micros).unwrap_or_default();
        (small(seconds / 3600), small(seconds / 60 % 60), small(seconds % 60), micros)
    }
}

/// `time_out`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Clock(self.0.unsigned_abs()).fmt(f)
    }
}

/// `04:05`, `04:05:06`, `04:05:06.789`.
impl FromStr for Time {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let micros = parse(text).and_then(|micros| i64::try_from(micros).ok());
        let time = micros.and_then(Self::from_microseconds);
        time.ok_or_else(|| InvalidText::new("time", text))
    }
}
