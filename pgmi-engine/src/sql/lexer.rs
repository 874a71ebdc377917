//! PostgreSQL's lexical rules over UTF-8 text
//! ([sql-syntax-lexical](https://www.postgresql.org/docs/current/sql-syntax-lexical.html), `scan.l` of 14–18).
//!
//! Every byte belongs to exactly one token, so the tokens' spans tile the text. The rules are those of
//! `standard_conforming_strings = on`, the default since 9.1 and the only setting of PostgreSQL 19.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Whitespace,
    /// `-- …` without its line end.
    LineComment,
    /// `/* … */`, nested ones included.
    BlockComment,
    /// A keyword or an unquoted identifier.
    Word,
    /// `"…"` or `U&"…"`.
    QuotedIdentifier,
    /// `'…'`, also `B'…'`, `X'…'`, `N'…'`, `U&'…'`: a backslash means itself.
    String,
    /// `E'…'`: a backslash escapes.
    EscapeString,
    /// `$tag$…$tag$`.
    DollarString,
    /// `$1`.
    Parameter,
    Number,
    Semicolon,
    /// One of `( ) [ ] , . :`, `::`, `:=`, or a run of operator characters.
    Symbol,
    /// A character that starts no token, such as a lone backslash.
    Unknown,
}

/// A token by its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// False for a comment or a literal that the end of the text cut off.
    pub terminated: bool,
}

impl Token {
    /// The token's text.
    pub fn text<'a>(&self, sql: &'a str) -> &'a str {
        &sql[self.span.clone()]
    }

    /// True for what separates tokens and means nothing itself.
    pub fn is_blank(&self) -> bool {
        use TokenKind::{BlockComment, LineComment, Whitespace};
        matches!(self.kind, Whitespace | LineComment | BlockComment)
    }

    /// True for an unquoted word equal to `keyword`, whatever its case.
    pub fn is_word(&self, sql: &str, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text(sql).eq_ignore_ascii_case(keyword)
    }

    /// True for exactly this symbol.
    pub fn is_symbol(&self, sql: &str, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.text(sql) == symbol
    }
}

/// The tokens of a text, in order.
pub fn tokens(sql: &str) -> Tokens<'_> {
    Tokens { bytes: sql.as_bytes(), at: 0 }
}

/// Iterator of [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let first = *self.bytes.get(self.at)?;
        let start = self.at;
        let (kind, end) = scan(self.bytes, start, first);
        self.at = end.unwrap_or(self.bytes.len());
        Some(Token { kind, span: start..self.at, terminated: end.is_some() })
    }
}

/// The kind and the end of the token at `start`; no end means that the text ran out inside it.
fn scan(bytes: &[u8], start: usize, first: u8) -> (TokenKind, Option<usize>) {
    use TokenKind as Kind;
    let next = bytes.get(start + 1).copied();
    match (first, next) {
        (b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c, _) => {
            (Kind::Whitespace, Some(run(bytes, start, is_space)))
        }
        (b'-', Some(b'-')) => (Kind::LineComment, Some(run(bytes, start, |b| !is_newline(b)))),
        (b'/', Some(b'*')) => (Kind::BlockComment, block_comment_end(bytes, start + 2)),
        (b'\'', _) => (Kind::String, string_end(bytes, start + 1, false)),
        (b'"', _) => (Kind::QuotedIdentifier, quoted_end(bytes, start + 1, b'"')),
        (b'e' | b'E', Some(b'\'')) => (Kind::EscapeString, string_end(bytes, start + 2, true)),
        (b'b' | b'B' | b'x' | b'X' | b'n' | b'N', Some(b'\'')) => {
            (Kind::String, string_end(bytes, start + 2, false))
        }
        (b'u' | b'U', Some(b'&')) => scan_unicode(bytes, start),
        (b'$', _) => scan_dollar(bytes, start),
        (b'.', Some(b'0'..=b'9')) | (b'0'..=b'9', _) => {
            (Kind::Number, Some(number_end(bytes, start)))
        }
        (b';', _) => (Kind::Semicolon, Some(start + 1)),
        (b':', Some(b':' | b'=')) => (Kind::Symbol, Some(start + 2)),
        (b'(' | b')' | b'[' | b']' | b',' | b'.' | b':', _) => (Kind::Symbol, Some(start + 1)),
        _ if is_operator(first) => (Kind::Symbol, Some(operator_end(bytes, start))),
        _ if is_word_start(first) => (Kind::Word, Some(run(bytes, start, is_word_part))),
        _ => (Kind::Unknown, Some(start + 1)),
    }
}

/// `U&'…'` and `U&"…"`; otherwise the word `u`.
fn scan_unicode(bytes: &[u8], start: usize) -> (TokenKind, Option<usize>) {
    match bytes.get(start + 2) {
        Some(b'\'') => (TokenKind::String, string_end(bytes, start + 3, false)),
        Some(b'"') => (TokenKind::QuotedIdentifier, quoted_end(bytes, start + 3, b'"')),
        _ => (TokenKind::Word, Some(run(bytes, start, is_word_part))),
    }
}

