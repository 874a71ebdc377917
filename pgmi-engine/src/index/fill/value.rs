//! Values of every type, as SQL over a number: equal numbers give equal values, and other numbers other ones
//! where the type has enough of them.

use super::hint::Fields;
use super::number::{LONGEST_HEX, Number};
use crate::catalog::{Catalog, Kind, Oid};

/// What values are made of.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub catalog: &'a Catalog,
    /// The fields that JSON documents have besides some others.
    pub fields: &'a Fields,
    /// Percent of times that lie in the future.
    pub future: u64,
}

impl Values<'_> {
    /// The value of a type for a number; none for a type that is not known.
    pub(super) fn value(&self, type_oid: Oid, type_name: &str, n: &Number) -> Option<String> {
        let found = self.catalog.type_of(type_oid)?;
        match &found.kind {
            Kind::Base => self.base(&found.name, type_name, n),
            Kind::Domain { base, .. } => self.value(*base, type_name, n),
            Kind::Enum { labels } => labelled(labels, type_name, n),
            Kind::Array { element } => self.array(*element, type_name, n),
            Kind::Range { subtype } => self.range(type_oid, *subtype, n),
            Kind::Multirange { range } => {
                Some(format!("{}({})", self.name(type_oid)?, self.value(*range, "", n)?))
            }
            Kind::Composite { relation } => self.composite(*relation, type_name, n),
            Kind::Pseudo => None,
        }
    }

    /// A type as SQL.
    pub(super) fn name(&self, type_oid: Oid) -> Option<String> {
        let found = self.catalog.type_of(type_oid)?;
        if let Kind::Array { element } = found.kind {
            return Some(format!("{}[]", self.name(element)?));
        }
        Some(format!(
            "{}.{}",
            super::super::quoted(&found.schema),
            super::super::quoted(&found.name)
        ))
    }

    fn base(&self, name: &str, written: &str, number: &Number) -> Option<String> {
        let n = &number.0;
        let md5 = || format!("pg_catalog.md5(({n})::text)");
        Some(match name {
            "bool" => format!("({n}) % 2 = 0"),
            "int2" => format!("(({n}) % 32000)::int2"),
            "int4" => format!("(({n}) % 2000000000)::int4"),
            "int8" => format!("({n})::int8"),
            "float4" | "float8" | "oid" => format!("({n})::{name}"),
            "numeric" | "money" => numeric(written, n),
            "text" | "varchar" | "bpchar" | "name" | "citext" | "char" => {
                text(name, written, number)
            }
            "uuid" => format!("{}::uuid", md5()),
            "bytea" => format!("pg_catalog.decode({}, 'hex')", md5()),
            "date" | "timestamp" | "timestamptz" | "time" | "timetz" | "interval" => {
                self.time(name, number)
            }
            "json" | "jsonb" => format!("({})::{name}", self.document(self.fields, number)?),
            "inet" => format!("({})::inet", address(n, "")),
            "cidr" => format!("({})::cidr", address(&format!("({n}) * 256"), " || '/24'")),
            "macaddr" => format!("pg_catalog.lpad(pg_catalog.to_hex({n}), 12, '0')::macaddr"),
            "macaddr8" => format!("pg_catalog.lpad(pg_catalog.to_hex({n}), 16, '0')::macaddr8"),
            "bit" | "varbit" => bits(written, n),
            "tsvector" => format!("pg_catalog.array_to_tsvector({})", words(number)),
            "tsquery" => format!("('w' || ({n}) % 5000)::tsquery"),
            "xml" => format!("('<a>' || ({n}) || '</a>')::xml"),
            "pg_lsn" => format!("('0/' || pg_catalog.to_hex({n}))::pg_lsn"),
            "hstore" => format!("('k' || ({n}) % 50 || '=>' || ({n}))::{written}"),
            "ltree" => {
                format!(
                    "('top.a' || ({n}) % 20 || '.b' || ({n}) % 500 || '.c' || ({n}))::{written}"
                )
            }
            "cube" => format!("('(' || ({n}) % 1000 || ')')::{written}"),
            _ => return geometric(name, number),
        })
    }

    /// Half an hour apart, or a day; the farther from now, the greater the number.
    fn time(&self, name: &str, n: &Number) -> String {
        let sign =
            format!("case when {} < {} then 1 else -1 end", n.hashed(71, 100).0, self.future);
        let n = &n.0;
        match name {
            "date" => format!("({TODAY} + ({sign}) * ({n})::int4)"),
            "timestamp" | "timestamptz" => {
                format!(
                    "((select current_date::{name}) + ({sign}) * ({n}) * interval '29 minutes')"
                )
            }
            "interval" => format!("(({n}) * interval '1 minute')"),
            _ => format!("(time '00:00' + (({n}) % 86400) * interval '1 second')::{name}"),
        }
    }

    fn document(&self, fields: &Fields, n: &Number) -> Option<String> {
        let is_text = |field: &Fields| field.fields.is_empty() && field.type_oid == 0;
        if fields.fields.values().all(is_text) {
            return Some(texts(fields, n));
        }
        let mut parts = Vec::new();
        for (at, (name, field)) in (1..).zip(&fields.fields) {
            let number = n.hashed(at, 2000);
            let value = match (field.fields.is_empty(), field.type_oid) {
                (false, _) => self.document(field, &number)?,
                (true, 0) => number.0,
                (true, type_oid) => self.value(type_oid, "", &number).unwrap_or(number.0),
            };
            parts.push(format!("'{}', {value}", name.replace('\'', "''")));
        }
        // More fields than a function has arguments are not looked for.
        parts.truncate(40);
        parts.push(format!("'k' || {}, ({})", n.hashed(9, 50).0, n.0));
        Some(format!("pg_catalog.jsonb_build_object({})", parts.join(", ")))
    }

    fn array(&self, element: Oid, type_name: &str, n: &Number) -> Option<String> {
        let name = self.name(element)?;
        let of = |salt| self.value(element, &name, &n.hashed(salt, 2000));
        let (one, other) = (of(3)?, of(4)?);
        let cast = if type_name.is_empty() { format!("{name}[]") } else { type_name.to_owned() };
        Some(format!("array[{one}, {other}]::{cast}"))
    }

    /// Ranges that do not overlap where the numbers differ, of types that can be counted.
    fn range(&self, type_oid: Oid, subtype: Oid, n: &Number) -> Option<String> {
        let name = self.name(type_oid)?;
        let length = |max| n.hashed(5, max).0;
        let tens = Number(format!("({}) * 10", n.0));
        let at = self.value(subtype, "", n)?;
        let (from, until) = match self.catalog.type_of(subtype).map(|it| &*it.name)? {
            "int4" | "int8" | "numeric" => {
                let from = self.value(subtype, "", &tens)?;
                (from.clone(), format!("{from} + (1 + {})::int4", length(9)))
            }
            "date" => {
                let from = self.value(subtype, "", &Number(format!("({}) * 3", n.0)))?;
                (from.clone(), format!("{from} + (1 + {})::int4", length(2)))
            }
            "timestamp" | "timestamptz" => {
                (at.clone(), format!("{at} + (1 + {}) * interval '1 minute'", length(25)))
            }
            _ => {
                let other = self.value(subtype, "", &n.hashed(6, 1000))?;
                (format!("least({at}, {other})"), format!("greatest({at}, {other})"))
            }
        };
        Some(format!("{name}({from}, {until})"))
    }

    fn composite(&self, relation: Oid, type_name: &str, n: &Number) -> Option<String> {
        let relation = self.catalog.relation(relation)?;
        let field = |(salt, column): (u64, &crate::catalog::Column)| {
            let name = self.name(column.type_oid)?;
            self.value(column.type_oid, &name, &n.hashed(salt, 1000))
        };
        let fields: Vec<String> = (1..).zip(&relation.columns).map(field).collect::<Option<_>>()?;
        Some(format!("row({})::{type_name}", fields.join(", ")))
    }
}

