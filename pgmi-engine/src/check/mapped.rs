//! Keys of `types` in `[package.metadata.pgmi]`, which map what queries mention to Rust types.
//!
//! A key that nothing matches may be right: no query may have come to use its column yet, or those of another crate
//! do. Only queries are known here, not all that the schema has. So an error is what can never be right: arrays, and
//! names that PostgreSQL itself keeps for its types under another. What is merely close to something that is known,
//! and to nothing else that the user maps, is a warning.

use std::collections::{BTreeMap, BTreeSet};

use super::files::Files;
use super::proof::Proof;
use crate::diagnostic::{Code, Diagnostic, SourceText, nearest};
use crate::manifest;
use crate::signature::{Field, Origin, Spelling, TypeName};

/// One finding for each key that is misspelt (an error) or may be (a warning), at its place in the `Cargo.toml` if
/// it stands there. None as long as it is not known of each query what it mentions.
pub fn misspelt_types(
    types: &BTreeMap<String, String>,
    manifest: Option<&SourceText>,
    files: &Files,
    proof: &Proof,
) -> Vec<Diagnostic> {
    if types.is_empty() || !proof.refused.is_empty() || !files.queries.findings.is_empty() {
        return Vec::new();
    }
    let known = Known::of(proof);
    let finding = |key: &String| {
        let finding = known.meant(key, types)?.said_of(key);
        Some(shown(finding, key, manifest))
    };
    types.keys().filter_map(finding).collect()
}

/// What a key should be instead.
#[derive(Debug, PartialEq, Eq)]
enum Meant {
    /// The key maps arrays, which elements are mapped for.
    Element(String),
    /// The key is a name of the SQL standard for this type.
    Standard(&'static str),
    /// The key looks much like this, and may be right all the same.
    Perhaps(String),
}

impl Meant {
    fn said_of(&self, key: &str) -> Diagnostic {
        let error = |message| Diagnostic::error(Code::Configuration, message);
        match self {
            Self::Element(meant) => {
                error(format!("`types` has the array `{key}`, but it maps elements"))
                    .help(format!("did you mean `{meant}`?"))
            }
            Self::Standard(meant) => {
                error(format!("`types` has `{key}`, which PostgreSQL names `{meant}`"))
                    .help(format!("did you mean `{meant}`?"))
            }
            Self::Perhaps(meant) => {
                let message = format!("`types` has `{key}`, which no query mentions");
                Diagnostic::warning(Code::Configuration, message)
                    .help(format!("did you mean `{meant}`? If not, it may stay"))
            }
        }
    }
}

fn shown(finding: Diagnostic, key: &str, manifest: Option<&SourceText>) -> Diagnostic {
    let place = manifest.map(|source| (source, manifest::place_of_mapping(source.text(), key)));
    match place {
        Some((source, place)) if !place.is_empty() => finding.at(source, place, ""),
        _ => finding,
    }
}

/// What a key of `types` may be, as users write it.
struct Known<'a> {
    types: BTreeSet<&'a TypeName>,
    columns: BTreeSet<&'a Origin>,
    words: BTreeSet<String>,
}

impl<'a> Known<'a> {
    fn of(proof: &'a Proof) -> Self {
        let signatures = || proof.queries.iter().map(|one| &one.signature);
        let fields = || signatures().flat_map(|it| it.parameters.iter().chain(&it.columns));
        let parts = proof.types.iter().flat_map(|it| it.kind.parts());
        let names = proof.types.iter().map(|it| &it.name).chain(parts);
        let types: BTreeSet<_> =
            fields().map(|it: &Field| &it.type_ref.name).chain(names).collect();
        let columns: BTreeSet<_> = fields().filter_map(|it| it.origin.as_ref()).collect();
        let words = types.iter().map(|it| Spelling::short(it).to_string());
        let words = words.chain(columns.iter().map(|it| short(it)));
        let words = words.chain(OF_POSTGRES.split_whitespace().map(str::to_owned)).collect();
        Self { types, columns, words }
    }

    /// What the key should be instead; none where it is right, or nobody can tell.
    fn meant(&self, key: &str, mapped: &BTreeMap<String, String>) -> Option<Meant> {
        let is_column = |it: &&Origin| key == short(it) || key == full(it);
        if self.words.contains(key) || self.columns.iter().any(is_column) {
            return None;
        }
        if let Some((spelling, dims)) = Spelling::parse(key) {
            if dims > 0 {
                return Some(Meant::Element(spelling.to_string()));
            }
            if self.types.iter().any(|it| spelling.means(it)) {
                return None;
            }
        }
        if let Some((_, name)) = SQL_NAMES.iter().find(|(sql, _)| sql.eq_ignore_ascii_case(key)) {
            return Some(Meant::Standard(name));
        }
        let others = self.words.iter().filter(|it| !mapped.contains_key(*it));
        nearest(key, others.map(String::as_str)).map(|it| Meant::Perhaps(it.to_owned()))
    }
}

