//! Where in a `Cargo.toml` something stands.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The bytes of a setting's value; the beginning of the file where it cannot be found.
pub(super) fn of_setting(text: &str, path: &[&str]) -> Range<usize> {
    find(text, path).map(|it| it.value).unwrap_or_default()
}

/// The bytes of a setting's key.
pub(super) fn of_key(text: &str, path: &[&str]) -> Range<usize> {
    find(text, path).map(|it| it.key).unwrap_or_default()
}

/// The bytes of one text of an array.
pub(super) fn of_element(text: &str, path: &[&str], element: &str) -> Range<usize> {
    find(text, path)
        .and_then(|it| it.elements.into_iter().find(|(text, _)| text == element))
        .map(|(_, span)| span)
        .unwrap_or_default()
}

struct Found {
    key: Range<usize>,
    value: Range<usize>,
    elements: Vec<(String, Range<usize>)>,
}

/// Below `[package.metadata.pgmi]`.
fn find(text: &str, path: &[&str]) -> Option<Found> {
    let root = DeTable::parse(text).ok()?;
    let mut table = root.get_ref();
    let (last, way) = path.split_last()?;
    for step in ["package", "metadata", "pgmi"].iter().chain(way) {
        table = match table.get(*step)?.get_ref() {
            DeValue::Table(inner) => inner,
            _ => return None,
        };
    }
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == last)?;
    let texts = match value.get_ref() {
        DeValue::Array(all) => all.iter().collect(),
        _ => Vec::new(),
    };
    let text = |it: &&toml::Spanned<DeValue<'_>>| match it.get_ref() {
        DeValue::String(text) => Some((text.to_string(), it.span())),
        _ => None,
    };
    let elements = texts.iter().filter_map(text).collect();
    Some(Found { key: key.span(), value: value.span(), elements })
}
