//! Settings as text: one value for each keyword, with its source, the first layer that speaks wins.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt,
};

use super::{
    keyword::{KEYWORDS, Support},
    source::{Explanation, Source, Standing},
};
use crate::{
    Error,
    diagnostic::{Code, Diagnostic},
};

/// What is shown of a secret.
pub(super) const HIDDEN: &str = "[hidden]";

/// A value before it is understood.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) source: Source,
}

/// The value of each keyword that has one, and the values that gave way to it.
#[derive(Clone, Default)]
pub(super) struct Settings {
    values: BTreeMap<&'static str, Value>,
    /// Strongest first.
    passed_over: BTreeMap<&'static str, Vec<(Value, Standing)>>,
}

impl Settings {
    /// Sets a keyword that no stronger layer has set.
    pub(super) fn fill(&mut self, name: &'static str, text: impl Into<String>, source: Source) {
        debug_assert!(KEYWORDS.iter().any(|keyword| keyword.name == name), "{name}");
        let value = Value { text: text.into(), source };
        if let Entry::Vacant(entry) = self.values.entry(name) {
            entry.insert(value);
        } else if value.source != Source::BuiltIn {
            self.pass_over(name, value, Standing::Overridden);
        }
    }

    /// Sets every keyword of a weaker layer that is still open.
    pub(super) fn fill_from(&mut self, weaker: Self) {
        for (name, value) in weaker.values {
            self.fill(name, value.text, value.source);
        }
        for (name, values) in weaker.passed_over {
            for (value, standing) in values {
                self.pass_over(name, value, standing);
            }
        }
    }

    /// Takes values out that do not count beside a connection string.
    pub(super) fn give_way_to_string(&mut self, gives_way: impl Fn(&str) -> bool) {
        let names: Vec<_> = self.values.keys().copied().filter(|name| gives_way(name)).collect();
        for name in names {
            if let Some(value) = self.values.remove(name) {
                self.pass_over(name, value, Standing::BesideString);
            }
        }
    }

    fn pass_over(&mut self, name: &'static str, value: Value, standing: Standing) {
        self.passed_over.entry(name).or_default().push((value, standing));
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
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

    /// Every value that was given, in the order of the table, the one that counts first; secrets hidden.
    pub(super) fn explain(&self) -> Vec<Explanation> {
        let lines = KEYWORDS.iter().flat_map(|keyword| {
            let standing = match keyword.support {
                Support::Used | Support::UsedInSecret => Standing::Used,
                Support::Ignored | Support::Refused => Standing::WithoutEffect,
            };
            let counts = self.get(keyword.name).map(|value| (value, standing));
            let passed_over = self.passed_over.get(keyword.name).into_iter().flatten();
            let passed_over = passed_over.map(|(value, standing)| (value, *standing));
            counts.into_iter().chain(passed_over).map(|(value, standing)| Explanation {
                setting: keyword.name,
                value: match keyword.support {
                    Support::UsedInSecret => HIDDEN.to_owned(),
                    _ => value.text.clone(),
                },
                source: value.source.clone(),
                standing,
            })
        });
        lines.collect()
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

/// The value may be a secret.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Value").field("source", &self.source).finish_non_exhaustive()
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
        let standings: Vec<_> = settings.explain().into_iter().map(|it| it.standing).collect();
        assert_eq!(settings.explain()[0].source, Source::Flag("--host"));
        assert_eq!(standings, [Standing::Used, Standing::Overridden]);
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
