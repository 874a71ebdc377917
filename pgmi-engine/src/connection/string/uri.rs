//! `postgresql://` URIs
//! ([libpq-connect](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS)).

use super::{Pairs, Problem};

/// What follows `postgresql://` or `postgres://`.
pub(super) fn strip_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    ["postgresql", "postgres"].iter().any(|s| s.eq_ignore_ascii_case(scheme)).then_some(rest)
}

/// Reads `[user[:password]@][host[:port][,…]][/dbname][?keyword=value[&…]]`.
pub(super) fn parse(rest: &str) -> Result<Pairs, Problem> {
    let mut pairs = Vec::new();
    let rest = credentials(rest, &mut pairs)?;
    let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(authority_end);
    hosts(authority, &mut pairs)?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    database(path, &mut pairs)?;
    parameters(query, &mut pairs)?;
    Ok(pairs)
}

/// Takes `user:password@` off the front. As in libpq, the first `@` before any `/` ends it.
fn credentials<'a>(text: &'a str, pairs: &mut Pairs) -> Result<&'a str, Problem> {
    let Some(at) = text.find(['@', '/']).filter(|&at| text[at..].starts_with('@')) else {
        return Ok(text);
    };
    let (user, password) = text[..at].split_once(':').unwrap_or((&text[..at], ""));
    pairs.push(("user".into(), decode(user)?));
    pairs.push(("password".into(), decode(password)?));
    Ok(&text[at + 1..])
}

fn hosts(authority: &str, pairs: &mut Pairs) -> Result<(), Problem> {
    // A second `@` is always an unescaped one of the password; the host would be its tail.
    if authority.contains('@') {
        return Err(unescaped("@", "%40"));
    }
    let (mut hosts, mut ports) = (Vec::new(), Vec::new());
    for part in authority.split(',') {
        let (host, port) = host_and_port(part)?;
        hosts.push(decode(host)?);
        ports.push(decode(port)?);
    }
    if hosts.iter().any(|host| !host.is_empty()) {
        pairs.push(("host".into(), hosts.join(",")));
    }
    if ports.iter().any(|port| !port.is_empty()) {
        pairs.push(("port".into(), ports.join(",")));
    }
    Ok(())
}

/// Splits `host:port`; an IPv6 address stands in brackets.
fn host_and_port(text: &str) -> Result<(&str, &str), Problem> {
    let Some(rest) = text.strip_prefix('[') else {
        return match text.split_once(':') {
            Some((_, port)) if port.contains(':') => {
                Err(Problem::new("has a host with several colons")
                    .help("write an IPv6 address in brackets: postgresql://[::1]:5432/")
                    .help("write `:` in a password as %3A, `/` as %2F and `@` as %40"))
            }
            split => Ok(split.unwrap_or((text, ""))),
        };
    };
    match rest.split_once(']') {
        Some((host, "")) if !host.is_empty() => Ok((host, "")),
        Some((host, port)) if !host.is_empty() && port.starts_with(':') => Ok((host, &port[1..])),
        _ => Err(Problem::new("has brackets that do not hold an IPv6 address")),
    }
}

fn database(path: &str, pairs: &mut Pairs) -> Result<(), Problem> {
    let name = path.strip_prefix('/').unwrap_or(path);
    // An unescaped `/` in a password ends the host early; the rest would be shown as a database.
    if name.contains('@') {
        return Err(unescaped("/` or `@", "%2F or %40"));
    }
    if !name.is_empty() {
        pairs.push(("dbname".into(), decode(name)?));
    }
    Ok(())
}

fn parameters(query: &str, pairs: &mut Pairs) -> Result<(), Problem> {
    for (position, part) in query.split('&').filter(|part| !part.is_empty()).enumerate() {
        let Some((name, value)) = part.split_once('=') else {
            return Err(Problem::new(format!("has no `=` in parameter {}", position + 1)));
        };
        match (decode(name)?.as_str(), decode(value)?) {
            // libpq reads JDBC's `ssl=true` so.
            ("ssl", value) if value == "true" => pairs.push(("sslmode".into(), "require".into())),
            (name, value) => pairs.push((name.to_owned(), value)),
        }
    }
    Ok(())
}

