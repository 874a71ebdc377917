//! Deployment parameters: text values by name, from several places, later ones winning.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::{Error, Result};

/// Longest key in bytes.
const MAX_KEY: usize = 63;

/// Parameters by key. Keys are lower-case, as `current_setting` does not mind case; values are secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<String, String>);

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Parameters {
    /// Sets a parameter; a value set before under the same key, in whatever case, is forgotten.
    ///
    /// # Errors
    /// [`Code::Parameter`] for a key that is no identifier of at most 63 ASCII characters, and for a
    /// value with a NUL byte. The value is never part of the error.
    pub fn set(&mut self, key: &str, value: impl Into<String>) -> Result<()> {
        let value = value.into();
        check_key(key)?;
        if value.contains('\0') {
            let message = format!("the value of parameter `{key}` contains a NUL byte");
            return Err(Diagnostic::error(Code::Parameter, message)
                .note("PostgreSQL's text cannot hold it")
                .into());
        }
        self.0.insert(key.to_ascii_lowercase(), value);
        Ok(())
    }

    /// Sets every parameter of a list, in order.
    ///
    /// # Errors
    /// All that [`Parameters::set`] finds.
    pub fn extend<K: AsRef<str>, V: Into<String>>(
        &mut self,
        parameters: impl IntoIterator<Item = (K, V)>,
    ) -> Result<()> {
        let mut findings = Vec::new();
        for (key, value) in parameters {
            if let Err(error) = self.set(key.as_ref(), value) {
                findings.extend(error.diagnostics().iter().cloned());
            }
        }
        Error::check(findings)
    }

    /// Key and value, ordered by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn check_key(key: &str) -> Result<()> {
    let mut bytes = key.bytes();
    let starts = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if starts
        && key.len() <= MAX_KEY
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        return Ok(());
    }
    Err(Diagnostic::error(
        Code::Parameter,
        format!("invalid parameter key `{}`", key.escape_debug()),
    )
    .help("a key is a letter or underscore, then letters, digits and underscores, 63 at most")
    .into())
}

/// Splits `key=value` at the first `=`; the value may be empty.
///
/// # Errors
/// [`Code::Parameter`] when there is no `=` or nothing before it.
pub fn parse_assignment(text: &str) -> Result<(&str, &str)> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key, value)),
        Some(_) => Err(malformed("a parameter has an empty key").into()),
        // What was meant as a value may be all of it: it is not shown.
        None => Err(malformed("a parameter has no `=`").into()),
    }
}

fn malformed(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::Parameter, message).help("write key=value")
}

/// Reads a parameters file: `key=value` lines, blank lines and lines that begin with `#` left out, one
/// pair of quotes around a value taken off.
///
/// # Errors
/// [`Code::Parameter`] when it cannot be read, and for every line that is no assignment, by number.
pub fn read_parameters_file(path: &Path) -> Result<Vec<(String, String)>> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        Diagnostic::error(Code::Parameter, format!("cannot read parameters file `{name}`: {error}"))
    })?;
    let text = super::text_of(&name, bytes)?;
    let (lines, findings) = parse_lines(&name, &text);
    Error::check(findings)?;
    Ok(lines)
}

/// The assignments of a file's lines, and a finding for each line that is none.
pub(super) fn parse_lines(name: &str, text: &str) -> (Vec<(String, String)>, Vec<Diagnostic>) {
    let (mut assignments, mut findings) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some((key, value)) if !key.is_empty() => {
                assignments.push((key.to_owned(), unquote(value).to_owned()));
            }
            _ => findings.push(bad_line(name, text, index)),
        }
    }
    (assignments, findings)
}

/// Points at the line without showing it: what stands there may be a secret.
fn bad_line(name: &str, text: &str, index: usize) -> Diagnostic {
    let line = index + 1;
    let blank_lines = "\n".repeat(text.lines().take(index).count());
    malformed(format!("`{name}` line {line} is no `key=value`")).at(
        &SourceText::new(name, blank_lines.as_str()),
        index..index,
        "",
    )
}

fn unquote(value: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_identifiers() {
        let mut parameters = Parameters::default();
        for key in ["_p", "a1", "apiVersion", &"k".repeat(63)] {
            parameters.set(key, "v").unwrap();
        }
        for key in [
            "bad-key",
            "bad.key",
            "bad key",
            "1abc",
            "123",
            "",
            &"k".repeat(64),
            "key;DROP TABLE",
            "é",
        ] {
            let error = parameters.set(key, "SENTINEL").unwrap_err();
            assert_eq!(error.code(), Code::Parameter);
            assert!(!format!("{error:?}").contains("SENTINEL"));
        }
        assert!(
            !format!("{parameters:?}").contains('v') || parameters.0.contains_key("apiversion")
        );
    }

    #[test]
    fn later_wins_whatever_the_case() {
        let mut parameters = Parameters::default();
        parameters.extend([("Env", "a"), ("env", "b")]).unwrap();
        assert_eq!(parameters.iter().collect::<Vec<_>>(), [("env", "b")]);
    }

    #[test]
    fn assignments_split_at_the_first_equals_sign() {
        assert_eq!(parse_assignment("url=http://x?a=b").unwrap(), ("url", "http://x?a=b"));
        assert_eq!(parse_assignment("empty=").unwrap(), ("empty", ""));
        assert!(!parse_assignment("SENTINEL").unwrap_err().to_string().contains("SENTINEL"));
        assert!(parse_assignment("=x").is_err());
    }

    #[test]
    fn files_have_lines_comments_and_quotes() {
        let (lines, findings) = parse_lines(
            "p.env",
            "# c\n\n a = b \nq=\"x y\"\ns='#'\nh=a#b\ne=\nu=a=b\nINVALID\n=x\nm=\"a'",
        );
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            lines,
            [
                pair("a", "b"),
                pair("q", "x y"),
                pair("s", "#"),
                pair("h", "a#b"),
                pair("e", ""),
                pair("u", "a=b"),
                pair("m", "\"a'"),
            ]
        );
        assert_eq!(findings.len(), 2);
        assert!(findings[0].message.contains("line 9") && !findings[0].message.contains("INVALID"));
    }
}
