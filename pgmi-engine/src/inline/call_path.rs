//! The path in front of a macro's `!`.

use proc_macro2::TokenTree;

/// The segments of the path that ends at the end of these tokens: `["pgmi", "query"]`.
pub(super) fn path_before(trees: &[TokenTree]) -> Vec<String> {
    let mut segments = Vec::new();
    let mut rest = trees;
    while let [before @ .., TokenTree::Ident(segment)] = rest {
        segments.push(segment.to_string());
        match before {
            [before @ .., TokenTree::Punct(one), TokenTree::Punct(two)]
                if one.as_char() == ':' && two.as_char() == ':' =>
            {
                rest = before;
            }
            _ => break,
        }
    }
    segments.reverse();
    segments
}

/// The name of the module whose body comes behind these tokens.
pub(super) fn module_before(trees: &[TokenTree]) -> Option<String> {
    match trees {
        [.., TokenTree::Ident(keyword), TokenTree::Ident(name)] if keyword == "mod" => {
            Some(name.to_string())
        }
        _ => None,
    }
}

/// The path of the macro whose arguments come behind these tokens.
pub(super) fn macro_before(trees: &[TokenTree]) -> Option<Vec<String>> {
    match trees {
        [before @ .., TokenTree::Punct(mark)] if mark.as_char() == '!' => {
            Some(path_before(before)).filter(|path| !path.is_empty())
        }
        _ => None,
    }
}
