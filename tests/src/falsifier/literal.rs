//! Values as SQL spells them: from few, so that they meet; extremes among them.

use super::random::Random;

/// A value of a type as `format_type` names it.
pub(super) fn literal(type_name: &str, null_elements: bool, random: &mut Random) -> String {
    if let Some(element) = type_name.strip_suffix("[]") {
        return array(element, type_name, null_elements, random);
    }
    let text = match type_name {
        "citext" => random.pick(WORDS),
        "email" => random.pick(&["a@b", "b@c"]),
        "required" => random.pick(&["a", ""]),
        "format" => random.pick(&["cd", "vinyl", "tape"]),
        "place" | "spot" => random.pick(&["(a,1)", "(,)", "(a,)", "(,1)"]),
        "span" => random.pick(RANGES),
        other => built_in(other, random),
    };
    format!("'{text}'::{type_name}")
}

/// An array with nothing but NULL.
pub(super) fn only_null(type_name: &str) -> String {
    format!("array[null]::{type_name}")
}

/// An array with other elements before NULL.
pub(super) fn ends_with_null(type_name: &str, random: &mut Random) -> String {
    let element = type_name.strip_suffix("[]").expect("an array");
    format!("array[{}, null]::{type_name}", literal(element, true, random))
}

const WORDS: &[&str] = &["", "a", "A", "A x", "label", "x", "a@b", "a", "b"];
const RANGES: &[&str] = &["empty", "(,)", "[1,3)", "[2,)", "[1,3)"];

fn built_in(type_name: &str, random: &mut Random) -> &'static str {
    match type_name {
        "integer" => random.number(&["0", "1", "2", "3", "4", "-1", "1", "2"], "2147483647"),
        "bigint" => random.number(&["0", "1", "2", "3", "1", "2"], "9223372036854775807"),
        "smallint" => random.number(&["0", "1", "2"], "-32768"),
        "numeric" => random.pick_or(&["0", "1", "1.0", "2.50", "11"], &["NaN", "1e7"]),
        "double precision" => {
            random.pick_or(&["0", "1", "2", "0.5", "-0"], &["NaN", "Infinity", "-Infinity"])
        }
        "boolean" => random.pick(&["true", "false"]),
        "text" | "character varying" => random.pick(WORDS),
        "name" => random.pick(&["pg_class", "artist", ""]),
        "oid" => random.pick(&["0", "1259", "1249"]),
        "date" => random.pick_or(&["2000-01-01", "2024-02-29", "2000-01-01"], INFINITIES),
        "timestamp with time zone" => random.pick_or(&["2000-01-01", "2024-05-06"], INFINITIES),
        "interval" => random.pick(&["0", "1 day", "-1 month", "100 years"]),
        "uuid" => random.pick(&[
            "00000000-0000-0000-0000-000000000001",
            "00000000-0000-0000-0000-000000000002",
        ]),
        "jsonb" | "json" => json(random),
        "jsonpath" => random.pick(&["$.a", "$[*].b", "strict $.label"]),
        "tstzrange" => random.pick(&["empty", "(,)", "[2000-01-01,2001-01-01)", "[2000-01-01,)"]),
        "int4range" => random.pick(RANGES),
        "point" => random.pick(&["(0,0)", "(1,2)"]),
        other => panic!("no values of type {other}"),
    }
}

const INFINITIES: &[&str] = &["infinity", "-infinity"];

fn json(random: &mut Random) -> &'static str {
    const OBJECTS: &[&str] = &[
        "{}",
        r#"{"a": null, "label": "x", "b": 1}"#,
        r#"{"a": 1, "label": null}"#,
        r#"{"a": 2, "label": "a"}"#,
    ];
    const ARRAYS: &[&str] = &["[]", r#"[{"a": 1, "b": "x"}, {"b": null}]"#, "[[1], 2]"];
    match random.shape {
        1 => random.pick(OBJECTS),
        2 => random.pick(ARRAYS),
        _ => random.pick(&["null", OBJECTS[0], OBJECTS[1], OBJECTS[2], ARRAYS[0], ARRAYS[1]]),
    }
}

fn array(element: &str, type_name: &str, null_elements: bool, random: &mut Random) -> String {
    let elements = |most: usize, random: &mut Random| -> Vec<String> {
        let count = random.below(most);
        let one = |random: &mut Random| match null_elements && random.below(4) == 0 {
            true => "null".to_owned(),
            false => literal(element, true, random),
        };
        (0..count).map(|_| one(random)).collect()
    };
    let inner = elements(4, random).join(", ");
    match random.below(12) {
        // More dimensions than one, or a part of a longer array.
        0 => format!("array[[{inner}], [{inner}]]::{type_name}"),
        1 => format!("(array[{inner}]::{type_name})[2:3]"),
        _ => format!("array[{inner}]::{type_name}"),
    }
}
