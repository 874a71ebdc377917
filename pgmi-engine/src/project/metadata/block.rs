//! Where a `<pgmi-meta>` block stands: in a block comment outside literals.

use std::ops::Range;

use super::Metadata;
use super::problem::{MAX_SIZE, Problem};
use super::written::Written;
use crate::sql::{TokenKind, tokens};

/// The block comments that stand outside literals.
pub(super) fn comments(content: &str) -> impl Iterator<Item = Range<usize>> {
    tokens(content).filter(|token| token.kind == TokenKind::BlockComment).map(|token| token.span)
}

/// A comment that holds a metadata block.
pub(super) struct Block {
    /// From the block's `<` to the comment's end mark.
    pub(super) span: Range<usize>,
    /// Length of the whole comment's text.
    comment_length: usize,
    outdated: bool,
}

impl Block {
    /// The block in a comment of the file, if there is one.
    pub(super) fn in_comment(content: &str, comment: Range<usize>) -> Option<Self> {
        let text = content[comment.start + 2..comment.end].trim_end_matches("*/");
        let begin = comment.start + 2;
        let outdated = text.find("<pgmi:meta");
        let at = opening(text).or(outdated)?;
        Some(Self {
            span: begin + at..begin + text.trim_end().len(),
            comment_length: text.trim().len(),
            outdated: outdated == Some(at),
        })
    }

    /// What the block says.
    pub(super) fn parse(&self, content: &str) -> Result<Metadata, Problem> {
        if self.outdated {
            return Err(Problem::Outdated);
        }
        if self.comment_length > MAX_SIZE {
            return Err(Problem::TooLarge(self.comment_length));
        }
        let written = Written::read(&content[self.span.clone()])?;
        written.check(self.span.clone())
    }
}

/// Where `<pgmi-meta` stands as a tag's beginning.
fn opening(text: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|&at| {
        text[at + 1..]
            .trim_start()
            .strip_prefix("pgmi-meta")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '>'))
    })
}
