//! `interval` as text: `EncodeInterval` in datetime.c with IntervalStyle postgres.

use std::fmt;
use std::str::FromStr;

use super::Interval;
use super::clock::{Clock, parse};
use crate::types::parse::InvalidText;

/// `1 year 2 mons 3 days 04:05:06.789`.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::INFINITY => return f.write_str("infinity"),
            Self::NEGATIVE_INFINITY => return f.write_str("-infinity"),
            _ => {}
        }
        let parts = [(self.months / 12, "year"), (self.months % 12, "mon"), (self.days, "day")];
        let (mut between, mut after_negative) = ("", false);
        for (number, unit) in parts.into_iter().filter(|(number, _)| *number != 0) {
            let plus = if after_negative && number > 0 { "+" } else { "" };
            let plural = if number == 1 { "" } else { "s" };
            write!(f, "{between}{plus}{number} {unit}{plural}")?;
            (between, after_negative) = (" ", number < 0);
        }
        if self.microseconds == 0 && !between.is_empty() {
            return Ok(());
        }
        let sign = match self.microseconds {
            ..0 => "-",
            0.. if after_negative => "+",
            0.. => "",
        };
        write!(f, "{between}{sign}{}", Clock(self.microseconds.unsigned_abs()))
    }
}

/// The form in which PostgreSQL writes one when `IntervalStyle` is `postgres`.
impl FromStr for Interval {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let interval = match text {
            "infinity" => Some(Self::INFINITY),
            "-infinity" => Some(Self::NEGATIVE_INFINITY),
            _ => parts(text),
        };
        interval.ok_or_else(|| InvalidText::new("interval", text))
    }
}

fn parts(text: &str) -> Option<Interval> {
    let mut words = text.split_ascii_whitespace().peekable();
    words.peek()?;
    let mut interval = Interval::default();
    while let Some(word) = words.next() {
        if word.contains(':') {
            interval.microseconds = signed_clock(word)?;
            return words.next().is_none().then_some(interval);
        }
        let number: i32 = word.parse().ok()?;
        match words.next()? {
            "year" | "years" => interval.months = number.checked_mul(12)?,
            "mon" | "mons" => interval.months = interval.months.checked_add(number)?,
            "day" | "days" => interval.days = number,
            _ => return None,
        }
    }
    Some(interval)
}

fn signed_clock(text: &str) -> Option<i64> {
    let micros = match text.strip_prefix('-') {
        Some(rest) => -parse(rest)?,
        None => parse(text.strip_prefix('+').unwrap_or(text))?,
    };
    i64::try_from(micros).ok()
}
