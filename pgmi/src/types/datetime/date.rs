use std::fmt;
use std::str::FromStr;

use super::calendar::Day;
use crate::types::parse::{InvalidText, debug_as_text};
use crate::types::wire::binary_number;

/// A value of type `date`: a day of the Gregorian calendar, or one of the infinities.
///
/// The dates of `time`, `chrono` and `jiff` are read and written too, with the features `with-time-0_3`,
/// `with-chrono-0_4` and `with-jiff-0_2`; they know neither the infinities nor years as far away.
///
/// ```
/// # use pgmi::types::Date;
/// let leap_day = Date::from_ymd(2024, 2, 29).ok_or("no such day")?;
/// assert_eq!(leap_day.to_string(), "2024-02-29");
/// assert!(leap_day < Date::INFINITY);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

// `date_recv` in date.c.
binary_number!(Date(i32): DATE);
debug_as_text!(Date);

impl Date {
    /// Later than every other date.
    pub const INFINITY: Self = Self(i32::MAX);
    /// Earlier than every other date.
    pub const NEGATIVE_INFINITY: Self = Self(i32::MIN);

    /// A day of the calendar, where there is such a day. The year before 1 is 0, PostgreSQL's `1 BC`.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        let days = Day::new(year.into(), month, day)?.days();
        i32::try_from(days).ok().map(Self).filter(|date| date.is_finite())
    }

    /// The day so many days after 2000-01-01. PostgreSQL takes those from 4714-11-24 BC to 5874897-12-31.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 2000-01-01; `i32::MAX` and `i32::MIN` for the infinities.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, month and day; none for the infinities. The year before 1 is 0.
    pub fn to_ymd(self) -> Option<(i32, u8, u8)> {
        let Day { year, month, day } = Day::from_days(self.0.into());
        self.is_finite().then(|| Some((i32::try_from(year).ok()?, month, day)))?
    }

    /// Whether this is a day.
    pub fn is_finite(self) -> bool {
        self != Self::INFINITY && self != Self::NEGATIVE_INFINITY
    }
}

/// `date_out` with DateStyle ISO.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::INFINITY => f.write_str("infinity"),
            Self::NEGATIVE_INFINITY => f.write_str("-infinity"),
            Self(days) => {
                let day = Day::from_days(days.into());
                write!(f, "{day}{}", day.era())
            }
        }
    }
}

/// `2024-02-29`, `0044-03-15 BC`, `infinity`, `-infinity`.
impl FromStr for Date {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let date = match text {
            "infinity" => Some(Self::INFINITY),
            "-infinity" => Some(Self::NEGATIVE_INFINITY),
            _ => {
                let (day, before_christ) = split_era(text);
                let day = Day::parse(day, before_christ);
                day.and_then(|day| i32::try_from(day.days()).ok()).map(Self)
            }
        };
        date.ok_or_else(|| InvalidText::new("date", text))
    }
}

/// Whether ` BC` stands at the end, and what stands before it.
pub(super) fn split_era(text: &str) -> (&str, bool) {
    text.strip_suffix(" BC").map_or((text, false), |rest| (rest, true))
}
