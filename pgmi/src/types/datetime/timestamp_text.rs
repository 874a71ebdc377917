//! `timestamp` and `timestamptz` as text: `EncodeDateTime` in datetime.c with DateStyle ISO.

use std::fmt;
use std::str::FromStr;

use super::calendar::Day;
use super::clock::{Clock, MICROS_OF_DAY, MICROS_OF_SECOND, parse, split_offset};
use super::date::split_era;
use super::timestamp::{join, split};
use super::{Timestamp, TimestampTz};
use crate::types::parse::InvalidText;

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        put(self.0, "", f)
    }
}

/// In UTC.
impl fmt::Display for TimestampTz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        put(self.0, "+00", f)
    }
}

fn put(microseconds: i64, zone: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match microseconds {
        i64::MAX => f.write_str("infinity"),
        i64::MIN => f.write_str("-infinity"),
        _ => {
            let (days, micros) = split(microseconds);
            let day = Day::from_days(days);
            write!(f, "{day} {}{zone}{}", Clock(micros.unsigned_abs()), day.era())
        }
    }
}

/// `2024-02-29 04:05:06.789`, or a `T` between; ` BC` behind; `infinity`, `-infinity`.
impl FromStr for Timestamp {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let micros = special(text).or_else(|| {
            let (local, before_christ) = split_era(text);
            local_microseconds(local, before_christ)
        });
        micros.map(Self).ok_or_else(|| InvalidText::new("timestamp", text))
    }
}

/// `2024-02-29 04:05:06.789+02`, or a `T` between, and `Z` for `+00`; ` BC` behind; `infinity`, `-infinity`.
impl FromStr for TimestampTz {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let micros = special(text).or_else(|| {
            let (zoned, before_christ) = split_era(text);
            let (local, offset) = split_offset(zoned)?;
            let micros = local_microseconds(local, before_christ)?;
            micros.checked_sub(i64::from(offset) * MICROS_OF_SECOND)
        });
        micros.map(Self).ok_or_else(|| InvalidText::new("timestamp with time zone", text))
    }
}

fn special(text: &str) -> Option<i64> {
    match text {
        "infinity" => Some(i64::MAX),
        "-infinity" => Some(i64::MIN),
        _ => None,
    }
}

fn local_microseconds(text: &str, before_christ: bool) -> Option<i64> {
    let (date, time) = text.split_once([' ', 'T', 't'])?;
    let micros = parse(time).and_then(|micros| i64::try_from(micros).ok());
    let micros = micros.filter(|micros| *micros <= MICROS_OF_DAY)?;
    join(Day::parse(date, before_christ)?, micros)
}
