//! The types that are built into PostgreSQL, and what each is in Rust. The one place that says so.
//!
//! A type without a row here is read as `Opaque`. What a user maps (`types` of `[package.metadata.pgmi]`)
//! goes before this table; of several foreign crates the first one wins.

use super::Lent;

/// How a value is handed to a query, and seen in a borrowed row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// By value everywhere.
    Value,
    /// As this, in parameters and in borrowed rows; `'_` stands for the lifetime.
    Borrowed(Lent, &'static str),
    /// A parameter is a reference to the type; a borrowed row owns it.
    Reference,
}

/// One built-in type.
#[derive(Debug)]
pub(super) struct BuiltIn {
    /// `typname`
    pub sql: &'static str,
    /// What it is without any feature of `pgmi`.
    pub rust: &'static str,
    pub pass: Pass,
    /// What it is with a feature of `pgmi` that the crate itself asks for.
    pub with: &'static [(&'static str, &'static str, Pass)],
}

const fn of(sql: &'static str, rust: &'static str, pass: Pass) -> BuiltIn {
    BuiltIn { sql, rust, pass, with: &[] }
}

const fn with(
    sql: &'static str,
    rust: &'static str,
    pass: Pass,
    with: &'static [(&'static str, &'static str, Pass)],
) -> BuiltIn {
    BuiltIn { sql, rust, pass, with }
}

use Pass::{Borrowed, Reference, Value};

const STR: Pass = Borrowed(Lent::Text, "&'_ str");
const BYTES: Pass = Borrowed(Lent::Bytes, "&'_ [u8]");
const TEXT: Pass = Borrowed(Lent::Text, "::pgmi::types::Text<&'_ str>");
const JSON: Pass = Borrowed(Lent::Text, "::pgmi::types::JsonText<&'_ str>");
const PATH: Pass = Borrowed(Lent::Text, "::pgmi::types::JsonPath<&'_ str>");
const XML: Pass = Borrowed(Lent::Text, "::pgmi::types::Xml<&'_ str>");

