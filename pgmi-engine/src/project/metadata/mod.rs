//! `<pgmi-meta>`: what a SQL file says about itself, as XML in one of its block comments.

mod block;
mod duplicates;
mod problem;
mod scaffold;
mod written;

use std::ops::Range;

use uuid::Uuid;

use super::path::ProjectPath;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use block::{Block, comments};

pub use duplicates::DuplicateId;
pub(super) use duplicates::duplicate_ids;
pub use scaffold::{insert_block, scaffold};

/// What a `<pgmi-meta>` block says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    pub id: Uuid,
    pub idempotent: bool,
    /// Where the file stands in the plan, once for each key; empty: its path is its key.
    pub sort_keys: Vec<String>,
    /// Empty when there is none.
    pub description: String,
    /// The block in the file, for findings about it.
    pub id_span: Range<usize>,
}

impl Metadata {
    /// The metadata of a SQL file; `None` when it carries no block.
    pub(super) fn find(path: &ProjectPath, content: &str) -> Result<Option<Self>, Diagnostic> {
        if memchr::memmem::find(content.as_bytes(), b"pgmi").is_none() {
            return Ok(None);
        }
        let fail = |finding: Diagnostic, span: Range<usize>| {
            finding.at(&SourceText::new(path.as_str(), content), span, "")
        };
        let mut blocks = comments(content).filter_map(|span| Block::in_comment(content, span));
        let Some(block) = blocks.next() else { return Ok(None) };
        if let Some(second) = blocks.next() {
            let message = format!("Multiple metadata blocks found in `{}`", path.as_str());
            let finding = Diagnostic::error(Code::Metadata, message).help("keep one of them");
            return Err(fail(finding, second.span));
        }
        block
            .parse(content)
            .map(Some)
            .map_err(|problem| fail(problem.finding(path), block.span.clone()))
    }
}

#[cfg(test)]
mod tests;
