//! `numeric`, exactly.

mod compare;
mod convert;
mod text;
mod wire;

pub use convert::NotAnInteger;

/// A value of type `numeric`, exactly: every digit, the scale, NaN and the infinities.
///
/// Two are equal when they stand for the same number, whatever their scale; NaN equals NaN and is the
/// largest of all, as in PostgreSQL. Arithmetic is a matter for `rust_decimal::Decimal` or
/// `bigdecimal::BigDecimal`, with the features `with-rust_decimal-1` and `with-bigdecimal-0_4`.
///
/// ```
/// # use pgmi::types::Numeric;
/// let price: Numeric = "12.50".parse()?;
/// assert_eq!(price.to_string(), "12.50");
/// assert_eq!(price, Numeric::new(125, 1));
/// # Ok::<(), pgmi::types::InvalidText>(())
/// ```
#[derive(Clone)]
pub struct Numeric(Form);

#[derive(Clone)]
enum Form {
    NegativeInfinity,
    Finite(Finite),
    Infinity,
    NaN,
}

/// A number as numeric.c has it: `± digits[0]·10000^weight + digits[1]·10000^(weight-1) + …`.
#[derive(Clone, Default)]
struct Finite {
    /// Never of zero.
    negative: bool,
    /// The power of 10,000 of the first digit; 0 when there is none.
    weight: i16,
    /// How many decimal digits are shown behind the point: PostgreSQL's `dscale`.
    scale: u16,
    /// Below 10,000 each; the first and the last are not 0.
    digits: Vec<i16>,
}

/// Digits are to this base: `NBASE`.
const BASE: i16 = 10_000;
/// Decimal digits in each of them: `DEC_DIGITS`.
const BASE_DIGITS: usize = 4;
/// The largest scale there is: `NUMERIC_DSCALE_MAX`.
const MAX_SCALE: u16 = 0x3FFF;

impl Numeric {
    /// Not a number.
    pub const NAN: Self = Self(Form::NaN);
    /// Larger than every number. PostgreSQL has it since 14.
    pub const INFINITY: Self = Self(Form::Infinity);
    /// Smaller than every number. PostgreSQL has it since 14.
    pub const NEGATIVE_INFINITY: Self = Self(Form::NegativeInfinity);

    /// Whether this is not a number.
    pub fn is_nan(&self) -> bool {
        matches!(self.0, Form::NaN)
    }

    /// Whether this is a number, neither NaN nor infinite.
    pub fn is_finite(&self) -> bool {
        matches!(self.0, Form::Finite(_))
    }

    /// Whether this is below zero, the infinity below included.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Form::Finite(finite) => finite.negative,
            Form::NegativeInfinity => true,
            Form::Infinity | Form::NaN => false,
        }
    }

    /// How many decimal digits are shown behind the point; none when this is not finite.
    pub fn scale(&self) -> Option<u16> {
        match &self.0 {
            Form::Finite(finite) => Some(finite.scale),
            Form::NegativeInfinity | Form::Infinity | Form::NaN => None,
        }
    }
}

/// Zero.
impl Default for Numeric {
    fn default() -> Self {
        Self(Form::Finite(Finite::default()))
    }
}

impl Finite {
    /// A number without zeros around its digits, and without a sign when it is zero.
    fn normal(mut self) -> Self {
        let leading = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..leading);
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            return Self { scale: self.scale, ..Self::default() };
        }
        // At most one for each digit removed, and a weight counts down to the last digit.
        self.weight = self.weight.saturating_sub(i16::try_from(leading).unwrap_or(i16::MAX));
        self
    }

    /// The digit of a power of 10,000.
    fn digit(&self, power: i32) -> i16 {
        let index = usize::try_from(i32::from(self.weight) - power).ok();
        index.and_then(|index| self.digits.get(index)).copied().unwrap_or_default()
    }

    /// The power of 10,000 of the last digit.
    fn last_power(&self) -> i32 {
        let count = i32::try_from(self.digits.len()).unwrap_or(i32::MAX);
        i32::from(self.weight).saturating_sub(count - 1)
    }

    /// The scale that shows all digits.
    fn needed_scale(&self) -> u32 {
        let Some(last) = self.digits.last() else { return 0 };
        let trailing = (1..BASE_DIGITS as u32).filter(|it| last % 10_i16.pow(*it) == 0).count();
        let shown = (-self.last_power()).max(0).unsigned_abs() * BASE_DIGITS as u32;
        shown.saturating_sub(trailing as u32)
    }
}
