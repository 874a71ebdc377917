//! String literals of Rust, as text and as what they stand for
//! ([tokens](https://doc.rust-lang.org/reference/tokens.html#string-literals)).

use crate::sql::PositionMap;

/// What a string literal stands for.
#[derive(Clone, Debug)]
pub struct Decoded {
    pub text: String,
    /// From a byte of the text to the bytes of the literal.
    pub positions: PositionMap,
}

/// The value of `"…"`, `r"…"` or `r#"…"#`; none for any other token.
pub fn decode(literal: &str) -> Option<Decoded> {
    let mut decoder = Decoder::default();
    match literal.strip_prefix('r') {
        Some(rest) => {
            let hashes = rest.len() - rest.trim_start_matches('#').len();
            let inner = rest[hashes..].strip_prefix('"')?;
            let inner = inner.strip_suffix(&rest[..hashes])?.strip_suffix('"')?;
            decoder.raw(inner, 1 + hashes + 1);
        }
        None => decoder.escaped(literal.strip_prefix('"')?.strip_suffix('"')?, 1)?,
    }
    Some(Decoded { text: decoder.text, positions: decoder.map })
}

#[derive(Default)]
struct Decoder {
    text: String,
    map: PositionMap,
}

impl Decoder {
    /// `at` is where `inner` begins in the literal. The compiler takes a CRLF for one LF, in raw strings too.
    fn raw(&mut self, inner: &str, at: usize) {
        let mut start = 0;
        while let Some(length) = memchr::memmem::find(&inner.as_bytes()[start..], b"\r\n") {
            self.copy(inner, start..start + length, at);
            self.replace("\n", at + start + length..at + start + length + 2);
            start += length + 2;
        }
        self.copy(inner, start..inner.len(), at);
    }

    fn escaped(&mut self, inner: &str, at: usize) -> Option<()> {
        let mut start = 0;
        while let Some(length) = memchr::memchr(b'\\', &inner.as_bytes()[start..]) {
            self.raw(&inner[start..start + length], at + start);
            let escape = start + length;
            let (value, length) = escape_of(&inner[escape + 1..])?;
            let value = value.map_or_else(String::new, String::from);
            self.replace(&value, at + escape..at + escape + 1 + length);
            start = escape + 1 + length;
        }
        self.raw(&inner[start..], at + start);
        Some(())
    }

    fn copy(&mut self, inner: &str, span: std::ops::Range<usize>, at: usize) {
        self.map.copied(self.text.len(), at + span.start..at + span.end);
        self.text.push_str(&inner[span]);
    }

    fn replace(&mut self, value: &str, source: std::ops::Range<usize>) {
        self.map.replaced(self.text.len(), source);
        self.text.push_str(value);
    }
}

/// What stands behind a backslash: its character, if it is one, and its length.
fn escape_of(rest: &str) -> Option<(Option<char>, usize)> {
    let simple = |c| Some((Some(c), 1));
    match rest.chars().next()? {
        'n' => simple('\n'),
        'r' => simple('\r'),
        't' => simple('\t'),
        '0' => simple('\0'),
        c @ ('\\' | '\'' | '"') => simple(c),
        'x' => Some((Some(char::from(u8::from_str_radix(rest.get(1..3)?, 16).ok()?)), 3)),
        'u' => {
            let digits = rest[1..].strip_prefix('{')?.split_once('}')?.0;
            let value = u32::from_str_radix(&digits.replace('_', ""), 16).ok()?;
            Some((Some(char::from_u32(value)?), digits.len() + 3))
        }
        // The line goes on: its end and the next one's indentation are not meant.
        '\n' | '\r' => {
            Some((None, rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len()))
        }
        _ => None,
    }
}
