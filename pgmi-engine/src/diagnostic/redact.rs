//! Secrets never leave: connection passwords are blanked in every text that is shown.

use std::borrow::Cow;

const HIDDEN: &str = "[redacted]";

/// Blanks the values of `password=…`, `pwd=…`, `sslpassword=…` and the password of `scheme://user:…@host`.
///
/// It errs on the side of hiding: an unencoded `@` in a password is covered up to the last `@` of the word.
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    for hide in [hide_uri_password, hide_named_password] {
        if let Some(hidden) = hide(&out) {
            out = Cow::Owned(hidden);
        }
    }
    out
}

/// `scheme://user:secret@host` → `scheme://user:[redacted]@host`.
fn hide_uri_password(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(scheme) = rest.find("://") {
        let (before, authority) = rest.split_at(scheme + 3);
        out.push_str(before);
        let end = authority.find(|c: char| c.is_whitespace()).unwrap_or(authority.len());
        let word = &authority[..end];
        rest = &authority[end..];
        match (word.find(':'), word.rfind('@')) {
            (Some(colon), Some(at)) if colon < at => {
                out.push_str(&word[..=colon]);
                out.push_str(HIDDEN);
                out.push_str(&word[at..]);
            }
            _ => out.push_str(word),
        }
    }
    (!out.is_empty()).then(|| out + rest)
}

/// `password = 'a b'` → `password=[redacted]`, in libpq's and ADO.NET's spellings, and in query strings.
fn hide_named_password(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let (mut out, mut done) = (String::new(), 0);
    while let Some(key_end) = next_key_end(&lower, done) {
        out.push_str(&text[done..key_end]);
        done = key_end;
        if let Some(value) = text[done..].trim_start_matches(' ').strip_prefix('=') {
            let value = value.trim_start_matches(' ');
            out.push('=');
            out.push_str(HIDDEN);
            done = text.len() - value.len() + value_length(value);
        }
    }
    (done > 0).then(|| out + &text[done..])
}

/// Where the next `password` or `pwd` at or after `from` ends.
fn next_key_end(lower: &str, from: usize) -> Option<usize> {
    let end_of = |key: &str| lower[from..].find(key).map(|at| from + at + key.len());
    [end_of("password"), end_of("pwd")].into_iter().flatten().min()
}

/// Bytes of a value: quoted up to its closing quote, or up to a separator.
fn value_length(value: &str) -> usize {
    match value.chars().next() {
        Some(quote @ ('\'' | '"')) => {
            let mut escaped = false;
            for (at, c) in value.char_indices().skip(1) {
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    c if c == quote && !value[at + 1..].starts_with(quote) => return at + 1,
                    c if c == quote => escaped = true,
                    _ => {}
                }
            }
            value.len()
        }
        _ => value.find([' ', '\t', '\n', ';', '&', '"', ',']).unwrap_or(value.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn hides_every_spelling() {
        for text in [
            "postgresql://u:s3cret@h/db",
            "postgres://u:s3@cret@h/db?x=1",
            "host=h password=s3cret user=u",
            "host=h password = 's3 s3cret' user=u",
            "Server=h;Pwd=s3cret;Database=d",
            "Password='s3''s3cret';Port=1",
            "sslpassword=s3cret",
            "password=\"s3;s3cret\"",
            "password=x pwd=s3cret",
        ] {
            let shown = redact(text);
            assert!(!shown.contains("s3"), "{text} became {shown}");
            assert!(shown.contains("[redacted]"));
        }
    }

    #[test]
    fn leaves_the_rest_alone() {
        for text in ["password authentication failed for user \"u\"", "postgresql://h:5432/db", "a"]
        {
            assert_eq!(redact(text), text);
        }
    }
}
