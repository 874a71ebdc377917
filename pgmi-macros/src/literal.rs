//! The string literal that a macro begins with.

use proc_macro2::{Delimiter, Literal, Span, TokenStream, TokenTree};

use crate::refusal::Refused;

/// A string of the source.
pub(crate) struct Text {
    pub literal: Literal,
    /// What it stands for.
    pub value: String,
}

impl Text {
    pub fn span(&self) -> Span {
        self.literal.span()
    }
}

/// The literal, and what stands behind the comma after it.
///
/// # Errors
/// There is no string literal, or something else than a comma behind it: `said` is what the user reads.
pub(crate) fn first(input: TokenStream, said: &str) -> Result<(Text, Vec<TokenTree>), Refused> {
    let mut trees = input.into_iter();
    let Some(first) = trees.next() else { return Err(Refused::at(Span::call_site(), said)) };
    let Some(text) = string(&first) else { return Err(Refused::at(first.span(), said)) };
    match trees.next() {
        Some(TokenTree::Punct(comma)) if comma.as_char() == ',' => Ok((text, trees.collect())),
        None => Ok((text, Vec::new())),
        Some(other) => Err(Refused::at(other.span(), said)),
    }
}

/// A string literal, as it stands or as a `macro_rules!` hands it on.
fn string(tree: &TokenTree) -> Option<Text> {
    match tree {
        TokenTree::Literal(literal) => {
            let value = pgmi_engine::inline::decode(&literal.to_string())?.text;
            Some(Text { literal: literal.clone(), value })
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            let mut inner = group.stream().into_iter();
            let text = string(&inner.next()?);
            text.filter(|_| inner.next().is_none())
        }
        _ => None,
    }
}