fn unescaped(what: &str, escape: &str) -> Problem {
    Problem::new(format!("has an unescaped `{what}`"))
        .help(format!("write it in a user name, password or database as {escape}"))
}

/// Writes everything but letters, digits, `_`, `-` and `.` as `%41`.
pub(super) fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    text.bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

/// Decodes `%41`; everything else stands for itself, `+` too.
fn decode(text: &str) -> Result<String, Problem> {
    let wrong = || {
        Problem::new("has a `%` that is not followed by two hexadecimal digits")
            .help("write a `%` of a password as %25")
    };
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let byte = digits.and_then(|d| u8::from_str_radix(d, 16).ok()).ok_or_else(wrong)?;
        bytes.push(byte);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    if bytes.contains(&0) {
        return Err(Problem::new("has the forbidden byte %00"));
    }
    String::from_utf8(bytes).map_err(|_| Problem::new("is not UTF-8 after decoding its %"))
}

#[cfg(test)]
mod tests {
    use crate::connection::string::tests::{error, shown};

    #[test]
    fn the_manuals_forms() {
        for (text, expected) in [
            ("postgresql://", ""),
            ("postgresql://localhost", "host=localhost"),
            ("postgresql://localhost:5433", "host=localhost port=5433"),
            ("postgresql://localhost/mydb", "host=localhost dbname=mydb"),
            ("postgresql://u@h/db", "host=h dbname=db user=u"),
            ("postgres://u:p%40ss%2F%3A@h", "host=h user=u password=p@ss/:"),
            ("postgresql://u:@h", "host=h user=u"),
            ("postgresql://u:a:b@h", "host=h user=u password=a:b"),
            ("postgresql://u:p?#x@h", "host=h user=u password=p?#x"),
            (
                "postgresql://u@localhost/other?connect_timeout=10&application_name=my%20app",
                "host=localhost dbname=other user=u application_name=my app connect_timeout=10",
            ),
            (
                "postgresql://host1:123,host2:456/db?target_session_attrs=any",
                "host=host1,host2 port=123,456 dbname=db target_session_attrs=any",
            ),
            ("postgresql://a,b:2/", "host=a,b port=,2"),
            ("postgresql://[2001:db8::1234]/d", "host=2001:db8::1234 dbname=d"),
            ("postgresql://[::1]:5433,h", "host=::1,h port=5433,"),
            ("postgresql://%2Fvar%2Flib%2Fpg/dbname", "host=/var/lib/pg dbname=dbname"),
            ("postgresql:///dbname?host=/var/lib/pg", "host=/var/lib/pg dbname=dbname"),
            ("postgresql:///mydb?host=localhost&port=5433", "host=localhost port=5433 dbname=mydb"),
            ("postgresql://h?ssl=true", "host=h sslmode=require"),
            ("POSTGRESQL://h?sslmode=verify-full", "host=h sslmode=verify-full"),
            (
                "postgresql://h/d?sslcert=c&sslkey=k&sslrootcert=r&sslpassword=p",
                "host=h dbname=d sslcert=c sslkey=k sslpassword=p sslrootcert=r",
            ),
            ("postgresql://h/d%20b%3F", "host=h dbname=d b?"),
            ("postgresql://h/d?options=-c%20geqo%3Doff", "host=h dbname=d options=-c geqo=off"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn broken_strings_name_the_cure() {
        for (text, words) in [
            ("postgresql://u:p@s3cret@h/db", "unescaped `@`"),
            ("postgresql://u:1/s3cret@h/db", "unescaped `/` or `@`"),
            ("postgresql://u:s3:x", "several colons"),
            ("postgresql://u:s3%zz@h", "hexadecimal"),
            ("postgresql://u:s3%4", "hexadecimal"),
            ("postgresql://u:s3%00@h", "%00"),
            ("postgresql://u:s3%ff@h", "UTF-8"),
            ("postgresql://[::1", "brackets"),
            ("postgresql://[]/s3", "brackets"),
            ("postgresql://[::1]s3/d", "brackets"),
            ("postgresql://h/d?s3cret", "parameter 1"),
        ] {
            let error = error(text);
            assert!(error.to_string().contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn a_percent_before_a_multi_byte_character_is_an_error() {
        assert!(error("postgresql://u:s3%é@h").to_string().contains("hexadecimal"));
    }
}
