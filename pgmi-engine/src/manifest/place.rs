//! Where in a `Cargo.toml` something stands.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The bytes of a setting's value; the beginning of the file where it cannot be found.
pub(super) fn of_setting(text: &str, key: &str) -> Range<usize> {
    find(text, key).unwrap_or_default()
}

fn find(text: &str, key: &str) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?;
    let mut table = root.get_ref();
    for step in ["package", "metadata", "pgmi"] {
        table = match table.get(step)?.get_ref() {
            DeValue::Table(inner) => inner,
            _ => return None,
        };
    }
    table.get(key).map(toml::Spanned::span)
}
