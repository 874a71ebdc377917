//! What can be wrong with a `<pgmi-meta>` block.

use crate::diagnostic::{Code, Diagnostic};
use crate::project::path::ProjectPath;

/// Largest block in bytes.
pub(super) const MAX_SIZE: usize = 10_240;

/// What can be wrong with a block.
pub(super) enum Problem {
    Outdated,
    TooLarge(usize),
    Syntax(String),
    Content(Vec<String>),
}

impl Problem {
    /// The finding, without its place.
    pub(super) fn finding(self, path: &ProjectPath) -> Diagnostic {
        let file = path.as_str();
        let error = |text: String| Diagnostic::error(Code::Metadata, text);
        match self {
            Self::Outdated => error(format!("`{file}` uses the outdated form <pgmi:meta>"))
                .help("write <pgmi-meta id=\"…\" idempotent=\"…\"> without a namespace"),
            Self::TooLarge(size) => error(format!(
                "the <pgmi-meta> block of `{file}` has {size} bytes; the limit is {MAX_SIZE}"
            ))
            .help("move the prose into a comment of its own"),
            Self::Syntax(text) => {
                error(format!("the <pgmi-meta> block of `{file}` is not XML: {text}"))
            }
            Self::Content(problems) if problems.len() == 1 => {
                error(format!("invalid <pgmi-meta> in `{file}`: {}", problems.concat()))
            }
            Self::Content(problems) => problems.iter().enumerate().fold(
                error(format!("invalid <pgmi-meta> in `{file}`: {} problems", problems.len())),
                |finding, (index, problem)| finding.note(format!("{}. {problem}", index + 1)),
            ),
        }
    }
}
