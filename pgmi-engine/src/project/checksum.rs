//! Three checksums of a file, each SHA-256 in lower-case hexadecimal.

use sha2::{Digest, Sha256};

use crate::sql::{TokenKind, tokens};

/// Of the bytes as they are.
pub fn raw(content: &str) -> String {
    hex(&Sha256::digest(content.as_bytes()))
}

/// Of the SQL without its comments, its white space folded, its keywords and identifiers in lower case.
///
/// It folds white space inside literals too, as session API v1 always has: `'A  B'` and `'A B'` have
/// one checksum. [`strict`] tells them apart.
pub fn normalized(content: &str) -> String {
    hex(&Sha256::digest(fold_white_space(&blank_comments(content)).as_bytes()))
}

/// Of the tokens: the same whatever the comments, the white space between tokens and the case of
/// unquoted words; any change inside a literal or a quoted identifier changes it.
pub fn strict(content: &str) -> String {
    let mut digest = Sha256::new();
    for token in tokens(content).filter(|token| !token.is_blank()) {
        let text = token.text(content);
        match token.kind {
            TokenKind::Word => digest.update(text.to_ascii_lowercase()),
            _ => digest.update(text),
        }
        // No file holds NUL, so nothing inside a token looks like the end of one.
        digest.update([0]);
    }
    hex(&digest.finalize())
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// First pass of the v1 algorithm. It is older than our lexer and keeps its own, simpler rules, because
/// users have stored its results: a lone `\r` does not end a comment, `a$b$` opens a dollar quote.
fn blank_comments(content: &str) -> String {
    let bytes = content.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        at += match rest {
            [b'-', b'-', ..] => blank(&mut out, line_comment(rest)),
            [b'/', b'*', ..] => blank(&mut out, block_comment(rest)),
            [b'\'', ..] => copy(&mut out, rest, quoted(rest, is_escape_prefix(&bytes[..at]))),
            [b'"', ..] => copy(&mut out, rest, quoted(rest, false)),
            [b'$', ..] => copy(&mut out, rest, dollar_quoted(rest)),
            _ => {
                out.push(rest[0].to_ascii_lowercase());
                1
            }
        };
    }
    // Only whole ASCII delimiters were cut away, so this is still UTF-8.
    String::from_utf8_lossy(&out).into_owned()
}

fn blank(out: &mut Vec<u8>, length: usize) -> usize {
    out.push(b' ');
    length
}

fn copy(out: &mut Vec<u8>, rest: &[u8], length: usize) -> usize {
    out.extend_from_slice(&rest[..length]);
    length
}

/// Up to the line end, which stays.
fn line_comment(rest: &[u8]) -> usize {
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    if rest[..end].ends_with(b"\r") && end < rest.len() { end - 1 } else { end }
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (1, 2);
    while depth > 0 && at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

/// A literal or a quoted identifier, its quotes included.
fn quoted(rest: &[u8], escapes: bool) -> usize {
    let quote = rest[0];
    let mut at = 1;
    while at < rest.len() {
        match &rest[at..] {
            [b'\\', _, ..] if escapes => at += 2,
            [a, b, ..] if *a == quote && *b == quote => at += 2,
            [a, ..] if *a == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// Whether a quote after `before` opens an escape string.
fn is_escape_prefix(before: &[u8]) -> bool {
    let is_word =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || *byte >= 0x80;
    match before {
        [.., previous, b'e' | b'E'] => !is_word(previous),
        [b'e' | b'E'] => true,
        _ => false,
    }
}

/// A dollar-quoted text with its tags, or the lone dollar.
fn dollar_quoted(rest: &[u8]) -> usize {
    let tag_part = |(at, byte): (usize, &u8)| {
        byte.is_ascii_alphabetic() || *byte == b'_' || (at > 0 && byte.is_ascii_digit())
    };
    let length = rest[1..].iter().enumerate().position(|part| !tag_part(part));
    match length.map(|length| length + 1) {
        Some(end) if rest[end] == b'$' => {
            let tag = &rest[..=end];
            let body = &rest[tag.len()..];
            memchr::memmem::find(body, tag).map_or(rest.len(), |at| tag.len() * 2 + at)
        }
        _ => 1,
    }
}

/// Second pass: every run of white space is one space, none at the ends.
fn fold_white_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const USERS: &str = "770ec17e2277e313a56c78ecab71d0ee460922cac72efddf9869ca4194276572";

    #[test]
    fn golden_values() {
        assert_eq!(raw(""), EMPTY);
        assert_eq!(normalized(""), EMPTY);
        assert_eq!(
            raw("SELECT * FROM users;"),
            "d1ec24bdafb79996d598fd0707064fc6766042c1054c8ca379da5fc6a3a03e5a"
        );
        assert!(raw("-- Comment\nSELECT * FROM users;").starts_with("439dc674"));
        assert!(raw("SELECT  *  FROM  users;").starts_with("e09890a6"));
        for sql in [
            "SELECT * FROM users;",
            "select\t*\r\n from   users;  ",
            "-- Comment\nSELECT * FROM users;",
            "/* a /* b */ */ SELECT * /* x */ FROM users; -- end",
            "-- crlf\r\nSELECT * FROM users;",
        ] {
            assert_eq!(normalized(sql), USERS, "{sql}");
        }
    }

    #[test]
    fn different_sql_has_different_normalized_checksums() {
        for (a, b) in [
            ("\"Users\"", "\"users\""),
            ("'Production'", "'production'"),
            ("SELECT a/*x*/b", "SELECT ab"),
            (r"E'a\'-- x'", r"E'a\'-- y'"),
            ("\"a--b\", 1", "\"a--b\", 2"),
            ("$$ -- inside $$", "$$  $$"),
        ] {
            assert_ne!(normalized(a), normalized(b), "{a} {b}");
            assert_ne!(strict(a), strict(b), "{a} {b}");
        }
    }

    #[test]
    fn the_strict_checksum_sees_into_literals() {
        for (a, b) in [("'A  B'", "'A B'"), ("$$ -- c\n x $$", "$$ -- c x $$")] {
            assert_eq!(normalized(a), normalized(b));
            assert_ne!(strict(a), strict(b));
        }
        for (a, b) in [
            ("select  1;", "SELECT /* x */ 1 ;"),
            ("SELECT 'a';", "SELECT 'a'; /* n */"),
            ("a\r\nb", "a\nb"),
        ] {
            assert_eq!(strict(a), strict(b));
        }
    }

    #[test]
    fn v1_quirks_stay() {
        // A lone carriage return does not end a comment; `b$…$b$` quotes even inside an identifier.
        assert_eq!(normalized("-- a\rSELECT 1"), EMPTY);
        assert_ne!(normalized("a$b$ X $b$"), normalized("a$b$ x $b$"));
        assert_eq!(normalized("'open"), raw("'open"));
    }
}
