use proptest::prelude::*;

use super::*;
use crate::query::QueryName;
use crate::signature::{
    Batch, Cardinality, Field, Nullability, Origin, TypeKind, TypeName, TypeRef, Verdict, testing,
};

fn source(text: &str) -> SourceText {
    SourceText::new("pgmi.lock", text)
}

fn lock() -> Lock {
    let mut tags = Field::new(
        "tags",
        TypeRef::built_in("text").array(1),
        Verdict::of(Nullability::Nullable).certain().because("rollup (tags) adds a row of totals"),
    );
    tags.origin = Some(Origin {
        schema: "public".into(),
        relation: "album".into(),
        column: "Odd tags".into(),
    });
    let id = Field::new("id", TypeRef::built_in("int8"), Verdict::of(Nullability::NotNull));
    let signature = Signature {
        parameters: vec![id],
        columns: vec![tags],
        cardinality: Verdict::of(Cardinality::ZeroOrOne).because("album_pkey (id) is bound"),
        idempotent: false,
        batch: Batch::default(),
    };
    let labels = vec!["CD".into(), "DVD \"Audio\"".into()];
    let kind = TypeName::new("public", "kind");
    Lock {
        postgres: 18,
        schema: "9f86d081".into(),
        types: vec![
            TypeDefinition { name: TypeName::new("public", "tree"), kind: TypeKind::Base },
            TypeDefinition { name: kind, kind: TypeKind::Enum { labels } },
        ],
        queries: vec![
            LockedQuery { name: None, sql: "ab12".into(), signature: signature.clone() },
            LockedQuery { name: Some("select_album".into()), sql: "5e88".into(), signature },
        ],
    }
}

const TEXT: &str = "\
# What the last check proved. `cargo pgmi generate` writes this file; after a merge conflict
# take either side and run it again.
version 1
postgres 18
schema 9f86d081

type public.kind enum \"CD\" \"DVD \\\"Audio\\\"\"

type public.tree base

query select_album
sql 5e88
rows zero_or_one \"album_pkey (id) is bound\"
parameter id int8 not_null
column tags text[] null! \"rollup (tags) adds a row of totals\"
elements null
origin public album \"Odd tags\"

inline ab12
rows zero_or_one \"album_pkey (id) is bound\"
parameter id int8 not_null
column tags text[] null! \"rollup (tags) adds a row of totals\"
elements null
origin public album \"Odd tags\"
";

#[test]
fn the_text_is_sorted_one_fact_a_line() {
    assert_eq!(lock().to_text(), TEXT);
    let mut sorted = lock();
    sorted.types.reverse();
    sorted.queries.reverse();
    assert_eq!(Lock::parse(&source(TEXT)).unwrap(), sorted);
    assert_eq!(Lock::parse(&source(&TEXT.replace('\n', "\r\n"))).unwrap(), sorted);
}

#[test]
fn a_damaged_lock_is_refused_at_its_line() {
    for (from, to, line, message) in [
        ("version 1", "version 2", 3, "version 2 is not known"),
        ("version 1\n", "", 6, "version"),
        ("postgres 18\n", "", 23, "`postgres` is missing"),
        ("postgres 18", "postgres x", 4, "`x` is not a number"),
        ("schema", "<<<<<<< ours\nschema", 5, "merge conflict"),
        ("sql 5e88\n", "", 18, "no `sql`"),
        ("sql 5e88", "sql 5e88\nsql 5e89", 13, "`sql` does not belong here"),
        ("parameter", "parametr", 14, "`parametr` is not known"),
        ("int8", "int8[", 14, "`int8[` is not a type"),
        ("not_null", "perhaps", 14, "`perhaps` is not known"),
        ("not_null", "not_null because", 14, "`because` does not belong here"),
        ("elements null\n", "", 18, "without `elements`"),
        ("origin public album \"Odd tags\"", "origin public album", 17, "a column is missing"),
        ("origin public album \"Odd tags\"", "origin public album  x", 17, "one space"),
        ("\"CD\"", "\"CD", 7, "one space"),
        ("type public.tree base", "type public.kind base", 9, "`type public.kind` stands twice"),
        ("inline ab12", "query select_album\nsql 1", 19, "`query select_album` stands twice"),
        ("type public.tree base", "type public.tree bush", 9, "`bush` is no kind"),
        ("type public.tree base", "field a int8 null", 9, "`field` does not belong here"),
    ] {
        assert!(TEXT.contains(from));
        let error = Lock::parse(&source(&TEXT.replacen(from, to, 1))).expect_err(to);
        assert_eq!(error.code(), Code::LockUnreadable);
        assert!(error.to_string().contains(message), "{to}: {error}");
        let label = error.primary().place().unwrap();
        assert_eq!(label.source.line_column(label.span.start).line, line, "{to}: {error}");
        assert!(error.primary().help[0].contains("cargo pgmi generate"));
    }
    assert!(Lock::parse(&source("")).is_err());
}

