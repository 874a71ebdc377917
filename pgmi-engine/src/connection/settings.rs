//! Settings as text: one value for each keyword, with its source, the first layer that speaks wins.

use std::collections::BTreeMap;

use super::{
    keyword::{self, KEYWORDS, Support},
    source::{Explanation, Source},
};
use crate::{
    Error,
    diagnostic::{Code, Diagnostic},
};

/// A value before it is understood.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) source: Source,
}

/// The value of each keyword that has one.
#[derive(Clone, Default)]
pub(super) struct Settings(BTreeMap<&'static str, Value>);

impl Settings {
    /// Sets a keyword that no stronger layer has set.
    pub(super) fn fill(&mut self, name: &'static str, text: impl Into<String>, source: Source) {
        debug_assert!(KEYWORDS.iter().any(|keyword| keyword.name == name), "{name}");
        self.0.entry(name).or_insert_with(|| Value { text: text.into(), source });
    }

    /// Sets every keyword of a weaker layer that is still open.
    pub(super) fn fill_from(&mut self, weaker: Self) {
        for (name, value) in weaker.0 {
            self.0.entry(name).or_insert(value);
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(|value| value.text.as_str())
    }

    /// Understands a value as one of several words; capitals do not matter.
    pub(super) fn choice<T: Copy>(
        &self,
        name: &'static str,
        choices: &[(&str, T)],
    ) -> Result<Option<T>, Error> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let text = value.text.trim();
        let found = choices.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
        let words = || choices.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        match found {
            Some((_, meaning)) => Ok(Some(*meaning)),
            None => Err(value.wrong(name, &format!("one of {}", words()))),
        }
    }

    /// Understands a value as a whole number.
    pub(super) fn number(&self, name: &'static str) -> Result<Option<i64>, Error> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match value.text.trim().parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(value.wrong(name, "a whole number")),
        }
    }

    /// Every setting that has an effect, in the order of the table, secrets hidden.
    pub(super) fn explain(&self) -> Vec<Explanation> {
        let explain = |keyword: &keyword::Keyword| {
            let Value { text, source } = self.get(keyword.name)?;
            let value = match keyword.support {
                Support::Used => text.clone(),
                Support::UsedInSecret => "[hidden]".into(),
                Support::Ignored | Support::Refused => return None,
            };
            Some(Explanation { setting: keyword.name, value, source: source.clone() })
        };
        KEYWORDS.iter().filter_map(explain).collect()
    }
}

impl Value {
    /// The error for a value that is not what it should be.
    ///
    /// A part of a connection string is not quoted: where the string was cut wrongly, it may be a
    /// piece of the password.
    pub(super) fn wrong(&self, name: &str, expected: &str) -> Error {
        let shown = match self.source {
            Source::ConnectionString(_) => String::new(),
            _ => format!(" `{}`", self.text),
        };
        let message = format!("{name}{shown} from {} is not {expected}", self.source);
        settings_error(message).into()
    }
}

/// An error in the settings, which ends with exit code 10.
pub(super) fn settings_error(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::ConnectionSettings, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stronger_layer_wins_and_is_remembered() {
        let mut settings = Settings::default();
        settings.fill("host", "a", Source::Flag("--host"));
        settings.fill("host", "b", Source::Variable("PGHOST"));
        assert_eq!(settings.text("host"), Some("a"));
        assert_eq!(settings.explain()[0].source, Source::Flag("--host"));
    }

    #[test]
    fn a_wrong_value_is_shown_unless_it_is_cut_from_a_string() {
        let shown = |source| {
            let mut settings = Settings::default();
            settings.fill("connect_timeout", "s3cret", source);
            settings.number("connect_timeout").unwrap_err().to_string()
        };
        assert_eq!(
            shown(Source::Variable("PGCONNECT_TIMEOUT")),
            "connect_timeout `s3cret` from PGCONNECT_TIMEOUT is not a whole number"
        );
        assert!(!shown(Source::ConnectionString("DATABASE_URL")).contains("s3cret"));
    }
}
