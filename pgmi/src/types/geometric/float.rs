//! `float8` as PostgreSQL writes it.

use std::fmt;

/// A number as `float8out_internal` writes it: the fewest digits that give it back, in exponential form
/// where `%.15g` would choose it.
pub(super) struct Float(pub(super) f64);

impl fmt::Display for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0;
        if value.is_nan() {
            return f.write_str("NaN");
        }
        if value.is_infinite() {
            return f.write_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
        }
        let text = format!("{value:e}");
        let Some((digits, exponent)) = text.split_once('e') else { return f.write_str(&text) };
        match exponent.parse::<i32>() {
            Ok(-4..15) | Err(_) => write!(f, "{value}"),
            Ok(exponent @ 15..) => write!(f, "{digits}e+{exponent}"),
            Ok(exponent) => write!(f, "{digits}e-{:02}", exponent.unsigned_abs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_like_postgresql_writes_it() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.5, "1.5"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1e14, "100000000000000"),
            (1e15, "1e+15"),
            (1.234_567_890_123_456_7e19, "1.2345678901234567e+19"),
            (1e100, "1e+100"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(Float(value).to_string(), text);
        }
    }
}
