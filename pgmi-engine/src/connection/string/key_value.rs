//! libpq's `key = 'value'` strings
//! ([libpq-connect](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE)).

use super::{Pairs, Problem};

/// Reads `key=value` pairs: spaces around `=` are allowed, `'…'` quotes, `\` escapes everywhere.
pub(super) fn parse(text: &str) -> Result<Pairs, Problem> {
    let (mut pairs, mut rest) = (Vec::new(), text.trim_start());
    while !rest.is_empty() {
        let (name, after) = key(rest, pairs.len() + 1)?;
        let (value, after) = value(after)?;
        pairs.push((name.to_owned(), value));
        rest = after.trim_start();
    }
    Ok(pairs)
}

fn key(text: &str, position: usize) -> Result<(&str, &str), Problem> {
    let end = text.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    match rest.trim_start().strip_prefix('=') {
        Some(rest) => Ok((name, rest.trim_start())),
        None => Err(Problem::new(format!("has no `=` after keyword number {position}"))
            .help("a value with spaces needs single quotes: password='two words'")),
    }
}

/// The value at the start of the text, unescaped, and what follows it.
fn value(text: &str) -> Result<(String, &str), Problem> {
    let quoted = text.starts_with('\'');
    let (mut value, mut escaped) = (String::new(), false);
    for (at, c) in text.char_indices().skip(usize::from(quoted)) {
        match c {
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '\'' if quoted => return Ok((value, &text[at + 1..])),
            c if !quoted && c.is_ascii_whitespace() => return Ok((value, &text[at..])),
            c => value.push(c),
        }
    }
    if quoted {
        Err(Problem::new("has a single quote that is not closed"))
    } else {
        Ok((value, ""))
    }
}

#[cfg(test)]
mod tests {
    use crate::connection::string::tests::{error, shown};

    #[test]
    fn the_manuals_quoting_rules() {
        for (text, expected) in [
            ("host=h port=5433 user=u", "host=h port=5433 user=u"),
            ("host = h  port\t=\n5433", "host=h port=5433"),
            ("user=u password='two words'", "user=u password=two words"),
            (r"password='it\'s \\'", r"password=it's \"),
            (r"password=a\ b user=u", "user=u password=a b"),
            (r"password=a\'b", "password=a'b"),
            ("password='' user=u", "user=u"),
            ("password='a=b'", "password=a=b"),
            ("password=a=b", "password=a=b"),
            ("host=h dbname=", "host=h"),
            ("host='h'port='1'", "host=h port=1"),
            ("password='é→'", "password=é→"),
            ("host=a,b port=1,2", "host=a,b port=1,2"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn broken_strings() {
        assert!(error("host=h password='s3cret").to_string().contains("not closed"));
        assert!(error("password=s3 s3cret host=h").to_string().contains("no `=`"));
        assert!(error("password=x s3cret").to_string().contains("keyword number 2"));
    }
}
