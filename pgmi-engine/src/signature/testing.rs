//! Arbitrary signatures and types, for the property tests of this room.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

/// Names as people and as testers choose them.
pub fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z][a-z0-9_]{0,6}",
        1 => prop::sample::select(vec![
            "true", "null", "No", "~", "1", "- a", "a: b", "#", "a #b", "é", "\u{85}", "a\nb", "\t", "'",
            "\"", "\\", "{}", "[]", "!x", "&x", "*x", "|", ">", "%", "@", "?column?", "a.b", "\u{2028}",
            "\u{feff}", " ", "1e5", "0x1f", ".inf", "---", "...", "<<", "=", "\r\n", "\u{ffff}",
            "\u{10ffff}", "\u{200b}",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,8}",
        1 => any::<String>().prop_filter("NUL and the empty name are not PostgreSQL's", |name| {
            !name.is_empty() && !name.contains('\0')
        }),
    ]
}

fn verdict<T: std::fmt::Debug + Clone>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Verdict<T>> {
    (value, any::<bool>(), vec(name(), 0..3)).prop_map(|(value, certain, reasons)| Verdict {
        value,
        certain,
        reasons,
    })
}

fn nullability() -> impl Strategy<Value = Nullability> {
    any::<bool>().prop_map(Nullability::from)
}

fn type_name() -> impl Strategy<Value = TypeName> {
    let schema = prop_oneof![Just("pg_catalog".to_owned()), Just("public".to_owned()), name()];
    (schema, name()).prop_map(|(schema, name)| TypeName { schema, name })
}

fn type_ref() -> impl Strategy<Value = TypeRef> {
    (type_name(), 0u8..3).prop_map(|(name, dims)| TypeRef { name, dims })
}

fn field() -> impl Strategy<Value = Field> {
    let origin = (name(), name(), name()).prop_map(|(schema, relation, column)| Origin {
        schema,
        relation,
        column,
    });
    let verdicts = (verdict(nullability()), verdict(nullability()));
    let padded =
        (any::<u32>(), any::<bool>()).prop_map(|(table, not_null)| Padded { table, not_null });
    (name(), type_ref(), verdicts, option::of(origin), option::of(padded)).prop_map(
        |(name, type_ref, (nullability, elements), origin, padded)| Field {
            elements: type_ref.is_array().then_some(elements),
            name,
            type_ref,
            nullability,
            origin,
            padded,
        },
    )
}

/// Fields whose names differ.
pub fn fields() -> impl Strategy<Value = Vec<Field>> {
    vec(field(), 0..4).prop_map(|mut fields| {
        let mut seen = std::collections::HashSet::new();
        fields.retain(|field| seen.insert(field.name.clone()));
        fields
    })
}

pub fn signature() -> impl Strategy<Value = Signature> {
    let cardinality = prop::sample::select(vec![
        Cardinality::None,
        Cardinality::ZeroOrOne,
        Cardinality::One,
        Cardinality::Many,
    ]);
    let batch = (any::<bool>(), any::<bool>(), vec(name(), 0..3))
        .prop_map(|(many, copy, reasons)| Batch { many, copy, reasons });
    let parts = (fields(), fields(), verdict(cardinality), batch);
    parts.prop_map(|(parameters, columns, cardinality, batch)| {
        let none = cardinality.value == Cardinality::None;
        let columns = if none { Vec::new() } else { columns };
        Signature { parameters, columns, cardinality, idempotent: false, batch }
    })
}

pub fn type_definition() -> impl Strategy<Value = TypeDefinition> {
    let kind = prop_oneof![
        Just(TypeKind::Base),
        vec(name(), 0..4).prop_map(|labels| TypeKind::Enum { labels }),
        fields().prop_map(|fields| TypeKind::Composite { fields }),
        (type_ref(), nullability())
            .prop_map(|(base, nullability)| TypeKind::Domain { base, nullability }),
        type_ref().prop_map(|subtype| TypeKind::Range { subtype }),
        type_ref().prop_map(|range| TypeKind::Multirange { range }),
    ];
    (type_name(), kind).prop_map(|(name, kind)| TypeDefinition { name, kind })
}
