//! Values of deployment parameters in what the server says: they may be secrets.

use crate::project::Parameters;

/// A shorter value is hidden only where it stands as a literal: as a word it says nothing, and hiding
/// every `1` would make a message unreadable.
const SHORTEST_WORD: usize = 4;

/// A shorter value is hidden only where it is a word: `env=test` must not spoil `./__test__/a.sql`.
const SHORTEST_PART: usize = 8;

/// Puts `[pgmi.<key>]` in place of each parameter's value.
pub(super) fn conceal(text: &str, parameters: &Parameters) -> String {
    let mut shown = text.to_owned();
    // A value that contains another is hidden first.
    let mut values: Vec<(&str, &str)> =
        parameters.iter().filter(|(_, value)| !value.is_empty()).collect();
    values.sort_by_key(|(_, value)| std::cmp::Reverse(value.len()));
    for (key, value) in values {
        let name = format!("[pgmi.{key}]");
        for spelling in spellings(value) {
            shown = shown.replace(&format!("'{spelling}'"), &format!("'{name}'"));
            match spelling.chars().count() {
                ..SHORTEST_WORD => {}
                SHORTEST_WORD..SHORTEST_PART => shown = replace_words(&shown, &spelling, &name),
                _ => shown = shown.replace(&spelling, &name),
            }
        }
    }
    shown
}

/// Replaces what is no part of a longer word.
fn replace_words(text: &str, word: &str, name: &str) -> String {
    let is_part = |character: Option<char>| {
        character.is_some_and(|character| character.is_alphanumeric() || character == '_')
    };
    let mut out = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices(word) {
        let end = at + word.len();
        if !is_part(text[..at].chars().next_back()) && !is_part(text[end..].chars().next()) {
            out.push_str(&text[copied..at]);
            out.push_str(name);
            copied = end;
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// The value as it is, and as `quote_literal` and `quote_ident` write it.
fn spellings(value: &str) -> Vec<String> {
    let mut spellings = vec![value.to_owned()];
    for doubled in [
        value.replace('\'', "''"),
        value.replace('\'', "''").replace('\\', "\\\\"),
        value.replace('"', "\"\""),
    ] {
        if !spellings.contains(&doubled) {
            spellings.push(doubled);
        }
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_named_instead_of_shown() {
        let mut parameters = Parameters::default();
        parameters.extend([("secret", "it's \\ SENTINEL"), ("n", "1"), ("empty", "")]).unwrap();
        assert_eq!(
            conceal(
                "password E'it''s \\\\ SENTINEL' it's \\ SENTINEL n = '1', 11 rows",
                &parameters
            ),
            "password E'[pgmi.secret]' [pgmi.secret] n = '[pgmi.n]', 11 rows"
        );
    }

    #[test]
    fn short_values_are_hidden_as_words_only() {
        let mut parameters = Parameters::default();
        parameters.extend([("env", "test"), ("password", "hunter22")]).unwrap();
        assert_eq!(
            conceal("Failed in ./__test__/a.sql: test, 'test' or xhunter22x", &parameters),
            "Failed in ./__test__/a.sql: [pgmi.env], '[pgmi.env]' or x[pgmi.password]x"
        );
    }
}
