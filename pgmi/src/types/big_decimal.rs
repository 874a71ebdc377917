use std::error::Error;
use std::fmt;
use std::str::FromStr;

use bytes::BytesMut;
use postgres_types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::Numeric;
use super::wire::{BoxError, invalid};

/// A `bigdecimal::BigDecimal` as a value of type `numeric`; it knows neither NaN nor the infinities.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BigDecimal(pub bigdecimal::BigDecimal);

impl From<bigdecimal::BigDecimal> for BigDecimal {
    fn from(value: bigdecimal::BigDecimal) -> Self {
        Self(value)
    }
}

impl From<BigDecimal> for bigdecimal::BigDecimal {
    fn from(value: BigDecimal) -> Self {
        value.0
    }
}

impl std::ops::Deref for BigDecimal {
    type Target = bigdecimal::BigDecimal;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Display for BigDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_plain_string())
    }
}

impl TryFrom<&Numeric> for BigDecimal {
    type Error = Box<dyn Error + Sync + Send>;

    fn try_from(value: &Numeric) -> Result<Self, BoxError> {
        if !value.is_finite() {
            return Err(format!("{value} is no BigDecimal").into());
        }
        Ok(Self(bigdecimal::BigDecimal::from_str(&value.to_string())?))
    }
}

impl TryFrom<&BigDecimal> for Numeric {
    type Error = BoxError;

    fn try_from(value: &BigDecimal) -> Result<Self, BoxError> {
        // With an exponent: the number may have more zeros than any memory.
        let (digits, scale) = value.0.as_bigint_and_exponent();
        Ok(format!("{digits}e{}", scale.checked_neg().ok_or("its scale is too large")?).parse()?)
    }
}

impl<'a> FromSql<'a> for BigDecimal {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        Self::try_from(&Numeric::from_sql(ty, raw)?)
    }

    postgres_types::accepts!(NUMERIC);
}

impl ToSql for BigDecimal {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let numeric = Numeric::try_from(self);
        numeric.map_err(|_| invalid(ty, "it has too many digits"))?.to_sql(ty, out)
    }

    postgres_types::accepts!(NUMERIC);
    to_sql_checked!();
}