/// `$1`, `$tag$…$tag$`, or a lone dollar.
fn scan_dollar(bytes: &[u8], start: usize) -> (TokenKind, Option<usize>) {
    if bytes.get(start + 1).is_some_and(u8::is_ascii_digit) {
        return (TokenKind::Parameter, Some(run(bytes, start + 1, |b| b.is_ascii_digit())));
    }
    let Some(tag_end) = dollar_tag_end(bytes, start) else {
        return (TokenKind::Unknown, Some(start + 1));
    };
    let tag = &bytes[start..tag_end];
    let end = memchr::memmem::find(&bytes[tag_end..], tag).map(|at| tag_end + at + tag.len());
    (TokenKind::DollarString, end)
}

/// The end of an opening `$tag$`, if one stands at `start`.
fn dollar_tag_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'$' => return Some(at + 1),
            b'0'..=b'9' if at > start + 1 => at += 1,
            _ if is_word_start(byte) => at += 1,
            _ => return None,
        }
    }
    None
}

/// The end of a block comment whose opening ends at `at`; comments nest.
fn block_comment_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 1;
    loop {
        at += memchr::memchr2(b'/', b'*', bytes.get(at..)?)?;
        match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'*')) => (depth, at) = (depth + 1, at + 2),
            (b'*', Some(b'/')) if depth == 1 => return Some(at + 2),
            (b'*', Some(b'/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
}

/// The end of a quoted text whose opening quote ends at `at`; a doubled quote stands for itself.
fn quoted_end(bytes: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    loop {
        at += memchr::memchr(quote, bytes.get(at..)?)? + 1;
        match bytes.get(at) {
            Some(&next) if next == quote => at += 1,
            _ => return Some(at),
        }
    }
}

/// The end of a string constant, with its continuations on later lines.
fn string_end(bytes: &[u8], mut at: usize, escapes: bool) -> Option<usize> {
    loop {
        let end =
            if escapes { escape_string_end(bytes, at)? } else { quoted_end(bytes, at, b'\'')? };
        match continuation(bytes, end) {
            Some(after) => at = after,
            None => return Some(end),
        }
    }
}

fn escape_string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'\'', b'\\', bytes.get(at..)?)?;
        match (bytes[at], bytes.get(at + 1)) {
            (b'\\', _) | (b'\'', Some(b'\'')) => at += 2,
            _ => return Some(at + 1),
        }
    }
}

/// Where a string goes on that was closed at `at`: after white space (with `--` comments) that holds a newline.
fn continuation(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut newline = false;
    loop {
        match (*bytes.get(at)?, bytes.get(at + 1)) {
            (b'\'', _) if newline => return Some(at + 1),
            (b'-', Some(b'-')) => at = run(bytes, at, |b| !is_newline(b)),
            (byte, _) if is_space(byte) => {
                newline |= is_newline(byte);
                at += 1;
            }
            _ => return None,
        }
    }
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    if bytes[start] == b'0'
        && matches!(bytes.get(start + 1), Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B'))
    {
        let end = run(bytes, start + 2, |b| b.is_ascii_hexdigit() || b == b'_');
        return if end > start + 2 { end } else { start + 1 };
    }
    let digit = |b: u8| b.is_ascii_digit() || b == b'_';
    let mut end = run(bytes, start, digit);
    // `1..10` is a range of PL/pgSQL: the number ends before the dots.
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1) != Some(&b'.') {
        end = run(bytes, end + 1, digit);
    }
    exponent_end(bytes, end).unwrap_or(end)
}

fn exponent_end(bytes: &[u8], at: usize) -> Option<usize> {
    matches!(bytes.get(at)?, b'e' | b'E').then_some(())?;
    let digits = if matches!(bytes.get(at + 1)?, b'+' | b'-') { at + 2 } else { at + 1 };
    bytes.get(digits)?.is_ascii_digit().then(|| run(bytes, digits, |b| b.is_ascii_digit()))
}

/// An operator ends where a comment begins.
fn operator_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    while let Some(&byte) = bytes.get(end) {
        let comment = matches!((byte, bytes.get(end + 1)), (b'-', Some(b'-')) | (b'/', Some(b'*')));
        if comment || !is_operator(byte) {
            break;
        }
        end += 1;
    }
    end
}

/// The end of the run of bytes that fit, from `start` (which is not looked at when it does not fit).
fn run(bytes: &[u8], start: usize, fits: impl Fn(u8) -> bool) -> usize {
    bytes[start..].iter().position(|&byte| !fits(byte)).map_or(bytes.len(), |length| start + length)
}

fn is_newline(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

fn is_operator(byte: u8) -> bool {
    memchr::memchr(byte, b"~!@#^&|`?+-*/%<>=").is_some()
}

/// Every byte of a character outside ASCII is a letter to PostgreSQL, a no-break space too.
fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_word_part(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'$'
}

#[cfg(test)]
mod tests;
