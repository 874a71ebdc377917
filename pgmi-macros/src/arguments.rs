//! `name = expression | name | expression`, between commas.
//!
//! An expression is handed on as it stands; it is only told from the next argument. That needs no parser of
//! Rust, which would take longer to compile than all of this crate.

use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};

/// What stands between two commas.
pub(crate) struct Argument {
    /// As the SQL spells it: without `r#`.
    pub name: Option<String>,
    pub value: TokenStream,
    /// Where it begins.
    pub span: Span,
}

/// The arguments, a comma behind the last one allowed.
pub(crate) fn split(trees: Vec<TokenTree>) -> Vec<Argument> {
    let mut arguments: Vec<Vec<TokenTree>> = vec![Vec::new()];
    let mut depth = Depth::default();
    for tree in trees {
        let current = arguments.last_mut();
        let is_end = is_punct(Some(&tree), ',') && depth.is_outside();
        match current {
            Some(_) if is_end => arguments.push(Vec::new()),
            Some(current) => {
                depth.follow(current, &tree);
                current.push(tree);
            }
            None => {}
        }
        if is_end {
            depth = Depth::default();
        }
    }
    arguments.pop_if(|last| last.is_empty());
    arguments.into_iter().map(|trees| argument(&trees)).collect()
}

fn argument(trees: &[TokenTree]) -> Argument {
    let span = trees.first().map_or_else(Span::call_site, TokenTree::span);
    let stream = |trees: &[TokenTree]| trees.iter().cloned().collect::<TokenStream>();
    match trees {
        [TokenTree::Ident(name)] => {
            Argument { name: Some(plain(name)), value: stream(trees), span }
        }
        [TokenTree::Ident(name), TokenTree::Punct(sign), rest @ ..]
            if is_assignment(sign, rest) =>
        {
            Argument { name: Some(plain(name)), value: stream(rest), span }
        }
        _ => Argument { name: None, value: stream(trees), span },
    }
}

fn is_assignment(sign: &proc_macro2::Punct, rest: &[TokenTree]) -> bool {
    let goes_on = sign.spacing() == Spacing::Joint && is_punct(rest.first(), '=');
    sign.as_char() == '=' && !goes_on
}

fn plain(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_owned()
}

fn is_punct(tree: Option<&TokenTree>, mark: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

/// Inside of what a comma does not end: the angles of `f::<A, B>` and `<A as B<C, D>>::f`, the bars of
/// `|a, b| a + b`. Everything else that holds commas is one token tree.
#[derive(Default)]
struct Depth {
    angles: usize,
    bars: bool,
}

impl Depth {
    fn is_outside(&self) -> bool {
        self.angles == 0 && !self.bars
    }

    /// Takes in the next token, behind `before` of the same argument.
    fn follow(&mut self, before: &[TokenTree], tree: &TokenTree) {
        let last = before.last();
        if is_punct(Some(tree), '<') {
            let opens = self.angles > 0 || is_punct(last, ':') || begins(before);
            self.angles += usize::from(opens);
        } else if is_punct(Some(tree), '>') && !is_punct(last, '-') {
            self.angles = self.angles.saturating_sub(1);
        } else if is_punct(Some(tree), '|') {
            self.bars = !self.bars && begins(before);
        }
    }
}

/// Whether an expression begins behind these tokens.
fn begins(before: &[TokenTree]) -> bool {
    match before.last() {
        None => true,
        Some(TokenTree::Ident(word)) => word == "move" || word == "async",
        Some(TokenTree::Punct(punct)) => matches!(punct.as_char(), '=' | '&'),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_and_values(text: &str) -> Vec<(Option<String>, String)> {
        let stream: TokenStream = text.parse().unwrap();
        let shown = |it: Argument| (it.name, it.value.to_string().replace(' ', ""));
        split(stream.into_iter().collect()).into_iter().map(shown).collect()
    }

    #[test]
    fn commas_inside_of_expressions_end_nothing() {
        for (text, expected) in [
            ("", &[][..]),
            ("id", &[("id", "id")]),
            ("id,", &[("id", "id")]),
            ("r#type, n = -1", &[("type", "r#type"), ("n", "-1")]),
            ("type = a.b(c, d)?, x", &[("type", "a.b(c,d)?"), ("x", "x")]),
            ("a = f::<A, B, C>(), B", &[("a", "f::<A,B,C>()"), ("B", "B")]),
            ("a = <X as Y<A, B>>::f(1), b", &[("a", "<XasY<A,B>>::f(1)"), ("b", "b")]),
            ("a = |x, y| x < y, b", &[("a", "|x,y|x<y"), ("b", "b")]),
            ("a = move || 1, b", &[("a", "move||1"), ("b", "b")]),
            ("a = b | c, d = e < f, g", &[("a", "b|c"), ("d", "e<f"), ("g", "g")]),
            ("a = {x; y}, b = [1, 2]", &[("a", "{x;y}"), ("b", "[1,2]")]),
        ] {
            let expected: Vec<_> =
                expected.iter().map(|(n, v)| (Some((*n).to_owned()), (*v).to_owned())).collect();
            assert_eq!(names_and_values(text), expected, "{text}");
        }
        for text in ["self.id", "a == b", "&id", "1", "f(x)"] {
            assert_eq!(names_and_values(text)[0].0, None, "{text}");
        }
        assert_eq!(names_and_values("a, , b").len(), 3);
    }
}
