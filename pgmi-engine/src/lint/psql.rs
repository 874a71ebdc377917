//! Commands of psql in a text, and the text without them: what is left is looked at like any other.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::project::is_client_copy;
use crate::sql::{TokenKind, statements, tokens};

/// A text in which nothing has moved, and what was taken out of it.
pub(super) struct WithoutPsql {
    pub(super) sql: String,
    /// One for each command, in order.
    pub(super) findings: Vec<Diagnostic>,
}

/// Takes out commands of psql, and rows behind COPY FROM STDIN, which are no commands.
pub(super) fn without_psql(source: &SourceText) -> WithoutPsql {
    let mut without = WithoutPsql { sql: source.text().to_owned(), findings: Vec::new() };
    let mut at = 0;
    while let Some(found) = next(&without.sql, at) {
        at = match found {
            Found::Rows(span) => {
                let end = span.end;
                blank(&mut without.sql, span);
                end
            }
            Found::Command(start) => without.take_command(source, start),
        };
    }
    without
}

enum Found {
    /// The backslash of a command.
    Command(usize),
    /// Rows for COPY FROM STDIN, with the line that ends them.
    Rows(Range<usize>),
}

/// What comes first behind `at`. No more is read than what is before it.
fn next(sql: &str, at: usize) -> Option<Found> {
    let rest = sql.get(at..).filter(|rest| rest.contains('\\'))?;
    let command = tokens(rest).find(|it| it.kind == TokenKind::Unknown && it.text(rest) == "\\");
    let command = command.map(|token| token.span.start);
    let before = &rest[..command.unwrap_or(rest.len())];
    let mut copies = statements(before).filter(|statement| is_client_copy(before, statement));
    let rows = copies.find_map(|copy| rows(sql, at + copy.span.end));
    rows.map(Found::Rows).or(command.map(|start| Found::Command(at + start)))
}

/// From the next line to the one with `\.`; none where no line ends them.
fn rows(sql: &str, end: usize) -> Option<Range<usize>> {
    let begin = end + sql[end..].find('\n')? + 1;
    let mut lines = sql[begin..].split_inclusive('\n').scan(0, |length, line| {
        *length += line.len();
        Some((*length, line.trim_end()))
    });
    let (length, _) = lines.find(|(_, line)| *line == "\\.")?;
    Some(begin..begin + length)
}

/// The same number of bytes without a word in them.
fn blank(sql: &mut String, span: Range<usize>) {
    let blank = |byte| if byte == b'\n' { '\n' } else { ' ' };
    let blanks: String = sql[span.clone()].bytes().map(blank).collect();
    sql.replace_range(span, &blanks);
}

impl WithoutPsql {
    /// Takes out a command, which goes to the end of its line. Returns that.
    fn take_command(&mut self, source: &SourceText, start: usize) -> usize {
        let length = self.sql[start..].find('\n').unwrap_or(self.sql.len() - start);
        let end = start + length;
        let shown = start + self.sql[start..end].trim_end().len();
        self.findings.push(
            Diagnostic::error(Code::PsqlCommand, "this is a command of psql, not SQL")
                .at(source, start..shown, "")
                .help("pgmi sends SQL to PostgreSQL: read files from pg_temp.pgmi_source_view, and variables with current_setting('pgmi.…')"),
        );
        let line = self.sql[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let ends_statement = !self.sql[line..start].trim().is_empty();
        blank(&mut self.sql, start..end);
        if ends_statement {
            // As `\gset` does.
            self.sql.replace_range(start..=start, ";");
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> (String, usize) {
        let without = without_psql(&SourceText::new("a.sql", text));
        assert_eq!(without.sql.len(), text.len());
        (without.sql, without.findings.len())
    }

    #[test]
    fn what_is_around_a_command_stays_where_it_is() {
        for (text, expected, commands) in [
            ("select 1;", "select 1;", 0),
            ("\\echo it's\nselect 1;\n\\q", "          \nselect 1;\n  ", 2),
            ("select 1 \\gset\nselect 2;", "select 1 ;    \nselect 2;", 1),
            ("select E'\\\\', '\\d', $$\\d$$; -- \\d", "select E'\\\\', '\\d', $$\\d$$; -- \\d", 0),
            ("\\i é.sql\nvacuum", "         \nvacuum", 1),
        ] {
            assert_eq!(left(text), (expected.to_owned(), commands), "{text}");
        }
    }

    #[test]
    fn rows_are_no_commands() {
        let (sql, commands) = left("copy t from stdin;\n1\t\\N\nit's\n\\.\nvacuum;\n\\d\n");
        assert_eq!((sql.replace([' ', '\n'], ""), commands), ("copytfromstdin;vacuum;".into(), 1));
        assert_eq!(left("copy t from stdin;\n1\t\\N\n").1, 1);
    }
}
