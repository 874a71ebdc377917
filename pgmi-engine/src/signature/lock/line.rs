//! A line of the lock: words between single spaces, in double quotes where they are odd.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt::{self, Write};

use crate::signature::{Spelling, TypeName, TypeRef};

/// Displays the word as it stands in a line.
pub(super) struct Spelt<'a>(pub &'a str);

impl fmt::Display for Spelt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let odd = |c: char| c.is_whitespace() || c.is_control() || c == '"';
        match self.0.is_empty() || self.0.contains(odd) {
            true => Quoted(self.0).fmt(f),
            false => f.write_str(self.0),
        }
    }
}

/// Displays a text in double quotes, whatever it is.
pub(super) struct Quoted<'a>(pub &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let special = |c: char| matches!(c, '"' | '\\' | '\u{2028}' | '\u{2029}') || c.is_control();
        f.write_char('"')?;
        let mut rest = self.0;
        while let Some(at) = rest.find(special) {
            f.write_str(&rest[..at])?;
            let mut following = rest[at..].chars();
            match following.next() {
                Some('\n') => f.write_str("\\n")?,
                Some(c @ ('"' | '\\')) => write!(f, "\\{c}")?,
                Some(c) => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                None => {}
            }
            rest = following.as_str();
        }
        f.write_str(rest)?;
        f.write_char('"')
    }
}

pub(super) fn type_name(name: &TypeName) -> String {
    Spelling::exact(name).to_string()
}

pub(super) fn type_ref(type_ref: &TypeRef) -> String {
    format!("{}{}", type_name(&type_ref.name), "[]".repeat(type_ref.dims.into()))
}

/// One word of a line, and whether it stood in quotes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: Cow<'a, str>,
    pub quoted: bool,
}

/// The words of a line; none where it is not written as [`word`] writes.
pub(super) fn words(line: &str) -> Option<VecDeque<Word<'_>>> {
    let mut words = VecDeque::with_capacity(8);
    let mut rest = line;
    loop {
        let (word, after) = match rest.strip_prefix('"') {
            Some(inner) => unquoted(inner)?,
            None => bare(rest)?,
        };
        words.push_back(word);
        if after.is_empty() {
            return Some(words);
        }
        rest = after.strip_prefix(' ')?;
    }
}

fn bare(text: &str) -> Option<(Word<'_>, &str)> {
    let (word, after) = text.split_at(text.find(' ').unwrap_or(text.len()));
    let fits = !word.is_empty() && !word.contains('"');
    fits.then_some((Word { text: word.into(), quoted: false }, after))
}

fn unquoted(inner: &str) -> Option<(Word<'_>, &str)> {
    let mut text = Cow::Borrowed("");
    let mut rest = inner;
    loop {
        // Two searches for one character each: those are fast in a debug build too, as build scripts are.
        let quote = rest.find('"')?;
        let at = rest[..quote].find('\\').unwrap_or(quote);
        text += &rest[..at];
        let (mark, after) = rest[at..].split_at(1);
        if mark == "\"" {
            return Some((Word { text, quoted: true }, after));
        }
        let (c, after) = escaped(after)?;
        text.to_mut().push(c);
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
