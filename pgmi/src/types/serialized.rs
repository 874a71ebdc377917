//! Types as the text that PostgreSQL writes, where rows derive serde's traits (`with-serde-1`).

use std::fmt::Display;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    Bits, Cidr, Circle, Date, Inet, Interval, Line, LineSegment, MacAddr, MacAddr8, Multirange,
    Numeric, Path, PgBox, PgLsn, PgSnapshot, Point, Polygon, Range, Tid, Time, TimeTz, Timestamp,
    TimestampTz, TsQuery, TsVector, Uuid,
};

macro_rules! written_as_text {
    ($($name:ident),+ $(,)?) => { $(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+ };
}

macro_rules! read_from_text {
    ($($name:ident),+ $(,)?) => { $(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )+ };
}

written_as_text!(
    Bits,
    Cidr,
    Circle,
    Date,
    Inet,
    Interval,
    Line,
    LineSegment,
    MacAddr,
    MacAddr8,
    Numeric,
    Path,
    PgBox,
    PgLsn,
    PgSnapshot,
    Point,
    Polygon,
    Tid,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    TsQuery,
    TsVector,
    Uuid,
);

read_from_text!(
    Bits,
    Cidr,
    Date,
    Inet,
    Interval,
    MacAddr,
    MacAddr8,
    Numeric,
    PgLsn,
    PgSnapshot,
    Tid,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Uuid,
);

impl<T: Display> Serialize for Range<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<T: Display> Serialize for Multirange<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(all(test, feature = "with-serde_json-1"))]
mod tests {
    use super::*;

    #[test]
    fn text_goes_out_and_comes_back() {
        let loan: Interval = "1 mon 3 days".parse().unwrap();
        let json = serde_json::to_string(&loan).unwrap();
        assert_eq!(json, "\"1 mon 3 days\"");
        assert_eq!(serde_json::from_str::<Interval>(&json).unwrap(), loan);
        let price: Numeric = "12.50".parse().unwrap();
        assert_eq!(serde_json::to_string(&price).unwrap(), "\"12.50\"");
    }

    #[test]
    fn what_is_no_value_is_an_error() {
        let error = serde_json::from_str::<Date>("\"yesterday\"").unwrap_err().to_string();
        assert!(error.contains("invalid input syntax for type date"), "{error}");
    }
}
