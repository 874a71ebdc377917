use std::time::{Duration, SystemTime};

use super::calendar::Day;
use super::clock::MICROS_OF_DAY;
use super::{Date, Time};
use crate::types::parse::debug_as_text;
use crate::types::wire::binary_number;

/// A value of type `timestamp`: a date and a time of the day, nowhere in particular, or an infinity.
///
/// `time::PrimitiveDateTime`, `chrono::NaiveDateTime` and `jiff::civil::DateTime` are read and written
/// too, with the features `with-time-0_3`, `with-chrono-0_4` and `with-jiff-0_2`; they know neither the
/// infinities nor years as far away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub(super) i64);

/// A value of type `timestamptz`: a moment, or one of the infinities.
///
/// PostgreSQL keeps no time zone; it converts what it reads, and shows moments in the session's zone.
/// `Display` shows them in UTC. `time::OffsetDateTime`, `chrono::DateTime<Utc>` and `jiff::Timestamp` are
/// read and written too, with the features `with-time-0_3`, `with-chrono-0_4` and `with-jiff-0_2`, and
/// always `std::time::SystemTime`; they know neither the infinities nor years as far away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimestampTz(pub(super) i64);

// `timestamp_recv` and `timestamptz_recv` in timestamp.c.
binary_number!(Timestamp(i64): TIMESTAMP);
binary_number!(TimestampTz(i64): TIMESTAMPTZ);
debug_as_text!(Timestamp, TimestampTz);

/// From 1970-01-01 to 2000-01-01.
const UNIX_EPOCH: i64 = 946_684_800_000_000;

macro_rules! microseconds {
    ($rust:ident) => {
        impl $rust {
            /// Later than every other.
            pub const INFINITY: Self = Self(i64::MAX);
            /// Earlier than every other.
            pub const NEGATIVE_INFINITY: Self = Self(i64::MIN);

            /// So many microseconds after 2000-01-01. PostgreSQL takes those from 4714-11-24 BC to
            /// 294276-12-31.
            pub const fn from_microseconds(microseconds: i64) -> Self {
                Self(microseconds)
            }

            /// Microseconds since 2000-01-01; `i64::MAX` and `i64::MIN` for the infinities.
            pub const fn microseconds(self) -> i64 {
                self.0
            }

            /// Whether this is neither of the infinities.
            pub fn is_finite(self) -> bool {
                self != Self::INFINITY && self != Self::NEGATIVE_INFINITY
            }
        }
    };
}

microseconds!(Timestamp);
microseconds!(TimestampTz);

impl Timestamp {
    /// This time of this day; none for an infinite date, or one that is too far away.
    pub fn new(date: Date, time: Time) -> Option<Self> {
        let midnight = i64::from(date.days()).checked_mul(MICROS_OF_DAY)?;
        let both = midnight.checked_add(time.microseconds()).map(Self);
        both.filter(|both| date.is_finite() && both.is_finite())
    }

    /// The day, and the time of that day; none for the infinities.
    pub fn to_date_time(self) -> Option<(Date, Time)> {
        let (days, micros) = split(self.0);
        let date = Date::from_days(i32::try_from(days).ok()?);
        self.is_finite().then(|| Some((date, Time::from_microseconds(micros)?)))?
    }
}

impl TimestampTz {
    /// So many microseconds after 1970-01-01 00:00 UTC, where PostgreSQL's time reaches as far.
    pub fn from_unix_microseconds(microseconds: i64) -> Option<Self> {
        microseconds.checked_sub(UNIX_EPOCH).map(Self).filter(|moment| moment.is_finite())
    }

    /// Microseconds since 1970-01-01 00:00 UTC; none for the infinities.
    pub fn to_unix_microseconds(self) -> Option<i64> {
        if self.is_finite() { self.0.checked_add(UNIX_EPOCH) } else { None }
    }

    /// The moment at which clocks in UTC show this.
    pub fn from_utc(timestamp: Timestamp) -> Self {
        Self(timestamp.0)
    }

    /// What clocks in UTC show at this moment.
    pub fn to_utc(self) -> Timestamp {
        Timestamp(self.0)
    }
}

/// Days since 2000-01-01, and microseconds of the day.
pub(super) fn split(microseconds: i64) -> (i64, i64) {
    (microseconds.div_euclid(MICROS_OF_DAY), microseconds.rem_euclid(MICROS_OF_DAY))
}

/// The microseconds of a time of a day.
pub(super) fn join(day: Day, micros: i64) -> Option<i64> {
    day.days().checked_mul(MICROS_OF_DAY)?.checked_add(micros)
}

/// A moment that the other type cannot express.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

impl std::fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the moment is infinite, or too far away")
    }
}

impl std::error::Error for OutOfRange {}

/// To the microsecond below.
impl TryFrom<SystemTime> for TimestampTz {
    type Error = OutOfRange;

    fn try_from(time: SystemTime) -> Result<Self, OutOfRange> {
        let micros = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).ok(),
            Err(before) => {
                let nanos = before.duration().as_nanos();
                i64::try_from(nanos.div_ceil(1_000)).ok().map(|micros| -micros)
            }
        };
        micros.and_then(Self::from_unix_microseconds).ok_or(OutOfRange)
    }
}

impl TryFrom<TimestampTz> for SystemTime {
    type Error = OutOfRange;

    fn try_from(moment: TimestampTz) -> Result<Self, OutOfRange> {
        let micros = moment.to_unix_microseconds().ok_or(OutOfRange)?;
        let distance = Duration::from_micros(micros.unsigned_abs());
        let time = if micros < 0 {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        time.ok_or(OutOfRange)
    }
}
