//! `deploy.sql`: the user's own deployment, and what is sent of it.

use std::ops::Range;
use std::path::Path;

use super::source_file::SourceFile;
use super::test_call::{DEFAULT_CALLBACK, TestCall};
use super::units::{Unit, head_opens_transaction, statement_units, terminator, units};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::sql::{PositionMap, Statement, statements, tokens};
use crate::{Error, Result};

/// The file that makes a folder a project.
pub(super) const NAME: &str = "deploy.sql";

/// `deploy.sql` as it was written.
#[derive(Clone, Debug)]
pub struct DeployScript {
    pub source: SourceText,
    /// The calls of the test macro, in order.
    pub test_calls: Vec<TestCall>,
}

/// What is sent: `deploy.sql` with its test calls replaced by what they stand for, or the statements of
/// migrations.
#[derive(Clone, Debug)]
pub struct Script {
    /// `deploy.sql`; empty for migrations.
    pub source: SourceText,
    pub text: String,
    /// From bytes of [`Script::text`] to bytes of [`Script::source`].
    pub map: PositionMap,
    /// What goes out as one message each: the head, then each statement of the tail.
    pub units: Vec<Unit>,
    /// How many calls were replaced.
    pub expanded: usize,
}

impl Script {
    /// The statements of files, in this order of their numbers.
    pub fn of_files(files: &[SourceFile], order: &[usize]) -> Self {
        let units = order.iter().flat_map(|&file| statement_units(&files[file].content, file));
        Self {
            source: SourceText::new(NAME, ""),
            text: String::new(),
            map: PositionMap::default(),
            units: units.collect(),
            expanded: 0,
        }
    }

    /// The head without the statement that ends its transaction.
    pub fn head_without_end(&self) -> &str {
        let head = self.units.first().map_or(0..0, |unit| unit.span.clone());
        let end = terminator(&self.text).map_or(head.end, |statement| statement.span.start);
        &self.text[head.start..end.min(head.end)]
    }

    /// The text of a unit, as it is sent.
    pub fn text_of<'a>(&'a self, unit: &Unit, files: &'a [SourceFile]) -> &'a str {
        match unit.file {
            Some(file) => &files[file].content[unit.span.clone()],
            None => &self.text[unit.span.clone()],
        }
    }
}

