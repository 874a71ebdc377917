//! Hours, minutes, seconds.

use std::fmt;

use crate::types::parse::digits;

pub(super) const MICROS_OF_SECOND: i64 = 1_000_000;
pub(super) const MICROS_OF_DAY: i64 = 86_400 * MICROS_OF_SECOND;

/// Microseconds as `EncodeTimeOnly` writes them: `04:05:06.789`. Hours may have any number of digits.
pub(super) struct Clock(pub(super) u64);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, micros) = (self.0 / 1_000_000, self.0 % 1_000_000);
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        if micros > 0 {
            let fraction = format!("{micros:06}");
            write!(f, ".{}", fraction.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

/// Reads `04:05`, `04:05:06` and `04:05:06.789`, with at most six digits behind the point.
pub(super) fn parse(text: &str) -> Option<i128> {
    let (hours, rest) = text.split_once(':')?;
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    if fraction.len() > 6 {
        return None;
    }
    let micros: u32 = digits(&format!("{fraction:0<6}"))?;
    let minutes: u32 = digits(minutes).filter(|minutes| *minutes < 60)?;
    let seconds: u32 = digits(seconds).filter(|seconds| *seconds <= 60)?;
    let hours: u64 = digits(hours)?;
    let seconds = i128::from(hours) * 3600 + i128::from(minutes * 60 + seconds);
    Some(seconds * i128::from(MICROS_OF_SECOND) + i128::from(micros))
}

/// An offset from UTC, in seconds east of it, as `EncodeTimezone` writes it: `+05:30`.
pub(super) struct Offset(pub(super) i32);

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let seconds = self.0.unsigned_abs();
        write!(f, "{sign}{:02}", seconds / 3600)?;
        match (seconds / 60 % 60, seconds % 60) {
            (0, 0) => Ok(()),
            (minutes, 0) => write!(f, ":{minutes:02}"),
            (minutes, seconds) => write!(f, ":{minutes:02}:{seconds:02}"),
        }
    }
}

/// Splits an offset (`+05`, `-05:30`, `+00:00:01`, `Z`) off the end: seconds east of UTC.
pub(super) fn split_offset(text: &str) -> Option<(&str, i32)> {
    if let Some(rest) = text.strip_suffix(['Z', 'z']) {
        return Some((rest, 0));
    }
    let at = text.rfind(['+', '-'])?;
    let (rest, offset) = text.split_at(at);
    let (sign, offset) = offset.split_at(1);
    let mut parts = offset.split(':').map(digits::<i32>);
    let hours = parts.next()??;
    let minutes = parts.next().unwrap_or(Some(0))?;
    let seconds = parts.next().unwrap_or(Some(0))?;
    // `MAX_TZDISP_HOUR` in timestamp.h.
    if parts.next().is_some() || hours > 15 || minutes > 59 || seconds > 59 {
        return None;
    }
    let east = hours * 3600 + minutes * 60 + seconds;
    Some((rest, if sign == "-" { -east } else { east }))
}
