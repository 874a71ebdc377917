//! Every text that an error may lead to, by number, and stretches of them.

use std::ops::Range;

use crate::diagnostic::SourceText;
use crate::project::{Project, Script};

/// Files, then tests; `deploy.sql` is [`SCRIPT`].
pub(super) struct Texts<'a> {
    /// What EXECUTE may have been given: files and tests.
    pub(super) contents: Vec<&'a str>,
    project: &'a Project,
    script: &'a Script,
}

/// A stretch of one of the texts.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Number of the text in [`Texts`].
    pub(super) text: usize,
    pub(super) span: Range<usize>,
    pub(super) what: &'static str,
}

/// Stands for `deploy.sql`, however many files there are.
pub(super) const SCRIPT: usize = usize::MAX;

impl Place {
    pub(super) fn script(span: Range<usize>, what: &'static str) -> Self {
        Self { text: SCRIPT, span, what }
    }
}

impl<'a> Texts<'a> {
    pub(super) fn new(project: &'a Project, script: &'a Script) -> Self {
        let files = project.files.iter().map(|file| file.content.as_str());
        let tests = project.test_files.iter().map(|test| test.content.as_str());
        Self { contents: files.chain(tests).collect(), project, script }
    }

    pub(super) fn text(&self, text: usize) -> &'a str {
        self.contents.get(text).copied().unwrap_or_else(|| self.script.source.text())
    }

    /// The path of a file or a test; none for `deploy.sql`.
    pub(super) fn file_name(&self, text: usize) -> Option<String> {
        let files = self.project.files.len();
        let path = match text.checked_sub(files) {
            None => &self.project.files[text].path,
            Some(test) => &self.project.test_files.get(test)?.path,
        };
        Some(path.as_str().to_owned())
    }

    pub(super) fn is_test(&self, text: usize) -> bool {
        text >= self.project.files.len() && text != SCRIPT
    }

    pub(super) fn source(&self, text: usize) -> SourceText {
        match self.file_name(text) {
            Some(name) => SourceText::new(name, self.text(text)),
            None => self.script.source.clone(),
        }
    }

    pub(super) fn is_sql(&self, text: usize) -> bool {
        self.is_test(text)
            || self.project.files.get(text).is_none_or(|file| file.path.is_sql_file())
    }
}

/// The word or symbol at a byte: what the caret underlines.
pub(super) fn word_at(sql: &str, at: usize) -> Range<usize> {
    let rest = &sql[at.min(sql.len())..];
    match crate::sql::tokens(rest).next() {
        Some(token) if !token.is_blank() && !token.text(rest).contains('\n') => {
            at..at + token.span.end
        }
        _ => at..at,
    }
}
