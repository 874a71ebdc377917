//! Diagnostics as people read them: the shape of rustc's, PostgreSQL's words below the snippet.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Label, Severity, redact};

/// Lines of a label that are shown; a longer one is shown by its beginning.
const SHOWN_LINES: usize = 4;

/// Renders one diagnostic, without a newline at the end. Connection passwords are blanked.
pub fn render(diagnostic: &Diagnostic, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let windows: Vec<Window<'_>> = windows(&diagnostic.labels);
    let message = redact(&diagnostic.message);
    let mut group: Group<'_> =
        Group::with_title(level.primary_title(message.as_ref()).id(diagnostic.code.name()));
    for window in &windows {
        group = group.element(window.snippet());
    }
    let remarks = remarks(diagnostic);
    for (is_help, remark) in &remarks {
        let level = if *is_help { Level::HELP } else { Level::NOTE };
        group = group.element(level.message(remark.as_str()));
    }
    renderer.render(&[group])
}

/// The lines below the snippet: PostgreSQL's own fields, then notes, then the next steps.
fn remarks(diagnostic: &Diagnostic) -> Vec<(bool, String)> {
    let mut remarks = Vec::new();
    if let Some(server) = &diagnostic.server {
        remarks.push((false, format!("SQLSTATE {}", server.sqlstate)));
        let fields =
            [("DETAIL", &server.detail), ("HINT", &server.hint), ("CONTEXT", &server.context)];
        for (name, value) in fields {
            if let Some(value) = value {
                remarks.push((false, redact(&format!("{name}: {value}")).into_owned()));
            }
        }
    }
    remarks.extend(diagnostic.notes.iter().map(|note| (false, redact(note).into_owned())));
    remarks.extend(diagnostic.help.iter().map(|help| (true, redact(help).into_owned())));
    remarks
}

/// The few lines of a source that its labels touch: a 50 MB file is never handed to the renderer.
struct Window<'a> {
    label: &'a Label,
    first_line: usize,
    text: &'a str,
    span: std::ops::Range<usize>,
}

fn windows(labels: &[Label]) -> Vec<Window<'_>> {
    labels.iter().map(Window::of).collect()
}

impl<'a> Window<'a> {
    fn of(label: &'a Label) -> Self {
        let text = label.source.text();
        let first_line = label.source.line_column(label.span.start).line;
        let start = label.source.line_span(first_line).map_or(0, |line| line.start);
        let end = shown_end(text, start, label.span.end);
        let from = label.span.start.clamp(start, end);
        let to = label.span.end.clamp(from, end);
        Self { label, first_line, text: &text[start..end], span: from - start..to - start }
    }

    fn snippet(&self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let kind =
            if self.label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        Snippet::source(self.text)
            .path(self.label.source.name())
            .line_start(self.first_line)
            .annotation(kind.span(self.span.clone()).label(self.label.text.as_str()))
    }
}

/// The end of the line that holds `byte`, at most [`SHOWN_LINES`] lines after `start`.
fn shown_end(text: &str, start: usize, byte: usize) -> usize {
    let mut end = start;
    for line in text[start..].split_inclusive('\n').take(SHOWN_LINES) {
        end += line.len();
        if end > byte {
            break;
        }
    }
    start + text[start..end].trim_end_matches(['\n', '\r']).len()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, ServerError, SourceText};

    #[test]
    fn shows_place_caret_and_the_servers_words() {
        let source =
            SourceText::new("./migrations/007_x.sql", "select 1;\n-- é\nselect nme\nfrom t;");
        let at = source.text().find("nme").unwrap();
        let shown = super::render(
            &Diagnostic::error(Code::SqlFailed, "column \"nme\" does not exist")
                .at(&source, at..at + 3, "")
                .server(ServerError {
                    sqlstate: "42703".into(),
                    hint: Some("Perhaps you meant name.".into()),
                    ..ServerError::default()
                })
                .help("mend it"),
            false,
        );
        assert!(shown.contains("error[sql-failed]: column \"nme\" does not exist"), "{shown}");
        assert!(shown.contains("--> ./migrations/007_x.sql:3:8"), "{shown}");
        assert!(shown.contains("3 | select nme"), "{shown}");
        assert!(shown.contains("^^^"), "{shown}");
        assert!(shown.contains("HINT: Perhaps you meant name."), "{shown}");
        assert!(shown.contains("help: mend it"), "{shown}");
    }
}
