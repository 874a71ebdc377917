//! `numeric` from and to numbers of Rust.

use super::{BASE, BASE_DIGITS, Finite, Form, Numeric};

impl Numeric {
    /// `unscaled · 10^-scale`, with that scale: `Numeric::new(1250, 2)` is `12.50`.
    ///
    /// PostgreSQL takes scales up to 16383.
    pub fn new(unscaled: i128, scale: u16) -> Self {
        let partial = usize::from(scale) % BASE_DIGITS;
        let whole_digits = i16::try_from(usize::from(scale) / BASE_DIGITS).unwrap_or(i16::MAX);
        let split = 10_u128.pow(u32::try_from(partial).unwrap_or_default());
        let magnitude = unscaled.unsigned_abs();
        let mut digits = base_digits(magnitude / split);
        let mut weight = i16::try_from(digits.len()).unwrap_or_default() - 1;
        if partial > 0 {
            let fraction = magnitude % split * (10_000 / split);
            digits.push(i16::try_from(fraction).unwrap_or_default());
        }
        weight -= whole_digits;
        let finite = Finite { negative: unscaled < 0, weight, scale, digits };
        Self(Form::Finite(finite.normal()))
    }

    /// The number as `unscaled · 10^-scale`; none when it is not finite or has too many digits.
    pub fn to_unscaled(&self) -> Option<(i128, u16)> {
        let Form::Finite(finite) = &self.0 else { return None };
        let text = finite.to_string().replace('.', "");
        Some((text.parse().ok()?, finite.scale))
    }

    /// The nearest `f64`; infinite when there is none that large.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Form::NaN => f64::NAN,
            Form::Infinity => f64::INFINITY,
            Form::NegativeInfinity => f64::NEG_INFINITY,
            Form::Finite(finite) => finite.to_string().parse().unwrap_or(f64::NAN),
        }
    }
}

/// To the base of `numeric`, the first digit first; one digit at least.
fn base_digits(mut magnitude: u128) -> Vec<i16> {
    let base = u128::from(BASE.unsigned_abs());
    let mut digits = Vec::new();
    loop {
        digits.push(i16::try_from(magnitude % base).unwrap_or_default());
        magnitude /= base;
        if magnitude == 0 {
            digits.reverse();
            return digits;
        }
    }
}

/// A number that is no integer, or too large for the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnInteger;

impl std::fmt::Display for NotAnInteger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the numeric value is no integer of this type")
    }
}

impl std::error::Error for NotAnInteger {}

macro_rules! integers {
    ($($integer:ty),+) => {
        $(impl From<$integer> for Numeric {
            fn from(value: $integer) -> Self {
                Self::new(value.into(), 0)
            }
        }

        impl TryFrom<&Numeric> for $integer {
            type Error = NotAnInteger;

            fn try_from(value: &Numeric) -> Result<Self, NotAnInteger> {
                value.integer().and_then(|it| it.try_into().ok()).ok_or(NotAnInteger)
            }
        })+
    };
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Numeric {
    fn integer(&self) -> Option<i128> {
        let Form::Finite(finite) = &self.0 else { return None };
        if finite.needed_scale() > 0 {
            return None;
        }
        Finite { scale: 0, ..finite.clone() }.to_string().parse().ok()
    }
}
