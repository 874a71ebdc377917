//! Where a key stands in a YAML file.
//!
//! The reader of YAML does not say; a look at the indentation does, for the block style that everyone
//! writes. In any other style the place is that of the nearest key above.

use std::ops::Range;

use crate::diagnostic::SourceText;

/// The bytes of the key that a path leads to, or of as much of the path as is found.
pub(in crate::signature) fn place_of(text: &str, path: &[&str]) -> Range<usize> {
    let mut within = 0..text.len();
    let mut place = 0..0;
    for key in path {
        let Some((found, below)) = child(text, within, key) else { break };
        (place, within) = (found, below);
    }
    place
}

/// The comment on the line of the key that a path leads to.
pub(in crate::signature) fn remark_of<'a>(text: &'a str, path: &[&str]) -> Option<&'a str> {
    let rest = text[place_of(text, path).end..].lines().next()?;
    rest.get(comment_start(rest)?..)
}

/// Where the comment of a line begins: behind a space, and in no quotes.
pub(super) fn comment_start(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') if before.is_whitespace() => return Some(at),
            // A quote opens where a value begins, or behind one that was doubled; within a word it is a letter.
            (None, '"' | '\'') if " [{,".contains(before) => quote = Some(c),
            (None, '\'') if before == '\'' => quote = Some(c),
            (Some(open), _) if c == open && (open == '\'' || before != '\\') => quote = None,
            _ => {}
        }
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    None
}

/// A key among the outermost ones of a stretch of lines, and the lines below it.
fn child(text: &str, within: Range<usize>, key: &str) -> Option<(Range<usize>, Range<usize>)> {
    let lines: Vec<Line<'_>> =
        Line::all(text, within.clone()).filter(|line| !line.is_blank()).collect();
    let depth = lines.first()?.indent;
    let mut outermost = lines.iter().filter(|line| line.indent == depth);
    let found = outermost.find(|line| line.key().as_deref() == Some(key))?;
    let end = outermost.next().map_or(within.end, |line| line.start);
    let key_start = found.start + found.indent;
    Some((key_start..key_start + found.key_length()?, found.end()..end))
}

pub(super) struct Line<'a> {
    start: usize,
    /// With its newline.
    pub text: &'a str,
    pub indent: usize,
}

impl<'a> Line<'a> {
    pub fn all(text: &'a str, within: Range<usize>) -> impl Iterator<Item = Self> + use<'a> {
        let mut start = within.start;
        text[within].split_inclusive('\n').map(move |line| {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let one = Line { start, text: line, indent };
            start += line.len();
            one
        })
    }

    pub fn is_blank(&self) -> bool {
        let meaning = self.text.trim();
        meaning.is_empty() || meaning.starts_with('#') || meaning == "---"
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Bytes of the key, its quotes included.
    fn key_length(&self) -> Option<usize> {
        let line = self.text.trim_start_matches(' ');
        let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quoted = quote.and_then(|quote| line[1..].find(quote).map(|at| at + 2));
        let colon = |from: usize| {
            let after =
                |at: &usize| line[at + 1..].starts_with([' ', '\n', '\r']) || line.len() == at + 1;
            line[from..].match_indices(':').map(|(at, _)| from + at).find(after)
        };
        colon(quoted.unwrap_or(0)).map(|at| line[..at].trim_end().len())
    }

    /// With the space in front of it.
    pub fn comment(&self) -> Option<&'a str> {
        let line = self.text.trim_end();
        let value = line[..comment_start(line)?].trim_end();
        Some(&line[value.len()..])
    }

    /// What stands behind the dash of an item of a list.
    pub fn item(&self) -> Option<String> {
        let line = self.text.trim();
        let item = line[..comment_start(line).unwrap_or(line.len())].strip_prefix("- ")?;
        yaml_serde::from_str(item).ok()
    }

    pub fn key(&self) -> Option<String> {
        let line = self.text.trim_start_matches(' ');
        let key = &line[..self.key_length()?];
        yaml_serde::from_str(key).ok()
    }
}

/// The rest of a line from a column, both counted from 1, the column in characters.
pub(super) fn line_at(source: &SourceText, line: usize, column: usize) -> Range<usize> {
    let Some(span) = source.line_span(line) else { return 0..0 };
    let text = source.text()[span.clone()].trim_end();
    let offset = text.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    span.start + offset..span.start + text.len()
}

#[cfg(test)]
mod tests {
    use super::comment_start;

    #[test]
    fn a_comment_is_behind_a_space_and_in_no_quotes() {
        for (line, comment) in [
            ("a: b # c", Some("# c")),
            ("# c", Some("# c")),
            ("a: b#c", None),
            ("\"a # b\": c", None),
            ("\"a \\\" # b\": c # d", Some("# d")),
            ("\"a \\\\\" # b", Some("# b")),
            ("'it''s # b': c # d", Some("# d")),
            ("it's: c # d", Some("# d")),
            ("a: {b: 'c # d', e: f} # g", Some("# g")),
        ] {
            assert_eq!(comment_start(line).map(|at| &line[at..]), comment, "{line}");
        }
    }
}
