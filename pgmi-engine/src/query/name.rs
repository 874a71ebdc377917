//! Names of queries: what their files are called, and what becomes of Rust's items.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, SourceText};

/// A snake_case name: lower-case ASCII letters, digits and single underscores, a letter first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryName(Box<str>);

impl QueryName {
    /// From a name as it stands; none where it is not snake_case.
    pub fn new(name: &str) -> Option<Self> {
        let word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        let fits = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(word);
        fits.then(|| Self(name.into()))
    }

    /// From the name of a query's file, `select_album.sql`.
    ///
    /// # Errors
    /// [`Code::QueryName`] where it is not snake_case, with the name it could have.
    pub fn of_file(source: &SourceText) -> Result<Self, Diagnostic> {
        let file = source.name().rsplit('/').next().unwrap_or_default();
        let stem = file.strip_suffix(".sql").unwrap_or(file);
        Self::new(stem).ok_or_else(|| wrong(source, stem))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QueryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn wrong(source: &SourceText, stem: &str) -> Diagnostic {
    let message = format!("`{stem}` is not a snake_case name for a query");
    let help = match QueryName::new(&snake_case(stem)) {
        Some(name) => format!("rename the file to {name}.sql"),
        None => {
            "rename the file: lower-case letters, digits and underscores, a letter first".into()
        }
    };
    Diagnostic::error(Code::QueryName, message).at(source, 0..0, "").help(help)
}

/// `SelectAlbum-byId` → `select_album_by_id`.
fn snake_case(stem: &str) -> String {
    let mut name = String::new();
    for (before, c) in std::iter::once(' ').chain(stem.chars()).zip(stem.chars()) {
        let new_word = c.is_ascii_uppercase() && !before.is_ascii_uppercase();
        if (new_word || !c.is_ascii_alphanumeric()) && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        }
    }
    name.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_case_is_accepted_and_nothing_else() {
        for name in ["a", "select_album", "top10", "a_1", "match"] {
            assert_eq!(QueryName::new(name).unwrap().as_str(), name);
        }
        for name in ["", "A", "_a", "a_", "a__b", "1a", "a-b", "a b", "é", "a.b"] {
            assert!(QueryName::new(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_wrong_name_comes_with_a_right_one() {
        for (file, suggestion) in [
            ("SelectAlbum.sql", "select_album.sql"),
            ("select-album.sql", "select_album.sql"),
            ("getHTTPStatus.sql", "get_httpstatus.sql"),
            ("v1.2__x.sql", "v1_2_x.sql"),
            ("_a b_.sql", "a_b.sql"),
            ("1.sql", "a letter first"),
        ] {
            let source = SourceText::new(format!("queries/{file}"), "select 1");
            let finding = QueryName::of_file(&source).unwrap_err();
            assert!(finding.help[0].contains(suggestion), "{file}: {:?}", finding.help);
        }
    }
}
