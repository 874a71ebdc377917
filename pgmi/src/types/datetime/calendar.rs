//! The Gregorian calendar, extended in both directions as PostgreSQL does.

use std::fmt;

use crate::types::parse::digits;

/// From 1970-01-01, where civil time of computers begins, to 2000-01-01, where PostgreSQL's does.
const EPOCH: i64 = 10_957;
/// In 400 years.
const DAYS_OF_ERA: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01.
const MARCH_0: i64 = 719_468;

/// A day of the calendar. The year before 1 is 0: PostgreSQL's `1 BC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: i64,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Day {
    /// A day that exists.
    pub(super) fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let candidate = Self { year, month, day };
        let exists = (1..=12).contains(&month) && (1..=31).contains(&day);
        (exists && Self::from_days(candidate.days()) == candidate).then_some(candidate)
    }

    /// The day so many days after 2000-01-01.
    ///
    /// Years begin in March here: leap days are the last of them.
    pub(super) fn from_days(days: i64) -> Self {
        let days = days + EPOCH + MARCH_0;
        let (era, of_era) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let small = |number| u8::try_from(number).unwrap_or_default();
        Self { year, month: small(month), day: small(day) }
    }

    /// Days since 2000-01-01.
    pub(super) fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = self.year - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        era * DAYS_OF_ERA + of_era - MARCH_0 - EPOCH
    }

    /// ` BC` for years before 1, which goes behind everything else.
    pub(super) fn era(self) -> &'static str {
        if self.year < 1 { " BC" } else { "" }
    }

    /// Reads `2000-01-01`, with any number of digits for the year.
    pub(super) fn parse(text: &str, before_christ: bool) -> Option<Self> {
        let (rest, day) = text.rsplit_once('-')?;
        let (year, month) = rest.rsplit_once('-')?;
        let year: i64 = digits(year).filter(|year| *year > 0 && *year < 10_000_000)?;
        Self::new(if before_christ { 1 - year } else { year }, digits(month)?, digits(day)?)
    }
}

/// `EncodeDateOnly` with DateStyle ISO, without the era.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = if self.year < 1 { 1 - self.year } else { self.year };
        write!(f, "{year:04}-{:02}-{:02}", self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_known_days() {
        for (days, text) in
            [(0, "2000-01-01"), (59, "2000-02-29"), (-1, "1999-12-31"), (8_826, "2024-03-01")]
        {
            assert_eq!(Day::from_days(days).to_string(), text);
            assert_eq!(Day::parse(text, false).unwrap().days(), days);
        }
        assert_eq!(Day::parse("4714-11-24", true).unwrap().days(), -2_451_545);
        for text in ["2023-02-29", "2000-13-01", "2000-01-00", "0000-01-01", "2000-1", "+1-01-01"] {
            assert_eq!(Day::parse(text, false), None, "{text}");
        }
    }
}
