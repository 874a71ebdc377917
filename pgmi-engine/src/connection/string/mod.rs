//! Connection strings in three spellings: URI, libpq's `key=value`, ADO.NET's `Key=Value;`.
//!
//! No error shows a piece of the string: where it was cut wrongly, the piece may be the password.

mod ado;
mod key_value;
mod uri;

use super::{
    keyword::{self, Support},
    settings::{Settings, settings_error},
    source::Source,
};
use crate::{Result, diagnostic::Diagnostic};

/// Keywords and values in the order of the string.
type Pairs = Vec<(String, String)>;

/// Reads a connection string; `holder` is the flag or variable it came from.
///
/// # Errors
/// `connection-settings` when the string is in none of the three spellings, is broken, or has a
/// keyword that is unknown or cannot be honoured.
pub(super) fn parse(text: &str, holder: &'static str) -> Result<Settings> {
    let text = text.trim();
    let pairs = pairs(text).map_err(|problem| broken(holder, &problem))?;
    let mut settings = Settings::default();
    // The last of equal keywords wins, as in libpq.
    for (position, (name, value)) in pairs.into_iter().enumerate().rev() {
        add(&mut settings, (position + 1, &name), value, holder)?;
    }
    Ok(settings)
}

/// The same connection string with another database. The last of equal keywords wins.
pub fn for_database(text: &str, database: &str) -> String {
    let text = text.trim();
    if uri::strip_scheme(text).is_some() {
        let separator = if text.contains('?') { '&' } else { '?' };
        return format!("{text}{separator}dbname={}", uri::encode(database));
    }
    let is_ado = text.contains(';') && ado::parse(text).is_ok_and(|pairs| known(&pairs));
    if is_ado {
        let quoted = database.replace('"', "\"\"");
        return format!("{};Database=\"{quoted}\"", text.trim_end_matches(';'));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !database.is_empty() && database.chars().all(plain) {
        return format!("{text} dbname={database}");
    }
    let quoted = database.replace('\\', r"\\").replace('\'', r"\'");
    format!("{text} dbname='{quoted}'")
}

fn pairs(text: &str) -> std::result::Result<Pairs, Problem> {
    if let Some(rest) = uri::strip_scheme(text) {
        return uri::parse(rest);
    }
    if !text.contains('=') {
        return Err(Problem::new("is in no known format")
            .help("write postgresql://user@host:5432/database, or host=… dbname=…"));
    }
    if !text.contains(';') {
        return key_value::parse(text);
    }
    let ado = ado::parse(text);
    match key_value::parse(text) {
        Ok(pairs) if ado.as_ref().map_or(true, |ado| !known(ado)) && has_odd_password(&pairs) => {
            Ok(pairs)
        }
        _ => ado,
    }
}

fn known(pairs: &Pairs) -> bool {
    pairs.iter().all(|(name, _)| keyword::find(name).is_some())
}

/// Whether this reading as `key=value` makes sense: a `;` stands in a password, nowhere else.
fn has_odd_password(pairs: &Pairs) -> bool {
    let odd = |(name, value): &(String, String)| name != "password" && value.contains(';');
    known(pairs) && !pairs.iter().any(odd)
}

fn add(
    settings: &mut Settings,
    (position, name): (usize, &str),
    value: String,
    holder: &'static str,
) -> Result<()> {
    let Some(keyword) = keyword::find(name) else {
        return Err(broken(holder, &unknown(position, name)));
    };
    if keyword.support == Support::Refused {
        return Err(refused(keyword.name, &format!("the connection string of {holder}")).into());
    }
    if !value.is_empty() {
        settings.fill(keyword.name, value, Source::ConnectionString(holder));
    }
    Ok(())
}

/// The error for a keyword that libpq knows and that must not be ignored.
pub(super) fn refused(name: &str, source: &str) -> Diagnostic {
    settings_error(format!("{name} from {source} is not supported"))
        .note("ignoring it could connect elsewhere, or less safely, than was asked for")
        .help(format!("remove {name}"))
}

fn unknown(position: usize, name: &str) -> Problem {
    match keyword::closest(name) {
        Some(near) => Problem::new(format!("has an unknown keyword `{name}`"))
            .help(format!("did you mean `{near}`?")),
        None => Problem::new(format!("has an unknown keyword, number {position}"))
            .help("keywords are those of libpq: host, port, dbname, user, password, sslmode, …")
            .help("server settings go into options: options='-c search_path=app'"),
    }
}

/// What is wrong with a string, as the second half of a sentence.
struct Problem {
    message: String,
    help: Vec<String>,
}

impl Problem {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new() }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

fn broken(holder: &str, problem: &Problem) -> crate::Error {
    let diagnostic =
        settings_error(format!("the connection string of {holder} {}", problem.message));
    problem.help.iter().fold(diagnostic, Diagnostic::help).into()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The settings of a string, as `keyword=value` words in the order of the table.
    pub(in crate::connection) fn shown(text: &str) -> String {
        let settings = parse(text, "--connection").unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let word = |k: &keyword::Keyword| Some(format!("{}={}", k.name, settings.text(k.name)?));
        keyword::KEYWORDS.iter().filter_map(word).collect::<Vec<_>>().join(" ")
    }

    pub(in crate::connection) fn error(text: &str) -> crate::Error {
        let error = parse(text, "--connection").err().unwrap_or_else(|| panic!("{text} was read"));
        assert_eq!(error.outcome().exit_code(), 10);
        let all = format!("{error:?}");
        assert!(!all.contains("s3"), "{text} shows its secret: {all}");
        error
    }

    #[test]
    fn the_spelling_is_recognised() {
        assert_eq!(shown("postgres://h/d"), "host=h dbname=d");
        assert_eq!(shown("host=h dbname=d"), "host=h dbname=d");
        assert_eq!(shown("Server=h;Database=d"), "host=h dbname=d");
        assert_eq!(shown("  postgresql://h  "), "host=h");
        assert!(error("s3cret").to_string().contains("no known format"));
        assert!(error("mysql://u:s3cret@h/d").to_string().contains("no known format"));
    }

    #[test]
    fn a_semicolon_in_a_key_value_password_is_not_ado() {
        assert_eq!(shown("host=h password=a;b user=u"), "host=h user=u password=a;b");
        assert_eq!(shown("password='a;b' host=h"), "host=h password=a;b");
        assert!(error("host=h;foo=s3; port=1").to_string().contains("number 2"));
    }

    #[test]
    fn unknown_keywords_get_a_suggestion_but_are_never_quoted_when_strange() {
        let near = error("hots=s3 dbname=d");
        assert!(near.to_string().contains("`hots`"));
        assert_eq!(near.primary().help, ["did you mean `host`?"]);
        assert!(error("password=a s3cret=b").to_string().contains("number 2"));
    }

    #[test]
    fn what_must_not_be_ignored_is_refused() {
        assert!(error("host=h sslcrl=/x").to_string().contains("sslcrl"));
        assert_eq!(shown("host=h client_encoding=UTF8").split(' ').next(), Some("host=h"));
    }

    #[test]
    fn the_last_of_equal_keywords_wins() {
        assert_eq!(shown("host=a host=b"), "host=b");
    }
}