#[test]
fn staleness_says_what_changed() {
    let query = |name: Option<&str>, text: &str| {
        Query::parse(name.and_then(QueryName::new), source(text)).unwrap()
    };
    let album = query(Some("select_album"), "select $id");
    let inline = query(None, "select $n");
    let mut lock = lock();
    lock.queries[0].sql = inline.fingerprint().to_owned();
    lock.queries[1].sql = album.fingerprint().to_owned();
    let fresh = [album, inline];
    assert!(lock.stale("pgmi.lock", 18, "9f86d081", &fresh).is_none());
    assert_eq!(lock.find(&fresh)[1].unwrap().name, None);

    let changed = [query(Some("select_album"), "select $key"), query(Some("new"), "select 1")];
    let stale = lock.stale("db/pgmi.lock", 17, "0", &changed).unwrap();
    assert_eq!(stale.code, Code::LockStale);
    assert_eq!(
        stale.notes,
        [
            "it is of PostgreSQL 18, not 17",
            "`select_album` is new or has changed",
            "`new` is new or has changed"
        ]
    );
    assert!(stale.help[0].contains("`cargo pgmi generate --postgres 17`"), "{:?}", stale.help);
    let other = lock.stale("pgmi.lock", 18, "0", &changed).unwrap();
    assert_eq!(other.notes[0], "a file that shapes the database, or a parameter, has changed");
    let gone = lock.stale("pgmi.lock", 18, "9f86d081", &[]).unwrap();
    assert_eq!(gone.notes, ["`select_album` is gone"]);
}

fn locks() -> impl Strategy<Value = Lock> {
    let query = (proptest::option::of("[a-z_]{1,8}"), "[0-9a-f]{8}", testing::signature())
        .prop_map(|(name, sql, signature)| LockedQuery { name, sql, signature });
    let types = proptest::collection::vec(testing::type_definition(), 0..4);
    (1u32..20, "[0-9a-f]{8}", types, proptest::collection::vec(query, 0..4)).prop_map(
        |(postgres, schema, mut types, mut queries)| {
            types.sort_by(|a, b| a.name.cmp(&b.name));
            types.dedup_by(|a, b| a.name == b.name);
            queries.sort_by(|a, b| {
                (a.name.is_none(), &a.name, &a.sql).cmp(&(b.name.is_none(), &b.name, &b.sql))
            });
            queries.dedup_by(|a, b| a.name == b.name && (a.name.is_some() || a.sql == b.sql));
            Lock { postgres, schema, types, queries }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    /// What is written is read back, and written again byte by byte.
    #[test]
    fn locks_survive_their_file(lock in locks()) {
        let text = lock.to_text();
        let read = Lock::parse(&source(&text)).map_err(|e| TestCaseError::fail(format!("{text}: {e}")))?;
        prop_assert_eq!(&read, &lock);
        prop_assert_eq!(read.to_text(), text);
    }

    /// The order in which facts are found does not show.
    #[test]
    fn order_does_not_show(mut lock in locks()) {
        let text = lock.to_text();
        lock.types.reverse();
        lock.queries.reverse();
        prop_assert_eq!(lock.to_text(), text);
    }

    /// Any damage is refused or read, never a panic.
    #[test]
    fn damage_is_survived(at in 0..TEXT.len(), with in "\\PC{0,3}|\n|\"|\\\\") {
        let mut text = TEXT.to_owned();
        text.replace_range(at..at, &with);
        let _ = Lock::parse(&source(&text));
        let _ = Lock::parse(&source(&TEXT[..at]));
    }
}
