//! ADO.NET strings, `Host=h;Port=5432;Password="a;b"`, as Npgsql reads them
//! ([connection string parameters](https://www.npgsql.org/doc/connection-string-parameters.html)).

use super::{Pairs, Problem};

/// Reads `Key=Value` pairs separated by `;`. Quotes `'` and `"` protect `;` and are doubled inside.
pub(super) fn parse(text: &str) -> Result<Pairs, Problem> {
    let (mut pairs, mut rest) = (Vec::new(), next_pair(text));
    while !rest.is_empty() {
        let Some((name, after)) = rest.split_once('=') else {
            return Err(Problem::new(format!("has no `=` in part {}", pairs.len() + 1)));
        };
        let (value, after) = value(after.trim_start(), pairs.len() + 1)?;
        pairs.push((name.trim().to_owned(), value));
        rest = next_pair(after);
    }
    for (name, value) in &mut pairs {
        spell_as_libpq(name, value);
    }
    Ok(pairs)
}

fn next_pair(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == ';' || c.is_ascii_whitespace())
}

/// The value at the start of the text, and what follows it.
fn value(text: &str, part: usize) -> Result<(String, &str), Problem> {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
        let end = text.find(';').unwrap_or(text.len());
        return Ok((text[..end].trim_end().to_owned(), &text[end..]));
    };
    let (value, rest) = quoted(&text[1..], quote)
        .ok_or_else(|| Problem::new(format!("has a quote that is not closed in part {part}")))?;
    match rest.trim_start() {
        rest if rest.is_empty() || rest.starts_with(';') => Ok((value, rest)),
        _ => Err(Problem::new(format!("has text after the closing quote of part {part}"))
            .help("write a quote inside a quoted value twice")),
    }
}

fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let (mut value, mut rest) = (String::new(), text);
    loop {
        let (before, after) = rest.split_once(quote)?;
        value.push_str(before);
        match after.strip_prefix(quote) {
            Some(after) => {
                value.push(quote);
                rest = after;
            }
            None => return Some((value, after)),
        }
    }
}

/// `SSL Mode=VerifyFull` means `verify-full`; some words are written without their hyphen.
fn spell_as_libpq(name: &str, value: &mut String) {
    let keyword = crate::connection::keyword::find(name).map(|keyword| keyword.name);
    if matches!(keyword, Some("sslmode" | "target_session_attrs")) {
        let lower = value.to_ascii_lowercase();
        *value = match lower.as_str() {
            "verifyca" => "verify-ca".into(),
            "verifyfull" => "verify-full".into(),
            "readwrite" => "read-write".into(),
            "readonly" => "read-only".into(),
            "preferstandby" => "prefer-standby".into(),
            _ => lower,
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::connection::string::tests::{error, shown};

    #[test]
    fn the_spellings_of_npgsql() {
        for (text, expected) in [
            ("Host=h;Port=5433;Database=d", "host=h port=5433 dbname=d"),
            ("Server=h;User Id=u;Pwd=x;", "host=h user=u password=x"),
            ("Host = h ; Port = 5433", "host=h port=5433"),
            ("Host=h;Password='p;a=ss'", "host=h password=p;a=ss"),
            (r#"Host=h;Password="a""b;c""#, r#"host=h password=a"b;c"#),
            ("Host=h;Password='it''s' ;Port=1", "host=h port=1 password=it's"),
            ("host=h;Initial Catalog=d;uid=u", "host=h dbname=d user=u"),
            ("Host=h;SSL Mode=Require", "host=h sslmode=require"),
            ("Host=h;SslMode=VerifyFull", "host=h sslmode=verify-full"),
            ("Host=h;sslmode=VerifyCA", "host=h sslmode=verify-ca"),
            ("Host=h;sslmode=verify-ca", "host=h sslmode=verify-ca"),
            (
                "Host=h;Target Session Attributes=ReadWrite",
                "host=h target_session_attrs=read-write",
            ),
            (
                "Host=h;Application Name=a b;Timeout=5",
                "host=h application_name=a b connect_timeout=5",
            ),
            ("Host=h;Pooling=true", "host=h pooling=true"),
            (";;Host=h;;", "host=h"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn broken_strings() {
        assert!(error("Host=h;Password='s3cret").to_string().contains("part 2"));
        assert!(error("Host=h;Password='s3'cret;Port=1").to_string().contains("closing quote"));
        assert!(error("Host=h;s3cret").to_string().contains("part 2"));
        assert_eq!(error("Hosst=h;Port=1").primary().help, ["did you mean `host`?"]);
    }
}
