//! Rust types for every type of PostgreSQL, in its binary form and exactly.
//!
//! They stand on the [`FromSql`] and [`ToSql`] of `postgres-types`, so they work with `tokio-postgres` and
//! `postgres` with or without the rest of pgmi.
//!
//! | PostgreSQL | Rust |
//! |---|---|
//! | `bool`, `int2`, `int4`, `int8`, `float4`, `float8` | `bool`, `i16`, `i32`, `i64`, `f32`, `f64` |
//! | `text`, `varchar`, `char(n)`, `name`; `citext`, `ltree`, `lquery`, `ltxtquery` | `String`, `&str` |
//! | `bytea`, `"char"`, `oid` | `Vec<u8>` and `&[u8]`, `i8`, `u32` |
//! | `numeric`, `money` | [`Numeric`], [`Money`] |
//! | `date`, `time`, `timetz`, `timestamp`, `timestamptz`, `interval` | [`Date`], [`Time`], [`TimeTz`], [`Timestamp`], [`TimestampTz`], [`Interval`] |
//! | `uuid`, `json` and `jsonb`, `jsonpath`, `xml` | [`Uuid`], [`JsonText`], [`JsonPath`], [`Xml`] |
//! | `inet`, `cidr`, `macaddr`, `macaddr8`, `bit` and `varbit` | [`Inet`], [`Cidr`], [`MacAddr`], [`MacAddr8`], [`Bits`] |
//! | `point`, `line`, `lseg`, `box`, `path`, `polygon`, `circle` | [`Point`], [`Line`], [`LineSegment`], [`PgBox`], [`Path`], [`Polygon`], [`Circle`] |
//! | `tsvector`, `tsquery` | [`TsVector`], [`TsQuery`] |
//! | `pg_lsn`, `pg_snapshot`, `xid`, `xid8`, `cid`, `tid`, `regclass` and its like | [`PgLsn`], [`PgSnapshot`], [`Xid`], [`Xid8`], [`Cid`], [`Tid`], [`ObjectId`] |
//! | ranges, multiranges | [`Range<T>`](Range), [`Multirange<T>`](Multirange) |
//! | `T[]` | `Vec<T>`, [`Array<T>`](Array) with dimensions and bounds, [`ArrayRef<T>`](ArrayRef) borrowed |
//! | `record`, `void` | [`Record`], [`Void`] |
//! | `hstore` | `HashMap<String, Option<String>>` |
//! | what is text inside (`refcursor`), has no binary form (`aclitem`), is unknown (`vector`) | [`Text`], [`Literal`], [`Opaque`] |
//!
//! NULL is `Option<T>`. `Display` writes what PostgreSQL writes, `FromStr` reads it.
//!
//! With the features `with-uuid-1`, `with-time-0_3`, `with-chrono-0_4`, `with-jiff-0_2`,
//! `with-serde_json-1`, `with-rust_decimal-1`, `with-bigdecimal-0_4`, `with-cidr-0_3`, `with-eui48-1`,
//! `with-bit-vec-0_9` and `with-geo-types-0_7` the types of these crates can stand in the same places. With `with-serde-1`
//! ours are serialized as their text.

mod array;
#[cfg(feature = "with-bigdecimal-0_4")]
mod big_decimal;
mod bits;
mod composite;
mod datetime;
mod domain;
mod enumeration;
mod geometric;
mod lsn;
mod mac;
mod money;
mod multirange;
mod network;
mod new_type;
mod numeric;
mod object_id;
mod opaque;
mod parse;
mod range;
mod record;
#[cfg(feature = "with-serde-1")]
mod serialized;
mod snapshot;
mod text;
mod text_search;
mod tid;
mod transaction_id;
mod unique_id;
mod void;
pub(crate) mod wire;

pub use postgres_types::{Field, FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

pub use array::{Array, ArrayRef, Dimension, NotRectangular};
#[cfg(feature = "with-bigdecimal-0_4")]
pub use big_decimal::BigDecimal;
pub use bits::Bits;
pub use datetime::{Date, Interval, OutOfRange, Time, TimeTz, Timestamp, TimestampTz};
pub use domain::Domain;
pub use enumeration::UnknownLabel;
pub use geometric::{Circle, Line, LineSegment, Path, PgBox, Point, Polygon};
pub use lsn::PgLsn;
pub use mac::{MacAddr, MacAddr8};
pub use money::Money;
pub use multirange::Multirange;
pub use network::{Cidr, Inet};
pub use numeric::{NotAnInteger, Numeric};
pub use object_id::ObjectId;
pub use opaque::{FromBytes, Opaque};
pub use parse::InvalidText;
pub use range::Range;
pub use record::{Record, Records};
pub use snapshot::PgSnapshot;
pub use text::{FromText, JsonPath, JsonText, Literal, Text, Xml};
pub use text_search::{Lexeme, Position, QueryItem, TsQuery, TsVector, Weight};
pub use tid::Tid;
pub use transaction_id::{Cid, Xid, Xid8};
pub use unique_id::Uuid;
pub use void::Void;
pub use wire::InvalidValue;

#[cfg(feature = "with-bigdecimal-0_4")]
pub use bigdecimal;
#[cfg(feature = "with-bit-vec-0_9")]
pub use bit_vec;
#[cfg(feature = "with-chrono-0_4")]
pub use chrono;
#[cfg(feature = "with-cidr-0_3")]
pub use cidr;
#[cfg(feature = "with-eui48-1")]
pub use eui48;
#[cfg(feature = "with-geo-types-0_7")]
pub use geo_types;
#[cfg(feature = "with-jiff-0_2")]
pub use jiff;
#[cfg(feature = "with-rust_decimal-1")]
pub use rust_decimal;
#[cfg(feature = "with-serde_json-1")]
pub use serde_json;
#[cfg(feature = "with-time-0_3")]
pub use time;
#[cfg(feature = "with-uuid-1")]
pub use uuid;

/// What the macros of generated types call.
#[doc(hidden)]
pub mod generated {
    pub use super::composite::{Fields, accepts_composite, write_composite};
    pub use super::enumeration::{accepts_enum, label_of, unknown_label};
    pub use bytes::BytesMut;
    pub use postgres_types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
}