/// A column of `public` without its schema.
fn short(origin: &Origin) -> String {
    match origin.schema.as_str() {
        "public" => format!("{}.{}", origin.relation, origin.column),
        _ => full(origin),
    }
}

fn full(origin: &Origin) -> String {
    format!("{}.{}.{}", origin.schema, origin.relation, origin.column)
}

/// Names that the SQL standard has for types, and PostgreSQL's.
const SQL_NAMES: &[(&str, &str)] = &[
    ("smallint", "int2"),
    ("int", "int4"),
    ("integer", "int4"),
    ("bigint", "int8"),
    ("boolean", "bool"),
    ("real", "float4"),
    ("float", "float8"),
    ("double precision", "float8"),
    ("decimal", "numeric"),
    ("character varying", "varchar"),
    ("character", "bpchar"),
    ("bit varying", "varbit"),
    ("timestamp with time zone", "timestamptz"),
    ("timestamp without time zone", "timestamp"),
    ("time with time zone", "timetz"),
    ("time without time zone", "time"),
];

/// Types of PostgreSQL and of what is often added to it, whether a query mentions them or not.
const OF_POSTGRES: &str = "
    bit bool box bpchar bytea char cid cidr circle date datemultirange daterange float4 float8 inet int2 int4
    int4multirange int4range int8 int8multirange int8range interval json jsonb jsonpath line lseg macaddr macaddr8
    money name numeric nummultirange numrange oid path pg_lsn pg_snapshot point polygon record refcursor regclass
    regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype
    text tid time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector
    txid_snapshot uuid varbit varchar void xid xid8 xml
    citext cube ean13 earth geography geometry halfvec hstore isbn isbn13 ismn ismn13 issn issn13 lo lquery ltree
    ltxtquery query_int seg sparsevec upc vector";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    #[test]
    fn what_is_near_to_something_known_is_misspelt() {
        let (email, id) = (TypeName::new("public", "email"), TypeName::new("sales", "ident"));
        let column = |schema: &str| Origin {
            schema: schema.to_owned(),
            relation: "customer".to_owned(),
            column: "name".to_owned(),
        };
        let (customer, sales) = (column("public"), column("sales"));
        let columns = BTreeSet::from([&customer, &sales]);
        let types = BTreeSet::from([&email, &id]);
        let words = [
            "email",
            "sales.ident",
            "customer.name",
            "sales.customer.name",
            "json",
            "citext",
            "int4",
        ];
        let known = Known { types, columns, words: words.map(str::to_owned).into() };
        let mapped = BTreeMap::from([("email".to_owned(), "Email".to_owned())]);
        for right in [
            "email",
            "public.email",
            "\"email\"",
            "sales.ident",
            "customer.name",
            "public.customer.name",
            "sales.customer.name",
            "json",
            "not_used_yet",
            "emaill",
            "not a type",
        ] {
            assert_eq!(known.meant(right, &mapped), None, "{right}");
        }
        let perhaps = |it: &str| Meant::Perhaps(it.to_owned());
        for (wrong, meant) in [
            ("cittext", perhaps("citext")),
            ("customer.nam", perhaps("customer.name")),
            ("sales.idnet", perhaps("sales.ident")),
            ("integer", Meant::Standard("int4")),
            ("text[]", Meant::Element("text".to_owned())),
        ] {
            assert_eq!(known.meant(wrong, &mapped), Some(meant), "{wrong}");
        }
    }

    /// Only queries are known, so a likeness proves nothing.
    #[test]
    fn what_can_be_right_is_no_error() {
        let severity = |meant: Meant| meant.said_of("x").severity;
        assert_eq!(severity(Meant::Perhaps("xy".to_owned())), Severity::Warning);
        assert_eq!(severity(Meant::Standard("int4")), Severity::Error);
        assert_eq!(severity(Meant::Element("text".to_owned())), Severity::Error);
    }

    #[test]
    fn it_is_shown_where_it_stands() {
        let text = "[package]\nname = 'x'\n[package.metadata.pgmi.types]\ncittext = 'String'\n";
        let source = SourceText::new("Cargo.toml", text);
        let shown = |key| {
            let finding = Meant::Perhaps("citext".to_owned()).said_of(key);
            shown(finding, key, Some(&source))
        };
        assert_eq!(&text[shown("cittext").place().unwrap().span.clone()], "cittext");
        assert!(shown("other").place().is_none());
    }
}
