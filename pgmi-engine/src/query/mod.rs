//! One query: its name, its one statement, and its placeholders turned into `$1`, `$2`, ….
//!
//! Never a grammar: what the statement means is PostgreSQL's to say.

mod colon;
mod columns;
mod documentation;
mod fingerprint;
mod folder;
mod insert;
mod name;
mod placeholder;
mod rewrite;
mod statement;

use std::ops::Range;

use crate::diagnostic::SourceText;
use crate::sql::{PositionMap, byte_of_char, tokens};
use crate::{Error, Result};

pub use folder::{QueryFolder, read_folder};
pub use insert::Insert;
pub use name::QueryName;
pub use placeholder::{Placeholder, Style};

/// One statement with parameters, from a file or from Rust source.
#[derive(Clone, Debug)]
pub struct Query {
    /// From the file's name; an inline query has none.
    pub name: Option<QueryName>,
    /// What the user wrote.
    pub source: SourceText,
    /// What PostgreSQL is sent: the statement without its semicolon, every placeholder a `$n`.
    pub sql: String,
    /// From a byte of [`Query::sql`] to the bytes of [`Query::source`].
    pub positions: PositionMap,
    /// The parameters, in the order of `$1`, `$2`, ….
    pub placeholders: Vec<Placeholder>,
    /// How the placeholders are spelled; none where there are none.
    pub style: Option<Style>,
    /// The comments in front of the statement, without their marks; empty where there are none.
    pub documentation: String,
    fingerprint: String,
}

impl Query {
    /// Reads one query; nothing is asked of PostgreSQL.
    ///
    /// # Errors
    /// Everything that is wrong with it, each at its place: [`Code::QueryEmpty`], [`Code::QueryStatements`],
    /// [`Code::QueryUnterminated`], [`Code::CopyStdin`], [`Code::PlaceholderName`],
    /// [`Code::PlaceholderStyle`], [`Code::PlaceholderNumber`], [`Code::PlaceholderAmbiguous`].
    ///
    /// [`Code::QueryEmpty`]: crate::diagnostic::Code::QueryEmpty
    /// [`Code::QueryStatements`]: crate::diagnostic::Code::QueryStatements
    /// [`Code::QueryUnterminated`]: crate::diagnostic::Code::QueryUnterminated
    /// [`Code::CopyStdin`]: crate::diagnostic::Code::CopyStdin
    /// [`Code::PlaceholderName`]: crate::diagnostic::Code::PlaceholderName
    /// [`Code::PlaceholderStyle`]: crate::diagnostic::Code::PlaceholderStyle
    /// [`Code::PlaceholderNumber`]: crate::diagnostic::Code::PlaceholderNumber
    /// [`Code::PlaceholderAmbiguous`]: crate::diagnostic::Code::PlaceholderAmbiguous
    pub fn parse(name: Option<QueryName>, source: SourceText) -> Result<Self> {
        let statement = statement::only_statement(&source)?;
        let (found, findings) = placeholder::find(&source, statement.clone());
        Error::check(findings)?;
        let parameters = placeholder::number(&source, &found)?;
        let (sql, positions) = rewrite::rewrite(source.text(), statement.clone(), &parameters);
        let names = parameters.iter().map(|parameter| parameter.name.as_str());
        Ok(Self {
            fingerprint: fingerprint::fingerprint(&sql, names),
            name,
            sql,
            positions,
            documentation: documentation::leading(&source.text()[..statement.start]),
            style: found.first().map(|first| first.style),
            placeholders: parameters,
            source,
        })
    }

    /// The name, or for an inline query what its source is called.
    pub fn label(&self) -> &str {
        self.name.as_ref().map_or(self.source.name(), QueryName::as_str)
    }

    /// The name; none for an inline query.
    pub fn given_name(&self) -> Option<&str> {
        self.name.as_ref().map(QueryName::as_str)
    }

    /// The bytes of the source that PostgreSQL's error position (characters of [`Query::sql`], from 1)
    /// speaks of: a whole token, or the whole placeholder.
    pub fn span_of(&self, position: usize) -> Range<usize> {
        let byte = byte_of_char(&self.sql, position);
        let source = self.positions.source_of(byte);
        if !source.is_empty() {
            return source;
        }
        let length = tokens(&self.sql)
            .find(|token| token.span.contains(&byte))
            .map_or(0, |token| token.span.end - byte);
        source.start..source.start + length
    }

    /// What identifies the query: a hash of its tokens and parameter names, in lower-case hexadecimal.
    ///
    /// White space and comments do not count, so formatting a query leaves what was proven of it valid.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

#[cfg(test)]
mod tests;
