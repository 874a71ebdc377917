//! A line of the lock: words between single spaces, in double quotes where they are odd.

use std::borrow::Cow;

use crate::signature::{Spelling, TypeName, TypeRef};

/// The word as it stands in a line.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '"';
    if text.is_empty() || text.contains(odd) { Cow::Owned(quoted(text)) } else { text.into() }
}

/// In double quotes, whatever it is.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

pub(super) fn type_name(name: &TypeName) -> String {
    Spelling::exact(name).to_string()
}

pub(super) fn type_ref(type_ref: &TypeRef) -> String {
    format!("{}{}", type_name(&type_ref.name), "[]".repeat(type_ref.dims.into()))
}

/// One word of a line, and whether it stood in quotes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub quoted: bool,
}

/// The words of a line; none where it is not written as [`word`] writes.
pub(super) fn words(line: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut rest = line;
    loop {
        let (word, after) = match rest.strip_prefix('"') {
            Some(inner) => unquoted(inner)?,
            None => bare(rest)?,
        };
        words.push(word);
        if after.is_empty() {
            return Some(words);
        }
        rest = after.strip_prefix(' ')?;
    }
}

fn bare(text: &str) -> Option<(Word, &str)> {
    let (word, after) = text.split_at(text.find(' ').unwrap_or(text.len()));
    let fits = !word.is_empty() && !word.contains('"');
    fits.then(|| (Word { text: word.to_owned(), quoted: false }, after))
}

fn unquoted(inner: &str) -> Option<(Word, &str)> {
    let mut text = String::new();
    let mut rest = inner;
    loop {
        // Two searches for one character each: those are fast in a debug build too, as build scripts are.
        let quote = rest.find('"')?;
        let at = rest[..quote].find('\\').unwrap_or(quote);
        text.push_str(&rest[..at]);
        let (mark, after) = rest[at..].split_at(1);
        if mark == "\"" {
            return Some((Word { text, quoted: true }, after));
        }
        let (c, after) = escaped(after)?;
        text.push(c);
        rest = after;
    }
}

/// What follows a backslash.
fn escaped(text: &str) -> Option<(char, &str)> {
    if let Some(hex) = text.strip_prefix("u{") {
        let (digits, after) = hex.split_once('}')?;
        return Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, after));
    }
    let c = match text.chars().next()? {
        'n' => '\n',
        c @ ('"' | '\\') => c,
        _ => return None,
    };
    Some((c, &text[1..]))
}