impl DeployScript {
    /// Reads and checks `<root>/deploy.sql`.
    ///
    /// # Errors
    /// [`Code::DeploySqlMissing`], [`Code::FileUnreadable`], [`Code::FileNotUtf8`], and what
    /// [`DeployScript::parse`] finds.
    pub(super) fn read(root: &Path) -> Result<Self> {
        match std::fs::read(root.join(NAME)) {
            Ok(bytes) => Self::parse(super::text_of(NAME, bytes)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(missing(root).into()),
            Err(error) => {
                let message = format!("cannot read `{NAME}`: {error}");
                Err(Diagnostic::error(Code::FileUnreadable, message).into())
            }
        }
    }

    /// Checks the text of a `deploy.sql`.
    ///
    /// # Errors
    /// [`Code::FileNulByte`], [`Code::TestMacro`], and [`Code::CopyStdin`] for each COPY from or to the client.
    pub fn parse(text: String) -> Result<Self> {
        let source = SourceText::new(NAME, text);
        if let Some(at) = memchr::memchr(0, source.text().as_bytes()) {
            let message = format!("`{NAME}` contains a NUL byte at byte offset {at}");
            return Err(Diagnostic::error(Code::FileNulByte, message).into());
        }
        let test_calls = TestCall::find_all(&source)?;
        let in_session = |copy: Diagnostic| {
            copy.help("put the rows into a file of the project and insert them from pg_temp.pgmi_source_view")
        };
        Error::check(copy_findings(&source).into_iter().map(in_session).collect())?;
        Ok(Self { source, test_calls })
    }

    /// Pattern and callback of each call, as `pgmi_test_generate` takes them.
    pub fn test_arguments(&self) -> (Vec<Option<&str>>, Vec<&str>) {
        self.test_calls
            .iter()
            .map(|call| {
                (call.pattern.as_deref(), call.callback.as_deref().unwrap_or(DEFAULT_CALLBACK))
            })
            .unzip()
    }

    /// The statement that ends the head: `COMMIT` or another end of a transaction.
    pub fn terminator(&self) -> Option<Range<usize>> {
        terminator(self.source.text()).map(|statement| statement.span)
    }

    /// Whether the head begins its transaction itself.
    pub fn opens_transaction(&self) -> bool {
        head_opens_transaction(self.source.text())
    }

    /// Leaves the test calls out, and splits the rest.
    pub fn without_tests(&self) -> Script {
        let nothing = vec![String::new(); self.test_calls.len()];
        Script { expanded: 0, ..self.expand(&nothing) }
    }

    /// Puts the texts in place of the calls, in order, and splits the whole.
    pub fn expand(&self, texts: &[String]) -> Script {
        let sql = self.source.text();
        let (mut text, mut map) = (String::with_capacity(sql.len()), PositionMap::default());
        let mut done = 0;
        for (call, expansion) in self.test_calls.iter().zip(texts) {
            map.copied(text.len(), done..call.span.start);
            text.push_str(&sql[done..call.span.start]);
            map.replaced(text.len(), call.span.clone());
            text.push_str(expansion);
            done = call.span.end;
        }
        map.copied(text.len(), done..sql.len());
        text.push_str(&sql[done..]);
        let units = units(&text);
        Script { source: self.source.clone(), text, map, units, expanded: texts.len() }
    }
}

/// A finding for each COPY from or to the client.
pub(crate) fn copy_findings(source: &SourceText) -> Vec<Diagnostic> {
    client_copies(source.text()).map(|statement| client_copy(source, &statement)).collect()
}

pub(super) fn missing(root: &Path) -> Diagnostic {
    Diagnostic::error(
        Code::DeploySqlMissing,
        format!("there is no deploy.sql in `{}`", root.display()),
    )
    .help(
        "a project is a folder with a deploy.sql that says what to run, and in which order; `cargo pgmi init` makes one",
    )
}

/// The statements that need a client which feeds or reads rows.
pub(crate) fn client_copies(sql: &str) -> impl Iterator<Item = Statement> {
    statements(sql).filter(move |statement| is_client_copy(sql, statement))
}

/// Whether it is `COPY … FROM STDIN` or `COPY … TO STDOUT`.
pub(crate) fn is_client_copy(sql: &str, statement: &Statement) -> bool {
    if !statement.starts_with(sql, &["copy"]) {
        return false;
    }
    let text = statement.text(sql);
    let words: Vec<_> = tokens(text).filter(|token| !token.is_blank()).collect();
    words.windows(2).any(|pair| {
        let is = |first, second| pair[0].is_word(text, first) && pair[1].is_word(text, second);
        is("from", "stdin") || is("to", "stdout")
    })
}

fn client_copy(source: &SourceText, statement: &Statement) -> Diagnostic {
    Diagnostic::error(
        Code::CopyStdin,
        "COPY FROM STDIN and TO STDOUT have nobody to talk to in a deployment",
    )
    .at(
        source,
        statement.span.clone(),
        "this statement needs a client that feeds or reads rows",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_with_the_client_is_refused_before_anything_runs() {
        for sql in [
            "begin; copy t from stdin; commit;",
            "COPY t (a, b) FROM STDIN WITH (FORMAT csv);",
            "copy (select 1) to stdout",
        ] {
            assert_eq!(
                DeployScript::parse(sql.into()).unwrap_err().code(),
                Code::CopyStdin,
                "{sql}"
            );
        }
        for sql in
            ["copy t from '/tmp/stdin'", "select 'copy t from stdin'", "copy t from \"stdin\""]
        {
            DeployScript::parse(sql.into()).unwrap();
        }
    }

    #[test]
    fn expansion_keeps_the_way_back() {
        let script =
            DeployScript::parse("é; CALL pgmi_test(); b; CALL pgmi_test('x'); c".into()).unwrap();
        let expanded = script.expand(&["one;".into(), "two; two;".into()]);
        assert_eq!(expanded.text, "é; one; b; two; two; c");
        let at = expanded.text.find("two").unwrap();
        assert_eq!(&script.source.text()[expanded.map.source_of(at)], "CALL pgmi_test('x');");
        let at = expanded.text.find('b').unwrap();
        assert_eq!(&script.source.text()[expanded.map.source_of(at).start..][..1], "b");
        assert_eq!(script.test_arguments(), (vec![None, Some("x")], vec![DEFAULT_CALLBACK; 2]));
    }
}
