//! A file's text with its name, cheap to clone, and the way from bytes to lines and columns.

use std::sync::Arc;

/// A named text that labels point into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    name: Arc<str>,
    text: Arc<str>,
}

/// A place as editors count it: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

impl SourceText {
    /// Names a text. The name is what the user reads: `./migrations/001.sql`, `deploy.sql`.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The same text, named as a reader outside the project's folder finds it: `db/migrations/001.sql`.
    #[must_use]
    pub fn in_folder(&self, folder: &str) -> Self {
        let (folder, name) = (folder.trim_end_matches('/'), self.name.trim_start_matches("./"));
        Self { name: format!("{folder}/{name}").into(), text: self.text.clone() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset; an offset past the end counts as the end.
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let before = &self.text[..floor_char_boundary(&self.text, byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        LineColumn {
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The bytes of a line (from 1), without its newline; `None` past the last line.
    pub fn line_span(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let start = match line.checked_sub(1)? {
            0 => 0,
            n => memchr::memchr_iter(b'\n', self.text.as_bytes()).nth(n - 1)? + 1,
        };
        let end = memchr::memchr(b'\n', &self.text.as_bytes()[start..])
            .map_or(self.text.len(), |length| start + length);
        Some(start..end)
    }
}

/// The largest character boundary that is not after `byte`.
fn floor_char_boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = SourceText::new("x.sql", "é\n→b");
        assert_eq!(source.line_column(6), LineColumn { line: 2, column: 2 });
        assert_eq!(source.line_column(4), LineColumn { line: 2, column: 1 });
        assert_eq!(source.line_column(99), LineColumn { line: 2, column: 3 });
    }

    #[test]
    fn line_spans_leave_the_newline_out() {
        let source = SourceText::new("x.sql", "ab\n\ncd");
        assert_eq!(source.line_span(1), Some(0..2));
        assert_eq!(source.line_span(2), Some(3..3));
        assert_eq!(source.line_span(3), Some(4..6));
        assert_eq!(source.line_span(4), None);
    }
}