/// Ordered as the manual orders them
/// ([datatype](https://www.postgresql.org/docs/current/datatype.html)). Ranges and multiranges are made of
/// their element types and have no rows.
pub(super) const BUILT_IN: &[BuiltIn] = &[
    of("bool", "bool", Value),
    of("int2", "i16", Value),
    of("int4", "i32", Value),
    of("int8", "i64", Value),
    of("float4", "f32", Value),
    of("float8", "f64", Value),
    with(
        "numeric",
        "::pgmi::types::Numeric",
        Reference,
        &[
            ("with-rust_decimal-1", "::pgmi::types::rust_decimal::Decimal", Value),
            ("with-bigdecimal-0_4", "::pgmi::types::BigDecimal", Reference),
        ],
    ),
    of("money", "::pgmi::types::Money", Value),
    of("text", "String", STR),
    of("varchar", "String", STR),
    of("bpchar", "String", STR),
    of("name", "String", STR),
    of("xml", "::pgmi::types::Xml", XML),
    of("char", "i8", Value),
    of("bytea", "Vec<u8>", BYTES),
    with(
        "date",
        "::pgmi::types::Date",
        Value,
        &[
            ("with-chrono-0_4", "::pgmi::types::chrono::NaiveDate", Value),
            ("with-time-0_3", "::pgmi::types::time::Date", Value),
            ("with-jiff-0_2", "::pgmi::types::jiff::civil::Date", Value),
        ],
    ),
    with(
        "time",
        "::pgmi::types::Time",
        Value,
        &[
            ("with-chrono-0_4", "::pgmi::types::chrono::NaiveTime", Value),
            ("with-time-0_3", "::pgmi::types::time::Time", Value),
            ("with-jiff-0_2", "::pgmi::types::jiff::civil::Time", Value),
        ],
    ),
    of("timetz", "::pgmi::types::TimeTz", Value),
    with(
        "timestamp",
        "::pgmi::types::Timestamp",
        Value,
        &[
            ("with-chrono-0_4", "::pgmi::types::chrono::NaiveDateTime", Value),
            ("with-time-0_3", "::pgmi::types::time::PrimitiveDateTime", Value),
            ("with-jiff-0_2", "::pgmi::types::jiff::civil::DateTime", Value),
        ],
    ),
    with(
        "timestamptz",
        "::pgmi::types::TimestampTz",
        Value,
        &[
            (
                "with-chrono-0_4",
                "::pgmi::types::chrono::DateTime<::pgmi::types::chrono::Utc>",
                Value,
            ),
            ("with-time-0_3", "::pgmi::types::time::OffsetDateTime", Value),
            ("with-jiff-0_2", "::pgmi::types::jiff::Timestamp", Value),
        ],
    ),
    of("interval", "::pgmi::types::Interval", Value),
    with(
        "uuid",
        "::pgmi::types::Uuid",
        Value,
        &[("with-uuid-1", "::pgmi::types::uuid::Uuid", Value)],
    ),
    with(
        "json",
        "::pgmi::types::JsonText",
        JSON,
        &[("with-serde_json-1", "::pgmi::types::serde_json::Value", Reference)],
    ),
    with(
        "jsonb",
        "::pgmi::types::JsonText",
        JSON,
        &[("with-serde_json-1", "::pgmi::types::serde_json::Value", Reference)],
    ),
    of("jsonpath", "::pgmi::types::JsonPath", PATH),
    with(
        "inet",
        "::pgmi::types::Inet",
        Value,
        &[("with-cidr-0_3", "::pgmi::types::cidr::IpInet", Value)],
    ),
    with(
        "cidr",
        "::pgmi::types::Cidr",
        Value,
        &[("with-cidr-0_3", "::pgmi::types::cidr::IpCidr", Value)],
    ),
    with(
        "macaddr",
        "::pgmi::types::MacAddr",
        Value,
        &[("with-eui48-1", "::pgmi::types::eui48::MacAddress", Value)],
    ),
    of("macaddr8", "::pgmi::types::MacAddr8", Value),
    with(
        "bit",
        "::pgmi::types::Bits",
        Reference,
        &[("with-bit-vec-0_9", "::pgmi::types::bit_vec::BitVec", Reference)],
    ),
    with(
        "varbit",
        "::pgmi::types::Bits",
        Reference,
        &[("with-bit-vec-0_9", "::pgmi::types::bit_vec::BitVec", Reference)],
    ),
    with(
        "point",
        "::pgmi::types::Point",
        Value,
        &[("with-geo-types-0_7", "::pgmi::types::geo_types::Point<f64>", Value)],
    ),
    of("line", "::pgmi::types::Line", Value),
    of("lseg", "::pgmi::types::LineSegment", Value),
    with(
        "box",
        "::pgmi::types::PgBox",
        Value,
        &[("with-geo-types-0_7", "::pgmi::types::geo_types::Rect<f64>", Value)],
    ),
    with(
        "path",
        "::pgmi::types::Path",
        Reference,
        &[("with-geo-types-0_7", "::pgmi::types::geo_types::LineString<f64>", Reference)],
    ),
    of("polygon", "::pgmi::types::Polygon", Reference),
    of("circle", "::pgmi::types::Circle", Value),
    of("tsvector", "::pgmi::types::TsVector", Reference),
    of("tsquery", "::pgmi::types::TsQuery", Reference),
    of("pg_lsn", "::pgmi::types::PgLsn", Value),
    of("pg_snapshot", "::pgmi::types::PgSnapshot", Reference),
    of("txid_snapshot", "::pgmi::types::PgSnapshot", Reference),
    of("oid", "u32", Value),
    of("xid", "::pgmi::types::Xid", Value),
    of("xid8", "::pgmi::types::Xid8", Value),
    of("cid", "::pgmi::types::Cid", Value),
    of("tid", "::pgmi::types::Tid", Value),
    of("regclass", "::pgmi::types::ObjectId", Value),
    of("regcollation", "::pgmi::types::ObjectId", Value),
    of("regconfig", "::pgmi::types::ObjectId", Value),
    of("regdictionary", "::pgmi::types::ObjectId", Value),
    of("regnamespace", "::pgmi::types::ObjectId", Value),
    of("regoper", "::pgmi::types::ObjectId", Value),
    of("regoperator", "::pgmi::types::ObjectId", Value),
    of("regproc", "::pgmi::types::ObjectId", Value),
    of("regprocedure", "::pgmi::types::ObjectId", Value),
    of("regrole", "::pgmi::types::ObjectId", Value),
    of("regtype", "::pgmi::types::ObjectId", Value),
    of("int2vector", "Vec<i16>", Reference),
    of("oidvector", "Vec<u32>", Reference),
    of("refcursor", "::pgmi::types::Text", TEXT),
    of("pg_node_tree", "::pgmi::types::Text", TEXT),
    of("cstring", "::pgmi::types::Text", TEXT),
    of("record", "::pgmi::types::Record", Reference),
    of("void", "()", Value),
];

/// Element types of the built-in ranges; a multirange is called as its range, with `multi` inside.
pub(super) const RANGES: &[(&str, &str)] = &[
    ("int4range", "int4"),
    ("int8range", "int8"),
    ("numrange", "numeric"),
    ("tsrange", "timestamp"),
    ("tstzrange", "timestamptz"),
    ("daterange", "date"),
];

/// Types of well-known extensions, by name, whatever schema they are installed in. The others are `Opaque`.
pub(super) const EXTENSIONS: &[BuiltIn] = &[
    of("citext", "String", STR),
    of("ltree", "String", STR),
    of("lquery", "String", STR),
    of("ltxtquery", "String", STR),
    of("hstore", "::std::collections::HashMap<String, ::std::option::Option<String>>", Reference),
];
