//! `numeric` as text.

use std::fmt;
use std::str::FromStr;

use super::{BASE_DIGITS, Finite, Form, MAX_SCALE, Numeric};
use crate::types::parse::{InvalidText, debug_as_text};

debug_as_text!(Numeric);

/// `numeric_out` in numeric.c.
impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::NaN => f.write_str("NaN"),
            Form::Infinity => f.write_str("Infinity"),
            Form::NegativeInfinity => f.write_str("-Infinity"),
            Form::Finite(finite) => finite.fmt(f),
        }
    }
}

impl fmt::Display for Finite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let top = i32::from(self.weight).max(0);
        let sign = if self.negative { "-" } else { "" };
        write!(f, "{sign}{}", self.digit(top))?;
        (0..top).rev().try_for_each(|power| write!(f, "{:04}", self.digit(power)))?;
        let mut left = usize::from(self.scale);
        if left > 0 {
            f.write_str(".")?;
        }
        let mut power = -1;
        while left > 0 {
            let digits = format!("{:04}", self.digit(power));
            let shown = left.min(BASE_DIGITS);
            f.write_str(&digits[..shown])?;
            left -= shown;
            power -= 1;
        }
        Ok(())
    }
}

/// What `numeric_in` takes: digits with a point, an exponent, a sign; `NaN`, `inf`, `infinity`; spaces
/// around. Not the hexadecimal numbers and underscores of PostgreSQL 16.
impl FromStr for Numeric {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let trimmed = text.trim_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
        let (negative, unsigned) = match trimmed.as_bytes().first() {
            Some(b'-') => (true, &trimmed[1..]),
            Some(b'+') => (false, &trimmed[1..]),
            _ => (false, trimmed),
        };
        let special = special(unsigned, negative, unsigned.len() < trimmed.len());
        let parsed = special.or_else(|| finite(unsigned, negative).map(Form::Finite));
        parsed.map(Self).ok_or_else(|| InvalidText::new("numeric", text))
    }
}

fn special(text: &str, negative: bool, signed: bool) -> Option<Form> {
    match text.to_ascii_lowercase().as_str() {
        "nan" if !signed => Some(Form::NaN),
        "inf" | "infinity" if negative => Some(Form::NegativeInfinity),
        "inf" | "infinity" => Some(Form::Infinity),
        _ => None,
    }
}

/// `set_var_from_str`.
fn finite(text: &str, negative: bool) -> Option<Finite> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let decimal = [whole, fraction].concat();
    if decimal.is_empty() || !decimal.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scale = i64::try_from(fraction.len()).ok()? - i64::from(exponent);
    let scale = u16::try_from(scale.max(0)).ok().filter(|scale| *scale <= MAX_SCALE)?;
    let point = i64::try_from(whole.len()).ok()? + i64::from(exponent);
    let (digits, weight) = grouped(&decimal, point)?;
    Some(Finite { negative, weight, scale, digits }.normal())
}

/// Decimal digits with the point behind the first `point` of them, as digits to the base and their weight.
fn grouped(decimal: &str, point: i64) -> Option<(Vec<i16>, i16)> {
    let significant = decimal.trim_start_matches('0');
    let point = point - i64::try_from(decimal.len() - significant.len()).ok()?;
    let significant = significant.trim_end_matches('0');
    if significant.is_empty() {
        return Some((Vec::new(), 0));
    }
    let base_digits = i64::try_from(BASE_DIGITS).ok()?;
    let weight = (point - 1).div_euclid(base_digits);
    let leading = usize::try_from((weight + 1) * base_digits - point).ok()?;
    let mut padded = "0".repeat(leading) + significant;
    padded.extend(std::iter::repeat_n(
        '0',
        padded.len().next_multiple_of(BASE_DIGITS) - padded.len(),
    ));
    let digits = (0..padded.len()).step_by(BASE_DIGITS);
    let digits =
        digits.map(|at| padded[at..at + BASE_DIGITS].parse().ok()).collect::<Option<_>>()?;
    Some((digits, i16::try_from(weight).ok()?))
}
