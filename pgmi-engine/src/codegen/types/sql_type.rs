//! The type that a parameter is sent as.
//!
//! Built-in types have the same oid everywhere and are named by it. Others have an oid of their own in each
//! database, so that theirs is 0: PostgreSQL then infers the type, as it did when the query was described.

use std::collections::BTreeMap;

use super::Types;
use crate::codegen::text::literal;
use crate::signature::{Field, TypeKind, TypeName, TypeRef};

/// `Type`s that are not constants of the driver: the name of the static, and the expression it holds.
pub(in crate::codegen) type Statics = BTreeMap<String, String>;

impl Types<'_> {
    /// The expression for the type of a parameter; statics it needs are added.
    pub fn sql_type(&self, field: &Field, at: &str, needed: &mut Statics) -> String {
        let expression = self.expression(&field.type_ref, needed);
        match expression.strip_suffix(".clone()") {
            Some(name) => format!("{at}sql::{name}.clone()"),
            None => expression,
        }
    }

    fn expression(&self, type_ref: &TypeRef, needed: &mut Statics) -> String {
        let type_ref = self.base(type_ref);
        if let Some(constant) = constant(&type_ref) {
            return format!("::pgmi::types::Type::{constant}");
        }
        let name = static_name(&type_ref);
        if !needed.contains_key(&name) {
            // A type is never made of itself; the entry would end the recursion if it were.
            needed.insert(name.clone(), String::new());
            let made = self.made(&type_ref, needed);
            needed.insert(name.clone(), made);
        }
        format!("{name}.clone()")
    }

    /// As `without_domains`, whatever is mapped.
    fn base(&self, type_ref: &TypeRef) -> TypeRef {
        match self.definitions.get(&type_ref.name).map(|it| &it.kind) {
            Some(TypeKind::Domain { base, .. }) => {
                let base = self.base(base);
                let dims = base.dims.saturating_add(type_ref.dims);
                base.array(dims)
            }
            _ => type_ref.clone(),
        }
    }

    fn made(&self, type_ref: &TypeRef, needed: &mut Statics) -> String {
        let TypeName { schema, name } = &type_ref.name;
        if type_ref.is_array() {
            let element = self.expression(&type_ref.clone().array(0), needed);
            return new(schema, &format!("_{name}"), &format!("Array({element})"));
        }
        let kind = match self.definitions.get(&type_ref.name).map(|it| &it.kind) {
            Some(TypeKind::Enum { labels }) => {
                let labels: Vec<_> = labels.iter().map(|it| owned(it)).collect();
                format!("Enum(vec![{}])", labels.join(", "))
            }
            Some(TypeKind::Composite { fields }) => {
                let fields: Vec<_> = fields.iter().map(|it| self.part(it, needed)).collect();
                format!("Composite(vec![{}])", fields.join(", "))
            }
            Some(TypeKind::Range { subtype }) => {
                format!("Range({})", self.expression(subtype, needed))
            }
            // The driver has the element type there, not the range.
            Some(TypeKind::Multirange { range }) => match self.range_of(range) {
                Some(subtype) => format!("Multirange({})", self.expression(subtype, needed)),
                None => "Simple".to_owned(),
            },
            _ => "Simple".to_owned(),
        };
        new(schema, name, &kind)
    }

    /// What a range is made of.
    fn range_of(&self, range: &TypeRef) -> Option<&TypeRef> {
        match &self.definitions.get(&range.name)?.kind {
            TypeKind::Range { subtype } => Some(subtype),
            _ => None,
        }
    }

    fn part(&self, field: &Field, needed: &mut Statics) -> String {
        let type_ref = self.expression(&field.type_ref, needed);
        format!("Field::new({}.to_owned(), {type_ref})", literal(&field.name))
    }
}

fn owned(text: &str) -> String {
    if text.is_empty() {
        "String::new()".to_owned()
    } else {
        format!("{}.to_owned()", literal(text))
    }
}

fn new(schema: &str, name: &str, kind: &str) -> String {
    format!(
        "Type::new({}.to_owned(), 0, Kind::{kind}, {}.to_owned())",
        literal(name),
        literal(schema)
    )
}

/// The driver's constant of a built-in type.
fn constant(type_ref: &TypeRef) -> Option<String> {
    if !type_ref.name.is_built_in() {
        return None;
    }
    let name = type_ref.name.name.as_str();
    let words = ["multirange", "range", "vector"].into_iter().find_map(|end| {
        let start = name.strip_suffix(end)?;
        let between = if end == "multirange" { "multi_" } else { "_" };
        Some(format!("{start}{between}{}", end.trim_start_matches("multi")))
    });
    let known = KNOWN.contains(&name);
    let array = if type_ref.is_array() { "_ARRAY" } else { "" };
    known.then(|| words.unwrap_or_else(|| name.to_owned()).to_uppercase() + array)
}

/// Built-in types, with an array type each, that the driver has constants for.
const KNOWN: &[&str] = &[
    "aclitem",
    "bit",
    "bool",
    "box",
    "bpchar",
    "bytea",
    "char",
    "cid",
    "cidr",
    "circle",
    "cstring",
    "date",
    "datemultirange",
    "daterange",
    "float4",
    "float8",
    "gtsvector",
    "inet",
    "int2",
    "int2vector",
    "int4",
    "int4multirange",
    "int4range",
    "int8",
    "int8multirange",
    "int8range",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "oidvector",
    "path",
    "pg_lsn",
    "pg_snapshot",
    "point",
    "polygon",
    "record",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "text",
    "tid",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "uuid",
    "varbit",
    "varchar",
    "xid",
    "xid8",
    "xml",
];

fn static_name(type_ref: &TypeRef) -> String {
    let TypeName { schema, name } = &type_ref.name;
    let parts = [schema, name].map(|part| {
        let mut shouted = String::new();
        for c in part.chars() {
            match c {
                'a'..='z' | '0'..='9' => shouted.push(c.to_ascii_uppercase()),
                // Whatever a name holds, two names never become one.
                '_' => shouted.push_str("__"),
                c => shouted.push_str(&format!("_{:X}_", u32::from(c))),
            }
        }
        shouted
    });
    let array = if type_ref.is_array() { "_ARRAY" } else { "" };
    let start = if parts[0].starts_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    format!("{start}{}_{}{array}", parts[0], parts[1])
}

/// The module `sql`, which holds the statics; empty where none is needed.
pub(in crate::codegen) fn statics(needed: &Statics) -> String {
    if needed.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "    /// Types as parameters are sent.
    #[doc(hidden)]
    pub mod sql {
        use ::pgmi::types::{Field, Kind, Type};
        use ::std::sync::LazyLock;

",
    );
    for (name, made) in needed {
        out.push_str(&format!(
            "        pub static {name}: LazyLock<Type> =\n            LazyLock::new(|| {made});\n"
        ));
    }
    out.push_str("    }\n");
    out
}