/// A document of which nothing but text is read: that is made in half the time.
fn texts(fields: &Fields, n: &Number) -> String {
    let all = (1..).zip(fields.fields.keys());
    let field = |(at, name): (u64, &String)| {
        format!("'{}', ({})::text", name.replace('\'', "''"), n.hashed(at, 2000).0)
    };
    let mut parts: Vec<String> = all.map(field).collect();
    parts.push(format!("'k' || {}, ({})::text", n.hashed(9, 50).0, n.0));
    format!("pg_catalog.jsonb_object(array[{}])", parts.join(", "))
}

/// Found out once for all rows.
const TODAY: &str = "(select current_date)";

fn labelled(labels: &[String], type_name: &str, n: &Number) -> Option<String> {
    let label = |it: &String| format!("'{}'", it.replace('\'', "''"));
    let all: Vec<String> = labels.iter().map(label).collect();
    let count = labels.len();
    let cast = if type_name.is_empty() { "text".to_owned() } else { type_name.to_owned() };
    (count > 0).then(|| format!("((array[{}])[1 + ({}) % {count}])::{cast}", all.join(", "), n.0))
}

/// With all the digits that its modifiers allow.
fn numeric(written: &str, n: &str) -> String {
    let (precision, scale) = modifiers(written);
    let Some(precision) = precision else { return format!("({n})::numeric") };
    let power = |digits: u64| 10_u64.pow(u32::try_from(digits.min(15)).unwrap_or_default());
    format!("(({n}) % {})::numeric / {}", power(precision).max(2) - 1, power(scale))
}

/// As long as the type allows, up to twelve characters; numbers lie apart, so that few begin alike.
fn text(name: &str, written: &str, number: &Number) -> String {
    let n = &number.0;
    let length = match (name, modifiers(written).0) {
        ("char", _) => return format!("pg_catalog.chr((65 + ({n}) % 26)::int4)::\"char\""),
        ("bpchar", None) => 1,
        (_, length) => length.unwrap_or(LONGEST_HEX).min(LONGEST_HEX),
    };
    let cast = if written.is_empty() { "text" } else { written };
    match length {
        0..6 => {
            let hex = format!("pg_catalog.lpad(pg_catalog.to_hex({n}), {length}, '0')");
            format!("pg_catalog.right({hex}, {length})::{cast}")
        }
        LONGEST_HEX => format!("{}::{cast}", number.hex()),
        _ => format!("pg_catalog.left({}, {length})::{cast}", number.hex()),
    }
}

/// `numeric(10,2)`, `character varying(20)`
fn modifiers(written: &str) -> (Option<u64>, u64) {
    let inside = written.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    let mut numbers =
        inside.map_or("", |(inside, _)| inside).split(',').map(|it| it.trim().parse());
    let first = numbers.next().and_then(Result::ok);
    (first, numbers.next().and_then(Result::ok).unwrap_or_default())
}

fn address(n: &str, end: &str) -> String {
    format!("'10.' || ({n}) / 65536 % 256 || '.' || ({n}) / 256 % 256 || '.' || ({n}) % 256{end}")
}

fn bits(written: &str, n: &str) -> String {
    let length = modifiers(written).0.unwrap_or(1);
    let copies = length / 32 + 1;
    let cast = if written.is_empty() { "varbit" } else { written };
    let digits = format!("pg_catalog.repeat((({n}) % 2000000000)::int4::bit(32)::text, {copies})");
    format!("pg_catalog.right({digits}, {length})::{cast}")
}

fn words(n: &Number) -> String {
    let word = |salt| format!("'w' || {}", n.skewed(salt, 5000).0);
    let all: Vec<String> = (1..6).map(word).collect();
    format!("array[{}]", all.join(", "))
}

fn geometric(name: &str, n: &Number) -> Option<String> {
    let (x, y) = (n.hashed(1, 10_000).0, n.hashed(2, 10_000).0);
    let point = format!("pg_catalog.point({x}, {y})");
    let corner = format!("pg_catalog.point({x} + 5, {y} + 5)");
    Some(match name {
        "point" => point,
        "box" => format!("pg_catalog.box({point}, {corner})"),
        "circle" => format!("pg_catalog.circle({point}, 5)"),
        "lseg" => format!("pg_catalog.lseg({point}, {corner})"),
        "line" => format!("pg_catalog.line({point}, {corner})"),
        "polygon" => format!("pg_catalog.polygon(pg_catalog.box({point}, {corner}))"),
        "path" => format!("pg_catalog.path(pg_catalog.polygon(pg_catalog.box({point}, {corner})))"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::modifiers;

    #[test]
    fn modifiers_are_read_from_the_name_of_a_type() {
        assert_eq!(modifiers("numeric(10,2)"), (Some(10), 2));
        assert_eq!(modifiers("character varying(20)"), (Some(20), 0));
        assert_eq!(modifiers("timestamp(3) without time zone"), (Some(3), 0));
        assert_eq!(modifiers("text"), (None, 0));
    }
}
